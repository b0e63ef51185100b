package dev.callout.dialler.gateways;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long before its departure a number is prepared on this node: as long as the latest commits of sent marks took,
 * and {@link #STEPS}. If it were longer, a do-not-call entry that is committed in between would come too late for the
 * call. If it were shorter, the call would leave late. Thread-safe.
 */
public final class Lead {

    /** The longest lead, which is also the lead before enough commits are known. */
    public static final Duration LONGEST = Duration.ofMillis(100);

    /** What the steps beside the commit may take: timers, changes of threads, the choice of the way out. */
    static final Duration STEPS = Duration.ofMillis(10);

    /** How many commits are looked at, and from how many on. */
    static final int LATEST = 32;

    static final int FEWEST = 4;

    private final long[] latest = new long[LATEST];
    private long commits;
    private volatile Duration length = LONGEST;

    /**
     * Records a commit of sent marks. The second longest of the latest commits counts, so that a single one that was
     * held up changes nothing, and two make the lead longer at once.
     *
     * @param time from when the first number was ready for its mark until the marks were committed or refused
     */
    public synchronized void committed(Duration time) {
        latest[(int) (commits++ % LATEST)] = Math.min(time.toNanos(), LONGEST.toNanos());
        if (commits >= FEWEST) {
            long[] sorted = Arrays.copyOf(latest, (int) Math.min(commits, LATEST));
            Arrays.sort(sorted);
            Duration wanted = Duration.ofNanos(sorted[sorted.length - 2]).plus(STEPS);
            length = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
        }
    }

    /** The lead at present; between {@link #STEPS} and {@link #LONGEST}. */
    public Duration length() {
        return length;
    }
}
