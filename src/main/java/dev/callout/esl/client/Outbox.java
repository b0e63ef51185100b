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
 * The commands of one connection that wait to be written. Each command is checked right before the write call that
 * takes it, and no write call takes two commands. While the socket accepts no more data, further commands wait here,
 * where they can still be refused. Used on the event loop only.
 */
final class Outbox {

    private final BiConsumer<String, CompletableFuture<EslReply>> written;
    private final Consumer<Throwable> broken;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean writing;
    private String closed;

    private record Waiting(String text, String verb, Runnable lastLook, CompletableFuture<EslReply> reply) {}

    /**
     * @param written receives the verb and the reply's future of each command that is about to be written
     * @param broken  receives the reason why the socket cannot be written to; nothing more is written after that
     */
    Outbox(BiConsumer<String, CompletableFuture<EslReply>> written, Consumer<Throwable> broken) {
        this.written = written;
        this.broken = broken;
    }

    /**
     * Writes a command as soon as the socket has taken the commands before it.
     *
     * @param lastLook runs right before the command is written; may refuse by EslNotSentException, which fails the
     *                 reply
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

    /** Fails the commands that wait and any that come later. Nothing of them was written. */
    void close(String reason) {
        closed = reason;
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            next.reply()
                    .completeExceptionally(new EslNotSentException("'" + next.verb() + "' was not sent: " + reason));
        }
    }
}
