package dev.callout.esl.call;

/** How far a call has come. It passes through these in this order, each at most once, and ends in exactly one final state. */
public enum CallState {

    /** The switch has made a channel for the call. */
    CREATED,
    /** The callee is being alerted (180) or hears early media (183). */
    RINGING,
    /** The callee has answered. */
    ANSWERED,
    /** Final: the call is over, whatever became of it; the hang-up cause tells. */
    ENDED,
    /** Final: the switch refused to dial. No channel was made and nobody was disturbed. */
    REFUSED;

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return this == ENDED || this == REFUSED;
    }
}
