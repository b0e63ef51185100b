package dev.callout.esl.client;

import dev.callout.esl.wire.EslException;
import dev.callout.esl.wire.EslReply;

/** The switch recognised the command and answered {@code -ERR} or {@code -USAGE}. */
public class EslRejectedException extends EslException {

    private static final long serialVersionUID = 1L;

    private final transient EslReply reply;

    /** @param message for an operator: what was refused, with the answer */
    public EslRejectedException(String message, EslReply reply) {
        super(message);
        this.reply = reply;
    }

    /** The switch's answer; null only after deserialisation. */
    public EslReply reply() {
        return reply;
    }
}
