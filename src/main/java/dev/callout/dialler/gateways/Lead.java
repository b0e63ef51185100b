package dev.callout.dialler.gateways;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long before its departure a number is prepared on this node: as long as it took the latest numbers, most of it
 * for the commits of their sent marks, and {@link #MARGIN}. If it were longer, a do-not-call entry that is committed in
 * between would come too late for the call. If it were shorter, the call would leave late. Thread-safe.
 */
public final class Lead {

    /** The longest lead, which is also the lead before enough numbers have been prepared. */
    public static final Duration LONGEST = Duration.ofMillis(100);

    /** By how much the lead is longer than preparing took, because timers are inexact and no two commits take the same time. */
    static final Duration MARGIN = Duration.ofMillis(15);

    /** How many of the latest numbers count. */
    static final int LATEST = 32;

    /** From how many numbers on they count. */
    static final int FEWEST = 4;

    private final long[] latest = new long[LATEST];
    private long numbers;
    private volatile Duration length = LONGEST;

    /**
     * Records that a number has been prepared. The second longest time of the latest numbers counts, so that a single
     * one that was held up changes nothing, and two make the lead longer at once.
     *
     * @param time how long that took; the wait for its turn on a switch is left out
     */
    synchronized void took(Duration time) {
        latest[(int) (numbers++ % LATEST)] = time.toNanos();
        if (numbers >= FEWEST) {
            long[] sorted = Arrays.copyOf(latest, (int) Math.min(numbers, LATEST));
            Arrays.sort(sorted);
            Duration wanted = Duration.ofNanos(sorted[sorted.length - 2]).plus(MARGIN);
            length = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
        }
    }

    /** The lead at present; at most {@link #LONGEST}. */
    public Duration length() {
        return length;
    }
}
