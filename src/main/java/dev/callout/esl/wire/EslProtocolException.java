package dev.callout.esl.wire;

/** The switch sent bytes that are not Event Socket, or more of them than allowed. */
public class EslProtocolException extends EslException {

    private static final long serialVersionUID = 1L;

    public EslProtocolException(String message) {
        super(message);
    }
}
