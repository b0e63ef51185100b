package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.apache.camel.Body;

/** Spaces a campaign's calls: the claim reserved an instant for each, the route's delay waits for it. */
public final class Pace {

    private final InstantSource clock;

    Pace(InstantSource clock) {
        this.clock = clock;
    }

    /** Milliseconds until the number's instant, rounded up so that no call comes too early; 0 if it has passed. */
    public long millisUntilDialAt(@Body Attempt attempt) {
        return Math.max(0, roundedUp(Duration.between(clock.instant(), attempt.number().dialAt())));
    }

    /** Whether the call would come too close to the campaign's next one. Without time_between_calls none is too late. */
    boolean tooLate(Attempt attempt) {
        Instant latest = attempt.number().dialAt().plus(attempt.lateness());
        return !attempt.campaign().timeBetweenCalls().isZero() && clock.instant().isAfter(latest);
    }

    static long roundedUp(Duration wait) {
        return wait.plusNanos(999_999).toMillis();
    }
}
