package dev.callout.dialler;

/** A claimed number is not dialled now: it is given back, uncharged, for the reason that the message tells. */
public final class NotNowException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason why, in a few words for an operator; no number in it
     */
    public NotNowException(String reason) {
        this(reason, null);
    }

    /**
     * @param reason why, in a few words for an operator; no number in it
     * @param cause  what went wrong; null if nothing did
     */
    NotNowException(String reason, Throwable cause) {
        super(reason, cause, false, false);
    }
}
