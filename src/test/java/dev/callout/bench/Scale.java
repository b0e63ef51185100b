package dev.callout.bench;

/** The size of a benchmark. */
public enum Scale {
    /** Only proves that it runs. Its times mean nothing. */
    SHORT,
    /** The size of the published results. */
    FULL
}
