package dev.callout.esl.wire;

/** The command was written, but the switch ended before it had read it: it had no effect. */
public class EslUnreadException extends EslException {

    private static final long serialVersionUID = 1L;

    public EslUnreadException(String message) {
        super(message);
    }
}
