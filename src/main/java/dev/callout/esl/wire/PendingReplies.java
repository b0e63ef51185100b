package dev.callout.esl.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;

/**
 * The commands of one connection that were written and not yet answered, oldest first: the switch answers in order. Used on the
 * event loop only. Since all have the same time-out, watching the oldest one is enough.
 */
final class PendingReplies {

    private record Pending(String verb, CompletableFuture<EslReply> reply, long writtenAt) {

        /** An API command gets an api/response, or a refusal as a command/reply; any other command a command/reply. */
        boolean isAnsweredBy(EslReply answer) {
            boolean response = answer.contentType().equals("api/response");
            return verb.startsWith("api ") ? response || !answer.ok() : !response;
        }
    }

    private final EventLoop loop;
    private final Duration timeout;
    private final Consumer<String> late;
    private final Queue<Pending> queue = new ArrayDeque<>();
    private boolean watching;

    /** @param late told once in a sentence that a reply is late; must fail the others by {@link #failAll} */
    PendingReplies(EventLoop loop, Duration timeout, Consumer<String> late) {
        this.loop = loop;
        this.timeout = timeout;
        this.late = late;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    void add(String verb, CompletableFuture<EslReply> reply) {
        queue.add(new Pending(verb, reply, System.nanoTime()));
        if (!watching) {
            watch(timeout.toNanos());
        }
    }

    /** Completes the oldest command; false if nothing was asked, or something that is not answered like this. */
    boolean answer(EslReply reply) {
        Pending oldest = queue.peek();
        if (oldest == null || !oldest.isAnsweredBy(reply)) {
            return false;
        }
        queue.remove();
        oldest.reply().complete(reply);
        return true;
    }

    void failAll(String reason) {
        for (Pending next = queue.poll(); next != null; next = queue.poll()) {
            next.reply().completeExceptionally(new EslNoReplyException("no reply to '" + next.verb() + "': " + reason));
        }
    }

    private void watch(long nanos) {
        watching = true;
        loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        watching = false;
        Pending oldest = queue.peek();
        if (oldest == null) {
            return;
        }
        long left = timeout.toNanos() - (System.nanoTime() - oldest.writtenAt());
        if (left > 0) {
            watch(left);
        } else {
            late.accept("no reply to '" + oldest.verb() + "' within " + timeout.toMillis() + " ms");
        }
    }
}
