package dev.callout.dialler.campaigns;

import java.time.Duration;
import java.time.Instant;

/**
 * When the lines of a campaign open that has no call up. Calls that start together ring equally long and end together,
 * and the next calls start together again: they would come in waves for as long as the campaign lasts. So the lines
 * open one after the other, evenly spread over the time that calls ring. A line that has been open once is not held
 * back: when its call ends, the next one follows at once. Thread-safe.
 */
public final class LineRamp {

    /** The longest time over which the lines open. It also applies while the ringing time is unknown. */
    static final Duration LONGEST = Duration.ofSeconds(5);
    /** The longest gap between the opening of one line and the next, however few lines there are. */
    static final Duration MOST_APART = Duration.ofMillis(250);
    /** The weight of the latest call in the mean. */
    private static final double LATEST = 0.125;

    private Instant begun = Instant.MIN;
    /** In seconds; negative while it is unknown. */
    private double ringing = -1;

    /** The campaign has no call up and none on its way, so all its lines are shut. */
    public synchronized void shut(Instant now) {
        begun = now;
    }

    /**
     * A call has rung for this long, until it was answered or ended. From now on the lines that are still shut open
     * faster or slower, but not all at once.
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

    /** The seconds over which all lines open. */
    private double over() {
        double longest = LONGEST.toNanos() / 1e9;
        return ringing < 0 ? longest : Math.min(ringing, longest);
    }

    /**
     * When a line opens, or has opened.
     *
     * @param line  how many other lines are in use: 0 for the first
     * @param lines how many lines there are
     */
    public synchronized Instant opens(int line, int lines) {
        return begun.equals(Instant.MIN) ? begun : begun.plusNanos(apart(lines) * line);
    }

    /** How many of the given lines are open at an instant, or were open before. */
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
