package dev.callout.dialler.gateways;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.gateway.CallRate;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Lets calls by gateways with {@code calls_per_second} leave at the instants that their limits give them. They take the
 * turns of their switches before other calls. Thread-safe.
 */
final class InstantTurns {

    /** How late a call is at most that still leaves at its instant; the rest is for the last steps. */
    private static final Duration MISSED = CallRate.LATEST.dividedBy(2);

    /** How long before its own instant a number is taken up, so that the same instant can be reserved at its gateway. */
    static final Duration LEAD = Lead.LONGEST.plusMillis(50);

    /** Numbers whose instants are closer together than this are prepared together. */
    private static final Duration TOGETHER = Duration.ofMillis(10);

    private final CallLimits limits;
    private final Attempts attempts;
    private final Lead lead;
    private final Function<Attempt, Optional<SwitchPace<?>>> paces;
    private final DialledSwitch.Alarm alarm;
    private final InstantSource clock;

    /**
     * @param lead  how long before its instant a number is prepared
     * @param paces gives the pace of the switch that was chosen for a number; empty: it has been removed
     * @param clock a clock that never steps
     */
    InstantTurns(
            CallLimits limits,
            Attempts attempts,
            Lead lead,
            Function<Attempt, Optional<SwitchPace<?>>> paces,
            DialledSwitch.Alarm alarm,
            InstantSource clock) {
        this.limits = limits;
        this.attempts = attempts;
        this.lead = lead;
        this.paces = paces;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** Whether the attempt leaves by such a gateway. */
    boolean areFor(Attempt attempt) {
        return limits.areFor(attempt);
    }

    /** Completes when the number's instant is near and fixed; fails with {@link NotNowException} if it gets none. */
    void turn(Attempt attempt, CompletableFuture<Attempt> come) {
        instant(attempt, lead.length(), come);
    }

    /** Completes at the number's instant, or at another one if it has missed it; fails as above. */
    void depart(Attempt attempt, CompletableFuture<Attempt> come) {
        Instant now = clock.instant();
        Instant from = attempt.departure().preparedFrom();
        if (from != null) {
            lead.took(Duration.between(from, now));
        }
        if (now.isAfter(attempt.departure().at().plus(MISSED))) {
            instant(attempt, Duration.ZERO, come);
        } else {
            goOn(attempt, attempt.departure().at(), come);
        }
    }

    /** The distance of two calls on its switch, or by its gateway if that is longer. */
    Duration slot(Attempt attempt) {
        Duration ofSwitch = paces.apply(attempt).map(SwitchPace::gap).orElse(Duration.ZERO);
        Duration ofGateway = limits.gap(attempt);
        return ofSwitch.compareTo(ofGateway) > 0 ? ofSwitch : ofGateway;
    }

    /** @param before how long before its instant it goes on */
    private void instant(Attempt attempt, Duration before, CompletableFuture<Attempt> come) {
        limits.instant(attempt, Pace.latest(attempt, slot(attempt)), this::takesOne)
                .whenComplete((at, fault) -> {
                    attempts.placed(attempt);
                    if (fault == null) {
                        attempt.departure().turn(at);
                        goOn(attempt, before.isZero() ? at : together(attempt, at.minus(before)), come);
                    } else {
                        come.completeExceptionally(fault);
                    }
                });
    }

    private Instant together(Attempt attempt, Instant at) {
        long early = at.toEpochMilli() % TOGETHER.toMillis();
        return limits.gap(attempt).compareTo(TOGETHER) < 0 ? at.minusMillis(early) : at;
    }

    private void goOn(Attempt attempt, Instant at, CompletableFuture<Attempt> come) {
        try {
            alarm.in(Duration.between(clock.instant(), at), () -> {
                attempt.departure().preparedFrom(clock.instant());
                come.complete(attempt);
            });
        } catch (RejectedExecutionException e) {
            come.completeExceptionally(new NotNowException(Switches.NO_NEW_CALLS, e));
        }
    }

    private boolean takesOne(Attempt attempt) {
        Instant now = clock.instant();
        // Where its switch is no longer there, a later step says so.
        return paces.apply(attempt)
                .map(pace -> pace.takeOne(now, now.plus(CallRate.AHEAD)))
                .orElse(true);
    }
}
