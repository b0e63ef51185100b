package dev.callout.dialler.gateways;

import dev.callout.campaign.gateway.CallRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Calls that wait for an instant of a limit, and the instants that this node has reserved for them. A call that has its
 * sent mark comes first, then those of campaigns with time_between_calls by their own instants, then all others in the
 * order of arrival. All instants are by the steady clock, which never steps. Thread-safe.
 *
 * @param <T> what waits
 */
final class InstantQueue<T> {

    /** How much time a number needs at least to be prepared and marked as sent. An instant that is nearer is left. */
    static final Duration PREPARING = Duration.ofMillis(30);

    /** How far ahead an instant is reserved for a call that only has to be sent. */
    private static final Duration SENDING = Duration.ofMillis(10);

    /** The longest wait. A number that waits longer goes back, so that others of its campaign may use other gateways. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** When the database is asked again that has not answered. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Comparator<Waiting<?>> ORDER = Comparator.comparing((Waiting<?> one) -> !one.wish.marked())
            .thenComparing(one -> one.wish.paced() ? one.wish.earliest() : Instant.MAX)
            .thenComparing(Waiting::order);

    private final TreeSet<Waiting<T>> waiting = new TreeSet<>(ORDER);
    private final TreeSet<Instant> free = new TreeSet<>();
    private Instant askAt = Instant.MIN;
    private boolean asking;
    private CallRate asked;
    private long order;

    /**
     * What a call needs.
     *
     * @param earliest its instant by its campaign's pace
     * @param latest   from when on it would come too late; {@link Instant#MAX}: never
     * @param paced    whether its campaign has time_between_calls
     * @param marked   whether it has its sent mark
     */
    record Wish(Instant earliest, Instant latest, boolean paced, boolean marked) {}

    /**
     * What one of those that wait gets.
     *
     * @param at its instant; null: it waits no longer, since it would come too late
     */
    record Given<T>(T what, Instant at) {}

    /**
     * What is to be reserved.
     *
     * @param lead   how far ahead at least
     * @param wanted how many instants
     */
    record Ask(Duration lead, int wanted) {}

    private record Waiting<T>(T what, Wish wish, Instant since, long order) {}

    synchronized void add(T what, Wish wish, Instant now) {
        waiting.add(new Waiting<>(what, wish, now, order++));
    }

    /** How many wait. */
    synchronized int size() {
        return waiting.size();
    }

    /**
     * Gives the reserved instants to those that wait.
     *
     * @param may whether one may have an instant now; if not, it goes on waiting
     */
    synchronized List<Given<T>> match(Instant now, Predicate<T> may) {
        free.headSet(now).clear();
        List<Given<T>> given = new ArrayList<>();
        for (Iterator<Waiting<T>> all = waiting.iterator(); all.hasNext(); ) {
            Waiting<T> one = all.next();
            Instant ready = one.wish.marked() ? now : now.plus(PREPARING);
            Instant from = one.wish.earliest().isAfter(ready) ? one.wish.earliest() : ready;
            Instant at = free.ceiling(from);
            if ((at == null ? now : at).isAfter(one.wish.latest())
                    || one.since.plus(LONGEST_WAIT).isBefore(now)) {
                all.remove();
                given.add(new Given<>(one.what, null));
            } else if (at != null && may.test(one.what)) {
                all.remove();
                free.remove(at);
                given.add(new Given<>(one.what, at));
            }
        }
        return given;
    }

    /**
     * Says what is to be reserved now; empty: nothing. If anything, {@link #reserved} or {@link #notReserved} must follow.
     *
     * @param rate the limit; if it has changed, the database is asked at once
     */
    synchronized Optional<Ask> ask(CallRate rate, Instant now) {
        if (!rate.equals(asked)) {
            asked = rate;
            askAt = Instant.MIN;
        }
        int missing = waiting.size() - free.size();
        if (asking || missing <= 0 || now.isBefore(askAt)) {
            return Optional.empty();
        }
        asking = true;
        Wish first = waiting.first().wish;
        Duration own = Duration.between(now, first.earliest());
        Duration lead = first.marked() ? SENDING : own.compareTo(Lead.LONGEST) > 0 ? own : Lead.LONGEST;
        return Optional.of(new Ask(lead.compareTo(CallRate.AHEAD) > 0 ? CallRate.AHEAD : lead, missing));
    }

    /** Adds reserved instants. They are left out if the database's clock has just been set, and they are far away. */
    synchronized void reserved(CallRate.Instants instants, Instant now) {
        asking = false;
        Instant next = instants.at(instants.count());
        Instant farthest = now.plus(CallRate.AHEAD).plus(PAUSE);
        if (next.isAfter(farthest.plus(instants.gap())) || next.isBefore(now.minus(PAUSE))) {
            askAt = now.plus(PAUSE);
            return;
        }
        for (int i = 0; i < instants.count(); i++) {
            free.add(instants.at(i));
        }
        askAt = next.minus(CallRate.AHEAD);
    }

    /** The database did not answer. */
    synchronized void notReserved(Instant now) {
        asking = false;
        askAt = now.plus(PAUSE);
    }

    /** A call that had an instant is not made. Another one may use it. */
    synchronized void unused(Instant at) {
        free.add(at);
    }

    /** When to look again whether instants are to be reserved or a wait is too long; null: nobody waits. */
    synchronized Instant lookAgain(Instant now) {
        if (waiting.isEmpty()) {
            return null;
        }
        Instant late = now.plus(PAUSE);
        Instant soon = now.plus(SENDING);
        if (waiting.size() <= free.size()) {
            return soon;
        }
        return asking || askAt.isAfter(late) ? late : askAt.isBefore(now) ? soon : askAt;
    }

    /** Removes all that wait, and returns them in order. */
    synchronized List<T> takeAll() {
        List<T> all = waiting.stream().map(Waiting::what).toList();
        waiting.clear();
        return all;
    }
}
