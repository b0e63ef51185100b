package dev.callout.esl.client;

import dev.callout.esl.wire.EslReply;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The commands of one connection that were written and not yet answered, oldest first: the switch answers in order. Used on the
 * event loop only. Since all have the same time-out, watching the oldest one is enough.
 *
 * <p>A reply comes in its place among the events. While something comes at all, a late one is on its way behind events that
 * this machine was too busy to read, or the switch to send. To begin anew would lose those, and with them how calls ended: of
 * 1,043 of 1,438 when 2.7 MB were unread (FreeSWITCH 1.10.12, measured). So silence counts, up to {@link #MOST_TIMEOUTS}.
 */
final class PendingReplies {

    private record Pending(String verb, CompletableFuture<EslReply> reply, long writtenAt) {

        /** An API command gets an api/response, or a refusal as a command/reply; any other command a command/reply. */
        boolean isAnsweredBy(EslReply answer) {
            boolean response = answer.contentType().equals("api/response");
            return verb.startsWith("api ") ? response || !answer.ok() : !response;
        }
    }

    /** So many time-outs after it was written, a command costs the connection whatever else comes. */
    static final int MOST_TIMEOUTS = 6;

    /**
     * A switch that is there says something every second, since it is asked whether it is. One that lost its power does not,
     * until its machine is back and resets the connection.
     */
    static final Duration MOST_SILENCE = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final Consumer<String> late;
    private final Queue<Pending> queue = new ArrayDeque<>();
    private boolean watching;
    private long heardAt;

    /**
     * @param nanoTime the monotonic clock, in nanoseconds
     * @param late     told once in a sentence that a reply is late; must fail the others by {@link #failAll}
     */
    PendingReplies(EventLoop loop, Duration timeout, LongSupplier nanoTime, Consumer<String> late) {
        this.loop = loop;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.heardAt = nanoTime.getAsLong();
        this.late = late;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    void add(String verb, CompletableFuture<EslReply> reply) {
        queue.add(new Pending(verb, reply, nanoTime.getAsLong()));
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

    /** Something came from the switch. */
    void heard() {
        heardAt = nanoTime.getAsLong();
    }

    /**
     * Fails all of them.
     *
     * @param closed whether the switch has closed the connection, and all that it had said before is known. Since it reads one
     *               command when it has answered the one before, it then has begun but the first of those without a reply, if
     *               it has not read on. To be on the safe side, that counts for each kind of command by itself
     */
    void failAll(String reason, boolean closed) {
        boolean inOrder = closed && nanoTime.getAsLong() - heardAt < MOST_SILENCE.toNanos();
        Set<String> begun = new HashSet<>();
        for (Pending next = queue.poll(); next != null; next = queue.poll()) {
            boolean perhapsBegun = begun.add(next.verb()) || !inOrder;
            next.reply()
                    .completeExceptionally(
                            new EslNoReplyException("no reply to '" + next.verb() + "': " + reason, !perhapsBegun));
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
        long now = nanoTime.getAsLong();
        long waited = now - oldest.writtenAt();
        long untilSilent = timeout.toNanos() - Math.min(waited, now - heardAt);
        long untilTooLate = MOST_TIMEOUTS * timeout.toNanos() - waited;
        if (untilSilent > 0 && untilTooLate > 0) {
            watch(Math.min(untilSilent, untilTooLate));
        } else {
            long limit = untilSilent > 0 ? MOST_TIMEOUTS * timeout.toMillis() : timeout.toMillis();
            late.accept("no reply to '" + oldest.verb() + "' within " + limit + " ms");
        }
    }
}
