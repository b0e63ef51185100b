package dev.callout.bench;

/** How large a benchmark is run. */
public enum Scale {
    /** Only to prove that it runs; its times mean nothing. */
    SHORT,
    /** As published. */
    FULL
}
