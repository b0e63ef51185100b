package dev.callout.esl.client;

import dev.callout.esl.wire.EslException;

/**
 * The command was written, but its reply or job timed out, or the connection broke. Whether it had an effect is
 * unknown.
 */
public class EslNoReplyException extends EslException {

    private static final long serialVersionUID = 1L;

    private final boolean unreadIfDead;

    /** @param message for an operator: what was not answered, and why */
    public EslNoReplyException(String message) {
        this(message, false);
    }

    /**
     * @param unreadIfDead if closing the connection was the last thing the switch did: whether it had not read the
     *                     command
     */
    EslNoReplyException(String message, boolean unreadIfDead) {
        super(message);
        this.unreadIfDead = unreadIfDead;
    }

    boolean isUnreadIfDead() {
        return unreadIfDead;
    }
}
