package dev.callout.dialler.campaigns;

import java.time.Duration;
import java.time.Instant;

/**
 * When the lines of a campaign open that has no call up. Calls that are begun together ring as long, end together, and are
 * followed by others together, in waves for as long as the campaign lasts. So its lines open one after the other, evenly over
 * the time that its calls ring. A line that has been open once is not held: a call that ends is followed at once. Thread-safe.
 */
public final class LineRamp {

    /** Over at most so long, and as long as it is not known how long calls ring. */
    static final Duration LONGEST = Duration.ofSeconds(5);
    /** No line opens later after the one before, however few there are. */
    static final Duration MOST_APART = Duration.ofMillis(250);
    /** How much of the mean the latest call makes. */
    private static final double LATEST = 0.125;

    private Instant begun = Instant.MIN;
    /** Seconds; negative as long as it is not known. */
    private double ringing = -1;

    /** The campaign has no call up and none on its way: all its lines are shut. */
    public synchronized void shut(Instant now) {
        begun = now;
    }

    /**
     * A call has rung for so long, until it was answered or ended. What is still shut opens faster or slower from now on, and
     * not at once.
     */
    public synchronized void rang(Duration time, Instant now) {
        double before = over();
        double seconds = time.toNanos() / 1e9;
        ringing = ringing < 0 ? seconds : ringing + (seconds - ringing) * LATEST;
        if (!begun.equals(Instant.MIN)) {
            double since = Duration.between(begun, now).toNanos() / 1e9;
            if (since >= 0 && since < before) {
                begun = now.minusNanos((long) (since / before * over() * 1e9));
            }
        }
    }

    /** Seconds over which all lines open. */
    private double over() {
        double longest = LONGEST.toNanos() / 1e9;
        return ringing < 0 ? longest : Math.min(ringing, longest);
    }

    /**
     * When a line opens, or has opened.
     *
     * @param line  how many other lines are in use: 0 for the first
     * @param lines how many there are
     */
    public synchronized Instant opens(int line, int lines) {
        return begun.equals(Instant.MIN) ? begun : begun.plusNanos(apart(lines) * line);
    }

    /** How many lines of so many are open at an instant, or were before. */
    public synchronized int open(Instant at, int lines) {
        if (begun.equals(Instant.MIN) || lines <= 0) {
            return lines;
        }
        Duration since = Duration.between(begun, at);
        long apart = apart(lines);
        return since.isNegative() ? 0 : apart == 0 ? lines : (int) Math.min(lines, since.toNanos() / apart + 1);
    }

    private long apart(int lines) {
        return (long) Math.min(over() / Math.max(1, lines) * 1e9, MOST_APART.toNanos());
    }
}
