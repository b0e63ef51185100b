package dev.callout.esl.wire;

/** The command was written, but its reply or job timed out or the connection broke: whether it had an effect is unknown. */
public class EslNoReplyException extends EslException {

    private static final long serialVersionUID = 1L;

    public EslNoReplyException(String message) {
        super(message);
    }
}
