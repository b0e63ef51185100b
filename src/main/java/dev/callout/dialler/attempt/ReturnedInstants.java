package dev.callout.dialler.attempt;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The instants of one campaign that were reserved for numbers that are not dialled after all, by the clock that never steps: the
 * next claim gives them to others, so that a campaign keeps its pace whatever is left out. Thread-safe.
 */
public final class ReturnedInstants {

    /** More than a campaign has claimed ahead; the latest are kept. */
    private static final int MOST = 10_000;

    private final TreeSet<Instant> instants = new TreeSet<>();

    synchronized void add(Instant instant) {
        instants.add(instant);
        if (instants.size() > MOST) {
            instants.pollFirst();
        }
    }

    /** Those that are not too near, the earliest first; what is earlier is forgotten. */
    public synchronized List<Instant> from(Instant earliest) {
        instants.headSet(earliest).clear();
        return List.copyOf(instants);
    }

    /** Some have been given to other numbers. */
    public synchronized void given(Collection<Instant> given) {
        instants.removeAll(given);
    }
}
