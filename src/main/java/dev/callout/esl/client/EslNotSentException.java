package dev.callout.esl.client;

import dev.callout.esl.wire.EslException;

/** Nothing of the command was written to the switch. It certainly had no effect, and it may be sent again. */
public class EslNotSentException extends EslException {

    private static final long serialVersionUID = 1L;

    /** @param message for an operator: what was not sent, and why */
    public EslNotSentException(String message) {
        super(message);
    }
}
