package dev.callout.dialler.gateways;

import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.Body;

/**
 * Spaces calls. The claim reserved an instant for each call, the pace of its switch gave it a turn, and the route's
 * delays wait for them.
 */
public final class Pace {

    /** How long the exchange of an ended call may take to leave its route, also on a node that has too much to do. */
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private static final Duration LATE = Duration.ofMillis(50);

    /** Makes a division into milliseconds round up. */
    private static final Duration ROUNDING = Duration.ofNanos(999_999);

    private final Switches switches;
    private final InstantSource clock;

    /** @param clock a clock that never steps */
    public Pace(Switches switches, InstantSource clock) {
        this.switches = switches;
        this.clock = clock;
    }

    /**
     * The milliseconds until the number must be prepared, so that neither the commit of its sent mark nor another step
     * delays it. The attempt keeps that instant. A further leg takes over the line of the leg before, which that leg's
     * exchange leaves a moment after the end of its call.
     */
    public long millisUntilReady(@Body Attempt attempt) {
        Instant now = clock.instant();
        Instant from = attempt.departure().reserved().minus(switches.leadOf(attempt));
        if (attempt.before() != null) {
            from = attempt.before().attempt().has(Fact.LEFT_ROUTE) ? now : now.plus(LEAVING);
        }
        attempt.departure().preparedFrom(from.isAfter(now) ? from : now);
        return millisUntil(from);
    }

    /**
     * The milliseconds until the number must be dialled, rounded up so that no call comes too early; 0 if that instant
     * has passed. A route that waits this way instead of by {@link Switches#depart} may send late calls all at once.
     */
    public long millisUntilDialAt(@Body Attempt attempt) {
        return millisUntil(attempt.departure().at());
    }

    private long millisUntil(Instant instant) {
        return Math.max(
                0, Duration.between(clock.instant(), instant).plus(ROUNDING).toMillis());
    }

    /**
     * Whether the call would come too close to the campaign's next one. It is too late if it is later than half their
     * distance, or later than the sum of two times: 50 ms or a twentieth of that distance (whichever is more), and the
     * time that its switch spends on one call. Its instant would be lost, so a slow campaign is allowed more. Without
     * time_between_calls no call is too late.
     *
     * @throws NotNowException if its switch is no longer there
     */
    public boolean tooLate(Attempt attempt) throws NotNowException {
        return tooLate(attempt, switches.slotOf(attempt));
    }

    /** @param slot the distance of two calls on its switch */
    boolean tooLate(Attempt attempt, Duration slot) {
        return clock.instant().isAfter(latest(attempt, slot));
    }

    /** From when on a call is too late; {@link Instant#MAX}: never. */
    static Instant latest(Attempt attempt, Duration slot) {
        long gap = attempt.campaign().pacing().timeBetweenCalls().toNanos();
        long late = Math.min(gap / 2, Math.max(LATE.toNanos(), gap / 20) + slot.toNanos());
        return attempt.departure().isPaced() ? attempt.departure().reserved().plusNanos(late) : Instant.MAX;
    }
}
