package dev.callout.settings;

/** Format of the log on standard error. */
public enum LogFormat {

    /** One line of text per entry. */
    TEXT,

    /** One line of JSON per entry; {@code mdc} holds the campaign and call that it is about. */
    JSON
}
