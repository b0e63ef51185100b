package dev.callout.dialler.gateways;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Fact;
import dev.callout.store.gateway.LimitCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The calls of one gateway with {@code max_calls} on this node: those that have a channel, and those that wait for one in
 * the order of arrival. Thread-safe.
 */
final class ChannelQueue {

    /** The longest wait. A number that waits longer goes back. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** How long it waits before it asks again for channels that it did not get. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** For so many calls, one channel is kept that none uses just now, so that a call does not wait for one again and again. */
    private static final int SPARE_SHARE = 64;

    private final Set<Attempt> up = new HashSet<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** How many calls this node may have up, as the database knows it. */
    private int own;
    /** How many the others may have up, as far as is known. */
    private int others;
    /** The fewest channels that were free since the last time. These are returned. */
    private int idle;
    /** Until then, it does not ask again for the channels that it wants. */
    private Instant askAgain = Instant.MIN;

    private record Waiting(Attempt attempt, CompletableFuture<Void> channel, Instant since) {}

    /** Completes when the attempt has a channel. */
    synchronized CompletableFuture<Void> channel(Attempt attempt, Instant now) {
        CompletableFuture<Void> channel = new CompletableFuture<>();
        if (up.contains(attempt)) {
            channel.complete(null);
        } else if (waiting.isEmpty() && up.size() < own) {
            begin(attempt);
            channel.complete(null);
        } else {
            waiting.add(new Waiting(attempt, channel, now));
        }
        return channel;
    }

    private void begin(Attempt attempt) {
        up.add(attempt);
        idle = Math.min(idle, own - up.size());
    }

    synchronized boolean has(Attempt attempt) {
        return up.contains(attempt);
    }

    /** The attempt has no call any more. Returns those that have a channel now. */
    synchronized List<CompletableFuture<Void>> over(Attempt attempt) {
        attempt.note(Fact.OFF_GATEWAY);
        up.remove(attempt);
        waiting.removeIf(one -> one.attempt == attempt);
        return give();
    }

    private List<CompletableFuture<Void>> give() {
        List<CompletableFuture<Void>> given = new ArrayList<>();
        while (!waiting.isEmpty() && up.size() < own) {
            Waiting next = waiting.remove();
            begin(next.attempt);
            given.add(next.channel);
        }
        return given;
    }

    /** How many more numbers may come, if the limit is that many. */
    synchronized int room(int most) {
        return Math.max(0, most - others - up.size() - waiting.size());
    }

    /** Whether the database is to be asked for channels now. */
    synchronized boolean asks(Instant now) {
        return !waiting.isEmpty() && !now.isBefore(askAgain);
    }

    /**
     * Says what is to be settled with the database. {@link #settled} or {@link #unknown} must follow.
     *
     * @param calls all calls by the gateway that this node follows, adopted ones, too. Some of them may have ended since
     *              they were listed. They must not count: this node would keep one channel more than there are.
     */
    synchronized LimitCalls.Need need(Collection<Attempt> calls, int most, Instant now) {
        calls.stream().filter(call -> !call.has(Fact.OFF_GATEWAY)).forEach(up::add);
        askAgain = now.plus(PAUSE);
        int unused = Math.min(idle, own - up.size()) - up.size() / SPARE_SHARE;
        int returned = waiting.isEmpty() ? Math.max(0, unused) : 0;
        own -= returned;
        idle = Math.max(0, own - up.size());
        int adopted = (int) up.stream().filter(Attempt::isTakenOver).count();
        return new LimitCalls.Need(most, up.size(), returned, waiting.size(), adopted);
    }

    /** Returns those that have a channel now. */
    synchronized List<CompletableFuture<Void>> settled(LimitCalls.Settled settled) {
        idle = Math.max(0, idle + settled.own() - own);
        own = settled.own();
        others = settled.others();
        List<CompletableFuture<Void>> given = give();
        if (waiting.isEmpty()) {
            askAgain = Instant.MIN;
        }
        return given;
    }

    /** The database did not answer: nothing more is begun until it does. */
    synchronized void unknown() {
        own = 0;
    }

    /** Removes those that have waited too long; at the end all of them. */
    synchronized List<CompletableFuture<Void>> tired(Instant before) {
        List<CompletableFuture<Void>> tired = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().since.isBefore(before)) {
            tired.add(waiting.remove().channel);
        }
        return tired;
    }

    /** Says that all is to be returned but the channels of calls. Nothing more is begun. */
    synchronized LimitCalls.Need ending() {
        own = 0;
        return new LimitCalls.Need(0, up.size(), Integer.MAX_VALUE, 0, 0);
    }

    /** There is no limit any more: returns all that wait. */
    synchronized List<CompletableFuture<Void>> release() {
        return tired(Instant.MAX);
    }

    /** Forgets calls that nobody follows any more. */
    synchronized void keepOnly(Predicate<Attempt> followed) {
        up.removeIf(followed.negate());
    }
}
