package dev.callout.esl.call;

/**
 * How far a call has come. A call passes through these states in this order, each at most once, and ends in exactly one
 * final state.
 */
public enum CallState {

    /** The switch has created a channel for the call. */
    CREATED,
    /** The callee is being alerted (180) or hears early media (183). */
    RINGING,
    /** The callee has answered. */
    ANSWERED,
    /** Final: the call is over, with whatever result. The hang-up cause gives the reason. */
    ENDED,
    /** Final: the switch refused to dial. No channel was created and nobody was disturbed. */
    REFUSED;

    /** Whether no other state can follow. */
    public boolean isFinal() {
        return this == ENDED || this == REFUSED;
    }
}
