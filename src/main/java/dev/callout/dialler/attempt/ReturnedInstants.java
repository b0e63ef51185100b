package dev.callout.dialler.attempt;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The instants of one campaign that were reserved for numbers that are not dialled after all, by the steady clock,
 * which never steps. The next claim gives them to other numbers, so that a campaign keeps its pace whatever is left
 * out. Thread-safe.
 */
public final class ReturnedInstants {

    /** More than a campaign ever claims ahead. Beyond that the latest instants are kept. */
    private static final int MOST = 10_000;

    private final TreeSet<Instant> instants = new TreeSet<>();

    synchronized void add(Instant instant) {
        instants.add(instant);
        if (instants.size() > MOST) {
            instants.pollFirst();
        }
    }

    /** The instants that are not too near, earliest first. Instants before {@code earliest} are dropped. */
    public synchronized List<Instant> from(Instant earliest) {
        instants.headSet(earliest).clear();
        return List.copyOf(instants);
    }

    /** Removes instants that have been given to other numbers. */
    public synchronized void given(Collection<Instant> given) {
        instants.removeAll(given);
    }
}
