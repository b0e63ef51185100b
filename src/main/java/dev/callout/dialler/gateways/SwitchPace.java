package dev.callout.dialler.gateways;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Spaces the originates of one switch evenly, lets paced calls go first, and slows down when the switch refuses calls.
 * <p>
 * Calls of a campaign with time_between_calls have their instants. They cannot wait for all calls of another campaign
 * that takes whatever capacity the switch has left. So they go first, in the order of their instants; all others go in
 * the order of arrival.
 * <p>
 * FreeSWITCH refuses an originate over its sessions-per-second or max-sessions without ever creating a channel. A
 * refusal halves the rate, but at most once a second, because one burst is refused together. Each second without a
 * refusal gives back a tenth of the configured rate.
 *
 * @param <T> what waits for its turn
 */
final class SwitchPace<T> {

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final double SLOWEST = 0.1;
    /** By how much the distance is longer than the rate requires, so that inexact timers do not overfill a second. */
    private static final double MARGIN = 1.01;

    private double configured;
    private final PriorityQueue<Waiting<T>> waiting = new PriorityQueue<>(
            Comparator.comparing((Waiting<T> one) -> one.instant()).thenComparing(Waiting::order));
    private double rate;
    private Instant nextFree = Instant.MIN;
    private Instant lastChange = Instant.MIN;
    private long order;

    /**
     * An instant given to one of those that wait.
     *
     * @param at the instant
     */
    record Turn<T>(T what, Instant at) {}

    private record Waiting<T>(T what, Instant instant, long order) {}

    /** @param callsPerSecond the rate to keep, above 0; fractions are allowed */
    SwitchPace(double callsPerSecond) {
        change(callsPerSecond);
    }

    /** Keeps another rate from the next turn on. */
    synchronized void change(double callsPerSecond) {
        if (!(callsPerSecond > 0)) {
            throw new IllegalArgumentException("calls-per-second must be above 0, not " + callsPerSecond);
        }
        if (callsPerSecond != configured) {
            Duration before = nextFree.equals(Instant.MIN) ? Duration.ZERO : gap();
            configured = callsPerSecond;
            rate = callsPerSecond;
            nextFree = before.isZero() ? nextFree : nextFree.minus(before).plus(gap());
        }
    }

    /**
     * Makes a call wait for its turn.
     *
     * @param instant the instant that its campaign's pace reserved for it; null if the campaign has no pace
     */
    synchronized void add(T what, Instant instant) {
        waiting.add(new Waiting<>(what, instant == null ? Instant.MAX : instant, order++));
    }

    /** Gives instants to those that wait, as far as these instants are not after {@code until}. */
    synchronized List<Turn<T>> take(Instant now, Instant until) {
        recover(now);
        List<Turn<T>> turns = new ArrayList<>();
        for (Instant at = nextFree(now); !waiting.isEmpty() && !at.isAfter(until); at = nextFree) {
            turns.add(new Turn<>(waiting.remove().what(), at));
            nextFree = at.plus(gap());
        }
        return turns;
    }

    /**
     * Takes a turn for a call that leaves at an instant of its own, as the limit of its gateway wants it. The turns of
     * others are put off, so that the rate is kept.
     *
     * @return false if the turns until then are taken
     */
    synchronized boolean takeOne(Instant now, Instant until) {
        recover(now);
        Instant at = nextFree(now);
        if (at.isAfter(until)) {
            return false;
        }
        nextFree = at.plus(gap());
        return true;
    }

    /** Removes all that wait, and returns them in order. */
    synchronized List<T> takeAll() {
        return Stream.generate(waiting::poll)
                .takeWhile(Objects::nonNull)
                .map(Waiting::what)
                .toList();
    }

    /** The next instant that will be given; null if none waits. */
    synchronized Instant next(Instant now) {
        return waiting.isEmpty() ? null : nextFree(now);
    }

    /** Gives no further turn before an instant: until then those are sent whose turns have passed. */
    synchronized void notBefore(Instant free) {
        nextFree = free.isAfter(nextFree) ? free : nextFree;
    }

    private Instant nextFree(Instant now) {
        return nextFree.isAfter(now) ? nextFree : now;
    }

    /** When a call that arrives now without an instant would get its turn. */
    synchronized Instant turnOfNewcomer(Instant now) {
        return nextFree(now).plus(gap().multipliedBy(waiting.size()));
    }

    /** How many more calls could get their turn between now and that time ahead. */
    synchronized int capacity(Instant now, Duration ahead) {
        recover(now);
        Duration open = Duration.between(turnOfNewcomer(now), now.plus(ahead));
        return open.isNegative() ? 0 : (int) (open.toNanos() * rate / 1e9) + 1;
    }

    /** Records that the switch refused an originate because it has too much to do. */
    synchronized void refused(Instant now) {
        if (lastChange.isBefore(now.minus(QUIET))) {
            rate = Math.max(Math.min(SLOWEST, configured), rate / 2);
            lastChange = now;
        }
    }

    /** The calls a second that it keeps at present. */
    synchronized double rate() {
        return rate;
    }

    /** The distance of two turns at present. */
    synchronized Duration gap() {
        return Duration.ofNanos((long) Math.ceil(1e9 * MARGIN / rate));
    }

    private void recover(Instant now) {
        if (rate < configured && lastChange.isBefore(now.minus(QUIET))) {
            rate = Math.min(configured, rate + configured / 10);
            lastChange = now;
        }
    }
}
