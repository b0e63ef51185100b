package dev.callout.settings;

/** How the log is written to standard error. */
public enum LogFormat {

    /** A line of text each. */
    TEXT,

    /** A line of JSON each, with the campaign and call it is about in {@code mdc}. */
    JSON
}
