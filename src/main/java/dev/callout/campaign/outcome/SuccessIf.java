package dev.callout.campaign.outcome;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What makes an answered call a success: column {@code success_if}. */
public enum SuccessIf {

    /** The callee has heard the prompt for long enough, or has pressed a key that is an answer. */
    HEARD,
    /** The callee has pressed a key that is an answer. */
    KEY,
    /** A person has heard the prompt for long enough, or has pressed a key that is an answer. */
    HUMAN;

    /** Returns the condition of that name, whatever its case; empty if there is none. */
    public static Optional<SuccessIf> of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equalsIgnoreCase(word))
                .findFirst();
    }
}
