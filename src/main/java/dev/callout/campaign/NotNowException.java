package dev.callout.campaign;

import java.time.Duration;
import java.util.Optional;

/**
 * A claimed number is not dialled now: it is given back, uncharged, for the reason that the message tells. A route may throw it
 * on a number's way to the switch.
 */
public final class NotNowException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Null: none. */
    private final Duration delay;

    /**
     * @param reason why, in a few words for an operator; no number in it
     */
    public NotNowException(String reason) {
        this(reason, null, null);
    }

    /**
     * @param reason why, in a few words for an operator; no number in it
     * @param delay  after which time the number is tried again, not earlier; null: at once
     */
    public NotNowException(String reason, Duration delay) {
        this(reason, delay, null);
    }

    /**
     * @param reason why, in a few words for an operator; no number in it
     * @param cause  what went wrong; null if nothing did
     */
    public NotNowException(String reason, Throwable cause) {
        this(reason, null, cause);
    }

    private NotNowException(String reason, Duration delay, Throwable cause) {
        super(reason, cause, false, false);
        this.delay = delay;
    }

    /** After which time the number is tried again; empty: at once. */
    public Optional<Duration> delay() {
        return Optional.ofNullable(delay);
    }
}
