package dev.callout.campaign.outcome;

import java.util.Arrays;

/**
 * The status of a number, in the words that the campaign application writes into {@code campaign_phones.status}.
 *
 * <p>{@link #IDLE} → {@link #TRYING} → {@link #ANSWER} → {@link #SUCCESS}, {@link #PREMATURE_HANGUP} or
 * {@link #FAILURE}.
 */
public enum NumberStatus {

    /** Not dialled yet. */
    IDLE("idle"),
    /** Claimed or being dialled, not answered. */
    TRYING("trying"),
    /** Answered, the call is up. */
    ANSWER("answer"),
    /** Answered, and it lasted long enough. */
    SUCCESS("success"),
    /** Answered, but ended too soon. */
    PREMATURE_HANGUP("premature hangup"),
    /** Not answered. */
    FAILURE("failure");

    private final String text;

    NumberStatus(String text) {
        this.text = text;
    }

    /** Returns the column's text. */
    public String text() {
        return text;
    }

    /**
     * Returns the status of a column's text.
     *
     * @throws IllegalArgumentException if the text is none of the six; it must match exactly
     */
    public static NumberStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no status of a number: idle, trying,"
                        + " answer, success, premature hangup and failure are"));
    }

    @Override
    public String toString() {
        return text;
    }
}
