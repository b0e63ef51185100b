package dev.callout.campaign;

import java.time.Duration;
import java.util.Optional;

/**
 * A claimed number is not dialled now. It is given back, uncharged; the message says why. A route may throw this
 * exception while a number is on its way to the switch.
 */
public final class NotNowException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Null: none. */
    private final Duration delay;

    /** @param reason why, in a few words for an operator; must hold no phone number */
    public NotNowException(String reason) {
        this(reason, null, null);
    }

    /**
     * @param reason why, in a few words for an operator; must hold no phone number
     * @param delay  how long the number waits at least until it is tried again; null: not at all
     */
    public NotNowException(String reason, Duration delay) {
        this(reason, delay, null);
    }

    /**
     * @param reason why, in a few words for an operator; must hold no phone number
     * @param cause  what went wrong; null if nothing did
     */
    public NotNowException(String reason, Throwable cause) {
        this(reason, null, cause);
    }

    private NotNowException(String reason, Duration delay, Throwable cause) {
        super(reason, cause, false, false);
        this.delay = delay;
    }

    /** Returns how long the number waits at least until it is tried again; empty: not at all. */
    public Optional<Duration> delay() {
        return Optional.ofNullable(delay);
    }
}
