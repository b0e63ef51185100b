package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.apache.camel.Body;

/** Spaces a campaign's calls: the claim reserved an instant for each, the route's delay waits for it. */
public final class Pace {

    /** For the turn on the switch and the commit of the sent mark. */
    private static final Duration READYING = Duration.ofMillis(40);

    private static final Duration LATE = Duration.ofMillis(50);

    /** Lets a division into milliseconds round up. */
    private static final Duration ROUNDING = Duration.ofNanos(999_999);

    private final InstantSource clock;

    Pace(InstantSource clock) {
        this.clock = clock;
    }

    /** Milliseconds until the number is to be made ready: so long before its instant that this takes no part of the distance. */
    public long millisUntilReady(@Body Attempt attempt) {
        return millisUntil(attempt.number().dialAt().minus(READYING));
    }

    /** Milliseconds until the number's instant, rounded up so that no call comes too early; 0 if it has passed. */
    public long millisUntilDialAt(@Body Attempt attempt) {
        return millisUntil(attempt.number().dialAt());
    }

    private long millisUntil(Instant instant) {
        return Math.max(0, Duration.between(clock.instant(), instant).plus(ROUNDING).toMillis());
    }

    /**
     * Whether the call would come too close to the campaign's next one: later than half their distance, or than 50 ms and the
     * time that its switch spends on one call. Without time_between_calls none is too late.
     *
     * @param slot the distance of two calls on its switch
     */
    boolean tooLate(Attempt attempt, Duration slot) {
        Duration half = attempt.campaign().timeBetweenCalls().dividedBy(2);
        Duration usual = LATE.plus(slot);
        Instant latest = attempt.number().dialAt().plus(half.compareTo(usual) < 0 ? half : usual);
        return attempt.isPaced() && clock.instant().isAfter(latest);
    }
}
