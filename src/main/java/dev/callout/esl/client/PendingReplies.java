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
 * The commands of one session that were written and not yet answered, oldest first, since the switch answers in
 * order. Used on the event loop only. All commands have the same time-out, so it is enough to watch the oldest one.
 *
 * <p>On a session for events, a reply comes in its place among them. While anything arrives, a late reply is still on
 * its way, behind events that this machine was too busy to read, or the switch too busy to send. Reconnecting would
 * lose those events, and with them how calls ended: for 1,043 of 1,438 calls when 2.7 MB were unread (FreeSWITCH
 * 1.10.12, measured). So the time-out counts silence, up to {@link #MOST_TIMEOUTS}.
 */
final class PendingReplies {

    private record Pending(String verb, CompletableFuture<EslReply> reply, long writtenAt) {

        /**
         * An API command gets an api/response, or a refusal as a command/reply. Any other command gets a command/reply.
         */
        boolean isAnsweredBy(EslReply answer) {
            boolean response = answer.contentType().equals("api/response");
            return verb.startsWith("api ") ? response || !answer.ok() : !response;
        }
    }

    /** After this many time-outs since it was written, a command closes the connection, whatever else arrives. */
    static final int MOST_TIMEOUTS = 6;

    /**
     * A switch that is alive sends something every second, because it is asked for a sign of life. A switch that lost
     * its power does not, until its machine is back and resets the connection.
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
     * @param late     called once, with a sentence, when a reply is late; must fail the others by {@link #failAll}
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

    /** Completes the oldest command. False if no command is open, or if this is not an answer to the oldest one. */
    boolean answer(EslReply reply) {
        Pending oldest = queue.peek();
        if (oldest == null || !oldest.isAnsweredBy(reply)) {
            return false;
        }
        queue.remove();
        oldest.reply().complete(reply);
        return true;
    }

    /** Something arrived from the switch. */
    void heard() {
        heardAt = nanoTime.getAsLong();
    }

    /**
     * Fails all of them.
     *
     * @param closed whether the switch has closed the connection, and all that it had sent before is known. The switch
     *               reads a command only when it has answered the one before. So unless it has read more, it has begun
     *               only the first of the commands without a reply. To be on the safe side, this is applied to each
     *               kind of command separately
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
