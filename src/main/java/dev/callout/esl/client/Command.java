package dev.callout.esl.client;

import dev.callout.esl.wire.EslReply;
import java.util.concurrent.CompletableFuture;

/**
 * A command on its way to the switch.
 *
 * @param text     all that is written, its last line feeds included
 * @param verb     the part that logs and errors may show; see {@link CommandText#verb}
 * @param lastLook runs right before the write call that takes the command; may refuse by EslNotSentException, which
 *                 fails the reply
 * @param reply    completed by any reply, whatever it says; failed by the end of the connection
 */
record Command(String text, String verb, Runnable lastLook, CompletableFuture<EslReply> reply) {

    /** A command of one line that is always sent. */
    Command(String line) {
        this(line + "\n\n", CommandText.verb(line), () -> {}, new CompletableFuture<>());
    }

    /** Whether the last look lets it be sent. If not, its reply has failed. */
    boolean mayBeSent() {
        try {
            lastLook.run();
            return true;
        } catch (EslNotSentException e) {
            reply.completeExceptionally(e);
            return false;
        }
    }

    /** Fails the reply. Nothing of the command was written. */
    void notSent(String reason) {
        reply.completeExceptionally(new EslNotSentException("'" + verb + "' was not sent: " + reason));
    }
}
