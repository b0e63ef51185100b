package dev.callout.dialler.gateways;

import dev.callout.dialler.attempt.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.Body;

/** Spaces calls: the claim reserved an instant for each, its switch's pace gave it a turn, the route's delays wait for them. */
public final class Pace {

    /** How long before its instant a number is made ready, so that the commit of its sent mark delays it not. */
    public static final Duration READYING = Duration.ofMillis(100);

    private static final Duration LATE = Duration.ofMillis(50);

    /** Lets a division into milliseconds round up. */
    private static final Duration ROUNDING = Duration.ofNanos(999_999);

    private final InstantSource clock;

    /** @param clock one that never steps */
    public Pace(InstantSource clock) {
        this.clock = clock;
    }

    /** Milliseconds until the number is to be made ready. */
    public long millisUntilReady(@Body Attempt attempt) {
        return millisUntil(attempt.reserved().minus(READYING));
    }

    /**
     * Milliseconds until the number is to be dialled, rounded up so that no call comes too early; 0 if it has passed. A route
     * that waits so instead of by {@link Switches#depart} may send what came late all at once.
     */
    public long millisUntilDialAt(@Body Attempt attempt) {
        return millisUntil(attempt.dialAt());
    }

    private long millisUntil(Instant instant) {
        return Math.max(
                0, Duration.between(clock.instant(), instant).plus(ROUNDING).toMillis());
    }

    /**
     * Whether the call would come too close to the campaign's next one: later than half their distance, or than 50 ms or a
     * twentieth of it (whichever is more) and the time that its switch spends on one call. Its instant would be lost, so a slow
     * campaign is allowed more. Without time_between_calls none is too late.
     *
     * @param slot the distance of two calls on its switch
     */
    public boolean tooLate(Attempt attempt, Duration slot) {
        Duration gap = attempt.campaign().pacing().timeBetweenCalls();
        Duration usual = longer(LATE, gap.dividedBy(20)).plus(slot);
        Instant latest = attempt.reserved().plus(shorter(gap.dividedBy(2), usual));
        return attempt.isPaced() && clock.instant().isAfter(latest);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
