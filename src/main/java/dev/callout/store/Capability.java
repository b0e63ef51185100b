package dev.callout.store;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Something that a node can do and nodes of earlier versions cannot, as listed in table {@code nodes}. A rule that
 * works only if every node follows it takes effect when no live node lacks the capability.
 */
public enum Capability {

    /** Uses the UTC of the instants that Callout wrote, not the local time beside them. */
    UTC_INSTANTS("utc-instants"),

    /** Counts the lines that its calls use in table {@code campaign_lines}. The statements of the counts name this word. */
    LINE_COUNTS("line-counts"),

    /** Has a telephone in one call at most, over all campaigns with a country. */
    TELEPHONES("telephones"),

    /** Asks calling rules, and counts its calls in their caps; leaves by groups of gateways; heeds emergency campaigns. */
    CALLING_RULES("calling-rules"),

    /** Makes no call while table {@code stop_all} has a row. */
    STOP_ALL("stop-all");

    private final String word;

    Capability(String word) {
        this.word = word;
    }

    /** Its word in {@code nodes.capabilities}. */
    public String word() {
        return word;
    }

    /** The words of all capabilities, with which a node registers itself. */
    static String all() {
        return Arrays.stream(values()).map(Capability::word).collect(Collectors.joining(","));
    }
}
