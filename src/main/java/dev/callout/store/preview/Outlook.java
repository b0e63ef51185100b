package dev.callout.store.preview;

import java.util.Locale;

/** What a claim would make of a number. */
public enum Outlook {
    /** It may be called. */
    NOW,
    /** It waits for its next attempt. */
    LATER,
    /** A schedule is closed where the callee is or may be, or the campaign's own is. */
    CLOSED,
    /** A calling rule allows no further call to its telephone yet. */
    CAPPED,
    /** Calling rules keep it from being called until somebody changes something. */
    RULED_OUT,
    /** It is on a do-not-call list that binds the campaign, or its person was erased. */
    DO_NOT_CALL,
    /** It cannot be dialled, or is never dialled. */
    NO_NUMBER,
    /** Another number of the campaign has reached its telephone. */
    DUPLICATE,
    /** A call to it is in progress. */
    IN_PROGRESS,
    /** Another program has it in use. */
    ELSEWHERE,
    /** It is not called again. */
    FINISHED;

    /** Its name in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
