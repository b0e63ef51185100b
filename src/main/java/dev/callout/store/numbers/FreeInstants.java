package dev.callout.store.numbers;

import java.time.Duration;
import java.time.Instant;

/**
 * The instants at which a campaign may start calls.
 *
 * @param first the first one that is free
 * @param gap   from one to the next; zero: any number of calls at once
 * @param count how many lie within the horizon
 */
public record FreeInstants(Instant first, Duration gap, int count) {
    /**
     * @param now      the time, by the clock that nextDial is of
     * @param horizon  how far ahead instants may be reserved
     * @param gap      {@code time_between_calls}; zero or less: none
     * @param nextDial the first instant that earlier claims left free; null: there were none
     */
    public static FreeInstants of(Instant now, Duration horizon, Duration gap, Instant nextDial) {
        if (gap.isZero() || gap.isNegative()) {
            return new FreeInstants(now, Duration.ZERO, Integer.MAX_VALUE);
        }
        Instant first = nextDial == null || nextDial.isBefore(now) ? now : nextDial;
        if (first.isAfter(now.plus(horizon).plus(gap))) {
            // No claim with this gap reserves that far ahead: the gap has been made smaller, or the clock set back. Within the
            // horizon, else nothing would ever be claimed that sets it right.
            first = now.plus(gap.compareTo(horizon) < 0 ? gap : horizon);
        }
        Duration open = Duration.between(first, now.plus(horizon));
        long count = open.isNegative() ? 0 : open.dividedBy(gap) + 1;
        return new FreeInstants(first, gap, (int) Math.min(count, Integer.MAX_VALUE));
    }

    /** The instant of the n-th call, from 0. */
    Instant at(int n) {
        return first.plus(gap.multipliedBy(n));
    }
}
