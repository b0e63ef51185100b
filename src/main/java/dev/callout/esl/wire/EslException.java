package dev.callout.esl.wire;

/** Something went wrong between Callout and a switch. The subclass says whether the command may have had an effect. */
public abstract class EslException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message for an operator */
    protected EslException(String message) {
        super(message);
    }
}
