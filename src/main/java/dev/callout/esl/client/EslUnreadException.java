package dev.callout.esl.client;

import dev.callout.esl.wire.EslException;

/** The command was written, but the switch ended before it had read it. The command had no effect. */
public class EslUnreadException extends EslException {

    private static final long serialVersionUID = 1L;

    /** @param message for an operator: what had no effect, and why */
    public EslUnreadException(String message) {
        super(message);
    }
}
