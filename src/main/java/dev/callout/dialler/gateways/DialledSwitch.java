package dev.callout.dialler.gateways;

import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Departure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One switch that calls go out on: whether it answers, when each number gets its turn, and whether it takes calls.
 * Thread-safe.
 */
final class DialledSwitch {

    /** All messages about switches have one logger, so that people can filter by it. */
    private static final Logger LOG = LoggerFactory.getLogger(Switches.class);

    private final String name;
    private final SwitchPace<Coming> pace;
    private final Departures<Coming> departures = new Departures<>();
    private final Refusals refusals = new Refusals();
    private final InstantSource clock;
    private final Alarm alarm;
    private final Lead lead;
    private final AtomicBoolean awaited = new AtomicBoolean();
    /** The instant for which the alarm is set to let calls depart; null if it is not set. */
    private Instant departure;
    /** The switch's Core-UUID; null while it does not answer. */
    private volatile String coreUuid;
    /** Why no number gets a turn; null if turns are given. */
    private volatile String closed;

    /** Runs a task after a time. */
    interface Alarm {
        void in(Duration time, Runnable task);
    }

    /** @param since from when on it waits */
    private record Coming(Attempt attempt, Instant since, CompletableFuture<Attempt> come) {}

    /**
     * @param name           its name in the settings
     * @param callsPerSecond the maximum number of calls a second, above 0
     * @param clock          a clock that never steps
     * @param lead           how long before its departure a number gets its turn
     * @param closed         see {@link #close}; null: turns are given
     */
    DialledSwitch(String name, double callsPerSecond, InstantSource clock, Alarm alarm, Lead lead, String closed) {
        this.name = name;
        this.pace = new SwitchPace<>(callsPerSecond);
        this.clock = clock;
        this.alarm = alarm;
        this.lead = lead;
        this.closed = closed;
    }

    String name() {
        return name;
    }

    SwitchPace<?> pace() {
        return pace;
    }

    /** It has refused a call because it has too much to do, so it is slowed down. Logs once if it refuses all calls. */
    void tooBusy(String refusal) {
        Instant now = clock.instant();
        pace.refused(now);
        if (refusals.refused(now)) {
            LOG.warn(
                    "Switch {} refuses all calls ({}): it is paused, or at its max-sessions or sessions-per-second; see"
                            + " fs_cli -x status, and for a pause fs_cli -x 'fsctl resume outbound'. No attempt is charged; calls are"
                            + " tried again",
                    name,
                    refusal);
        }
    }

    /** It has created a channel for a call. */
    void taken() {
        if (refusals.taken()) {
            LOG.info("Switch {} takes calls again", name);
        }
    }

    /** Whether it refuses all calls, as far as it has recently been tried. */
    boolean refusesAll() {
        return refusals.all(clock.instant());
    }

    /** Its incarnation; null while it does not answer. */
    String coreUuid() {
        return coreUuid;
    }

    /** Records that it has answered; null records that it does not answer. */
    void answers(String core) {
        coreUuid = core;
    }

    /** Sets its calls a second from the next turn on. */
    void change(double callsPerSecond) {
        pace.change(callsPerSecond);
        give();
        awaitDeparture();
    }

    /**
     * Makes a number wait for its turn, and first until it is to be prepared, if it was taken up sooner.
     *
     * @param come completes when its turn is near and its instant is fixed; fails with {@link NotNowException} if it
     *             gets no turn
     */
    void turn(Attempt attempt, CompletableFuture<Attempt> come) {
        Instant now = clock.instant();
        Departure departure = attempt.departure();
        Instant due = departure.isPaced() ? departure.reserved().minus(lead.length()) : now;
        if (due.isAfter(now)) {
            turnAt(due, now, attempt, come);
            return;
        }
        if (departure.preparedFrom() == null) {
            departure.preparedFrom(now);
        }
        pace.add(new Coming(attempt, now, come), departure.isPaced() ? departure.reserved() : null);
        String why = closed;
        if (why == null) {
            await();
        } else {
            turnAway(why);
        }
    }

    private void turnAt(Instant due, Instant now, Attempt attempt, CompletableFuture<Attempt> come) {
        try {
            alarm.in(Duration.between(now, due), () -> {
                attempt.departure().preparedFrom(null);
                turn(attempt, come);
            });
        } catch (RejectedExecutionException e) {
            come.completeExceptionally(new NotNowException(Switches.NO_NEW_CALLS, e));
        }
    }

    /**
     * Makes a number wait for its departure.
     *
     * @param come completes when its instant has come and the switch may be given another call; fails as above
     */
    void depart(Attempt attempt, CompletableFuture<Attempt> come) {
        Instant now = clock.instant();
        Instant from = attempt.departure().preparedFrom();
        if (from != null) {
            lead.took(Duration.between(from, now));
            attempt.departure().preparedFrom(null);
        }
        departures.add(new Coming(attempt, now, come), attempt.departure().at());
        String why = closed;
        if (why == null) {
            awaitDeparture();
        } else {
            turnAway(why);
        }
    }

    /** Starts to give turns, with a fresh alarm. */
    void open() {
        synchronized (this) {
            departure = null;
        }
        awaited.set(false);
        closed = null;
        await();
        awaitDeparture();
    }

    /** Gives no turns from now on. Numbers that wait for one get the reason why they are not called now. */
    void close(String why) {
        closed = why;
        turnAway(why);
    }

    private void turnAway(String why) {
        Stream.concat(pace.takeAll().stream(), departures.takeAll().stream())
                .forEach(turn -> turn.come().completeExceptionally(new NotNowException(why)));
    }

    private void await() {
        Instant now = clock.instant();
        Instant next = pace.next(now);
        if (next != null && awaited.compareAndSet(false, true)) {
            alarm.in(Duration.between(now, next).minus(lead.length()), this::give);
        }
    }

    private void give() {
        awaited.set(false);
        Instant now = clock.instant();
        pace.take(now, now.plus(lead.length())).forEach(turn -> {
            Attempt attempt = turn.what().attempt();
            attempt.departure().turn(turn.at());
            // The wait for the turn is no preparing. A route that copies exchanges may have let the attempt depart
            // already.
            Instant from = attempt.departure().preparedFrom();
            if (from != null) {
                attempt.departure()
                        .preparedFrom(from.plus(Duration.between(turn.what().since(), now)));
            }
            turn.what().come().complete(attempt);
        });
        await();
    }

    private synchronized void awaitDeparture() {
        Instant next = departures.next(pace.gap());
        if (next != null && (departure == null || next.isBefore(departure))) {
            departure = next;
            alarm.in(Duration.between(clock.instant(), next), () -> depart(next));
        }
    }

    private void depart(Instant awaitedFor) {
        synchronized (this) {
            if (!awaitedFor.equals(departure)) {
                return;
            }
            departure = null;
        }
        List<Coming> departing = departures.take(clock.instant(), pace.gap());
        departing.forEach(one -> one.come().complete(one.attempt()));
        pace.notBefore(departures.freeFrom(pace.gap()));
        awaitDeparture();
    }
}
