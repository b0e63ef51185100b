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
 * Lets calls leave for one switch at their instants. Calls that come late, because of the commit of their sent marks or
 * because the machine stood still, leave one by one. No two calls leave closer together than their distance, except for
 * what {@link #SLACK} makes up for. So no second, wherever it begins, has more departures than its share. Thread-safe.
 *
 * @param <T> what departs
 */
final class Departures<T> {

    /** How much lateness of this machine's timers the next departure makes up for. */
    static final Duration SLACK = Duration.ofMillis(10);

    private final PriorityQueue<Waiting<T>> waiting = new PriorityQueue<>(
            Comparator.comparing((Waiting<T> one) -> one.at()).thenComparing(Waiting::order));
    /** The instant of the last departure: never later than it was, and not much earlier. */
    private Instant last = Instant.MIN;

    private long order;

    private record Waiting<T>(T what, Instant at, long order) {}

    /** @param at the earliest instant at which it departs */
    synchronized void add(T what, Instant at) {
        waiting.add(new Waiting<>(what, at, order++));
    }

    /**
     * When the next one may depart; null if none waits.
     *
     * @param distance the time from one departure to the next
     */
    synchronized Instant next(Duration distance) {
        return waiting.isEmpty() ? null : next(waiting.peek(), distance);
    }

    private Instant next(Waiting<T> first, Duration distance) {
        Instant free = last.equals(Instant.MIN) ? last : last.plus(distance);
        return first.at().isAfter(free) ? first.at() : free;
    }

    /** Those that depart now, in order. */
    synchronized List<T> take(Instant now, Duration distance) {
        List<T> departing = new ArrayList<>();
        for (Instant next = next(distance); next != null && !next.isAfter(now); next = next(distance)) {
            Instant earliest = now.minus(SLACK);
            last = next.isAfter(earliest) ? next : earliest;
            departing.add(waiting.remove().what());
        }
        return departing;
    }

    /** The earliest departure of one that arrives now, after all those that wait. */
    synchronized Instant freeFrom(Duration distance) {
        return last.equals(Instant.MIN) ? last : last.plus(distance.multipliedBy(waiting.size() + 1L));
    }

    /** Removes all that wait, and returns them in order. */
    synchronized List<T> takeAll() {
        return Stream.generate(waiting::poll)
                .takeWhile(Objects::nonNull)
                .map(Waiting::what)
                .toList();
    }
}
