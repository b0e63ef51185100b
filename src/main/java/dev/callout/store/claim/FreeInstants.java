package dev.callout.store.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The instants at which a campaign may start calls.
 *
 * @param first    the first one that was never reserved
 * @param gap      distance from one to the next; zero: any number of calls at once
 * @param count    how many never reserved instants there are up to the horizon
 * @param returned instants that were reserved and not used, the earliest first; they are used before the others
 */
public record FreeInstants(Instant first, Duration gap, int count, List<Instant> returned) {

    /** For a campaign without returned instants. */
    public FreeInstants(Instant first, Duration gap, int count) {
        this(first, gap, count, List.of());
    }

    /**
     * @param now      the time, by the same clock as nextDial
     * @param horizon  how far ahead instants may be reserved
     * @param gap      {@code time_between_calls}; zero or less: none
     * @param nextDial the first instant that earlier claims left free; null: there was none
     */
    public static FreeInstants of(Instant now, Duration horizon, Duration gap, Instant nextDial) {
        if (gap.isZero() || gap.isNegative()) {
            return new FreeInstants(now, Duration.ZERO, Integer.MAX_VALUE);
        }
        Instant first = nextDial == null || nextDial.isBefore(now) ? now : nextDial;
        if (first.isAfter(now.plus(horizon).plus(gap))) {
            // No claim with this gap reserves that far ahead. Either the gap was made smaller, or the clock was set
            // back. The first instant must lie within the horizon, else no claim would ever correct it.
            first = now.plus(gap.compareTo(horizon) < 0 ? gap : horizon);
        }
        Duration open = Duration.between(first, now.plus(horizon));
        long count = open.isNegative() ? 0 : open.dividedBy(gap) + 1;
        return new FreeInstants(first, gap, (int) Math.min(count, Integer.MAX_VALUE));
    }

    /** The same plus reserved instants that were not used. If the campaign has no gap any more, they are ignored. */
    FreeInstants with(List<Instant> unused) {
        return gap.isZero() || unused.isEmpty()
                ? this
                : new FreeInstants(first, gap, (int) Math.min((long) count + unused.size(), Integer.MAX_VALUE), unused);
    }

    /** The instant of the n-th call, from 0. */
    Instant at(int n) {
        return n < returned.size() ? returned.get(n) : first.plus(gap.multipliedBy(n - returned.size()));
    }

    /** The first never reserved instant, after n calls have got theirs. */
    Instant nextAfter(int n) {
        return at(Math.max(n, returned.size()));
    }
}
