package dev.callout.store;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a node can do that nodes of earlier versions cannot, as table {@code nodes} tells it: a rule that holds only if every
 * node keeps it takes effect when no node lives that lacks it.
 */
public enum Capability {

    /** Goes by the UTC of the instants that Callout wrote, not by the local time beside them. */
    UTC_INSTANTS("utc-instants");

    private final String word;

    Capability(String word) {
        this.word = word;
    }

    /** Its word in {@code nodes.capabilities}. */
    public String word() {
        return word;
    }

    /** The words of all, as a node registers itself with. */
    static String all() {
        return Arrays.stream(values()).map(Capability::word).collect(Collectors.joining(","));
    }
}
