package dev.callout.esl.wire;

/** The switch sent bytes that do not follow the Event Socket protocol, or more bytes than allowed. */
public class EslProtocolException extends EslException {

    private static final long serialVersionUID = 1L;

    EslProtocolException(String message) {
        super(message);
    }
}
