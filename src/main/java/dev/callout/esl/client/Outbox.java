package dev.callout.esl.client;

import dev.callout.esl.wire.EslReply;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The commands of one connection that wait to be written. Each is looked at right before the write call that takes it, and no
 * two go into one: while the socket takes no more, those behind wait here, where they can still be refused. Used on the event
 * loop only.
 */
final class Outbox {

    private final BiConsumer<String, CompletableFuture<EslReply>> written;
    private final Consumer<Throwable> broken;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean writing;
    private String closed;

    private record Waiting(String text, String verb, Runnable lastLook, CompletableFuture<EslReply> reply) {}

    /**
     * @param written told the verb and the reply's future of each command that is about to be written
     * @param broken  told why the socket cannot be written to; nothing more is written then
     */
    Outbox(BiConsumer<String, CompletableFuture<EslReply>> written, Consumer<Throwable> broken) {
        this.written = written;
        this.broken = broken;
    }

    /**
     * Writes a command as soon as the socket has taken those before it.
     *
     * @param lastLook done right before it is written; may refuse by EslNotSentException, which fails the reply
     */
    void send(Channel channel, String text, String verb, Runnable lastLook, CompletableFuture<EslReply> reply) {
        waiting.add(new Waiting(text, verb, lastLook, reply));
        writeOn(channel);
    }

    private void writeOn(Channel channel) {
        while (!writing && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            if (closed != null) {
                next.reply()
                        .completeExceptionally(
                                new EslNotSentException("'" + next.verb() + "' was not sent: " + closed));
            } else if (mayBeSent(next)) {
                written.accept(next.verb(), next.reply());
                ChannelFuture write = channel.writeAndFlush(Unpooled.copiedBuffer(next.text(), StandardCharsets.UTF_8));
                if (!write.isSuccess()) {
                    writing = true;
                    write.addListener(done -> {
                        if (done.isSuccess()) {
                            writing = false;
                            writeOn(channel);
                        } else {
                            broken.accept(done.cause());
                        }
                    });
                }
            }
        }
    }

    private static boolean mayBeSent(Waiting command) {
        try {
            command.lastLook().run();
            return true;
        } catch (EslNotSentException e) {
            command.reply().completeExceptionally(e);
            return false;
        }
    }

    /** Fails what waits, and what comes after: nothing of it was written. */
    void close(String reason) {
        closed = reason;
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            next.reply()
                    .completeExceptionally(new EslNotSentException("'" + next.verb() + "' was not sent: " + reason));
        }
    }
}
