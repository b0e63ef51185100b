package dev.callout.esl.client;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The commands of one session that wait to be written. Each command is checked right before the write call that
 * takes it, and no write call takes two commands. While the socket accepts no more data, further commands wait here,
 * where they can still be refused. Used on the event loop only.
 */
final class Outbox {

    private final Consumer<Command> written;
    private final Consumer<Throwable> broken;
    private final Queue<Command> waiting = new ArrayDeque<>();
    private boolean writing;
    private String closed;

    /**
     * @param written receives each command that is about to be written
     * @param broken  receives the reason why the socket cannot be written to; nothing more is written after that
     */
    Outbox(Consumer<Command> written, Consumer<Throwable> broken) {
        this.written = written;
        this.broken = broken;
    }

    /** Writes a command as soon as the socket has taken the commands before it. */
    void send(Channel channel, Command command) {
        waiting.add(command);
        writeOn(channel);
    }

    private void writeOn(Channel channel) {
        while (!writing && !waiting.isEmpty()) {
            Command next = waiting.remove();
            if (closed != null) {
                next.notSent(closed);
            } else if (next.mayBeSent()) {
                written.accept(next);
                ChannelFuture write =
                        channel.writeAndFlush(Unpooled.wrappedBuffer(next.text().getBytes(StandardCharsets.UTF_8)));
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

    /** Fails the commands that wait and any that come later. Nothing of them was written. */
    void close(String reason) {
        closed = reason;
        for (Command next = waiting.poll(); next != null; next = waiting.poll()) {
            next.notSent(reason);
        }
    }
}
