package dev.callout.campaign.amd;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a campaign finds out whether a person or a machine answers: column {@code amd}. */
public enum Detection {

    /** Not at all. */
    OFF,
    /** By how long the greeting lasts, with applications that every switch has. */
    CADENCE,
    /** By the application {@code amd} of module {@code mod_amd}, where the switch has it. */
    AMD;

    /** The module that {@link #AMD} needs. */
    public static final String MODULE = "mod_amd";

    /** Returns the way of that name, whatever its case; empty if there is none. */
    public static Optional<Detection> of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** Returns its name, in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
