package dev.callout.campaign.gateway;

import java.time.Duration;
import java.time.Instant;

/**
 * A limit of calls a second, and the instants that keep it whoever uses them: evenly spaced, so much farther apart than
 * the limit requires that a call may leave {@link #LATEST} after its instant. So a gateway that allows N calls counts at
 * most N in any rolling second, and at most the whole part of T × N, or one more for a fraction, in any T seconds. A call
 * that would leave later needs another instant.
 *
 * @param perSecond above 0; fractions are allowed
 */
public record CallRate(double perSecond) {

    /** How long after its instant a call may leave. */
    public static final Duration LATEST = Duration.ofMillis(20);

    /** How far ahead instants are reserved: enough to reserve them, prepare a number and commit its sent mark. */
    public static final Duration AHEAD = Duration.ofMillis(400);

    /** How much time one reservation covers at most. It is lost if the node ends. */
    private static final Duration BATCH = Duration.ofMillis(250);

    /**
     * By how much instants are farther apart than the limit requires. N distances take 27 ms longer than a second. What
     * {@link #LATEST} leaves of that is for the different ways of two calls, by several nodes and switches.
     */
    private static final double HEADROOM = 1.027;

    /**
     * Instants in a row.
     *
     * @param first the first one, unless there are none
     * @param gap   distance from one to the next
     * @param count how many there are
     */
    public record Instants(Instant first, Duration gap, int count) {

        /** Returns the n-th, from 0. With n = count, it is the first one that stays free. */
        public Instant at(int n) {
            return first.plus(gap.multipliedBy(n));
        }
    }

    /** Requires a rate above 0. */
    public CallRate {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a limit must be above 0 calls a second, not " + perSecond);
        }
    }

    /** Returns the distance of two instants. */
    public Duration gap() {
        return Duration.ofNanos((long) Math.ceil(1e9 * HEADROOM / perSecond));
    }

    /**
     * Returns the instants that may be reserved now.
     *
     * @param now    the time
     * @param free   the first instant that earlier reservations left free, by the same clock; null: there were none
     * @param lead   how far ahead the first one must be at least to be of use; at most {@link #AHEAD}
     * @param wanted how many are wanted
     */
    public Instants reserve(Instant now, Instant free, Duration lead, int wanted) {
        Duration gap = gap();
        Instant nearest = now.plus(lead);
        Instant first = free == null || free.isBefore(nearest) ? nearest : free;
        Instant farthest = now.plus(AHEAD);
        if (isTooFar(now, first)) {
            // What is reserved lies before this.
            first = farthest.plus(gap);
        }
        Duration open = Duration.between(first, farthest);
        long most = open.isNegative() ? 0 : Math.min(open.dividedBy(gap), Math.max(0, BATCH.dividedBy(gap) - 1)) + 1;
        return new Instants(first, gap, (int) Math.min(most, wanted));
    }

    /**
     * Returns whether nothing reserves as far ahead as that instant. Then the limit was raised, or a clock set.
     *
     * @param free null: it is not
     */
    public boolean isTooFar(Instant now, Instant free) {
        return free != null && free.isAfter(now.plus(AHEAD).plus(gap()));
    }

    /** Returns how many calls the limit allows within a time, rounded up. */
    public int within(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(perSecond * time.toNanos() / 1e9));
    }
}
