package dev.callout.simulator.events;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The switch's time. It starts at the wall clock's time and from then on runs {@code scale} times as fast. Every stamp
 * in an event is from this clock. So differences between stamps (billmsec, Event-Date-Timestamp minus
 * Caller-Channel-Answered-Time) are simulated durations. A listener may subtract such a difference from its own time of
 * receipt. The resulting instants are right relative to one another but, above scale 1, earlier than they really were.
 * At scale 1 everything is real.
 *
 * <p>As in FreeSWITCH, {@code originate_timeout} and the scheduler use whole seconds of the clock. A time-out of 2 s
 * ends a call when the clock shows the second after next (1.32 s in a capture). {@code sched_hangup +1} comes 0 to
 * 1.5 s later, because the scheduler looks twice a second.
 */
public final class SwitchClock {

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GMT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long SECOND = 1_000_000;
    private static final long SCHEDULER_TICK = SECOND / 2;

    private final double scale;
    private final long startMicros;
    private final long startNanos;
    private boolean punctual;
    private Long standsAt;
    private long shownSecond = Long.MIN_VALUE;
    private String shownLocal;
    private String shownGmt;

    /** @param scale how many times faster than real time it runs, above 0 */
    public SwitchClock(double scale) {
        Instant now = Instant.now();
        this.scale = scale;
        startMicros = now.getEpochSecond() * SECOND + now.getNano() / 1000;
        startNanos = System.nanoTime();
    }

    /** Simulated time in microseconds since the epoch. */
    public long micros() {
        return standsAt != null ? standsAt : startMicros + (long) ((System.nanoTime() - startNanos) / 1000.0 * scale);
    }

    /** From now on, an action that is due sees the clock at its due time. */
    public void punctual() {
        punctual = true;
    }

    /** Runs an action that was due at a time. If the clock is punctual, it stands still at that time meanwhile. */
    public void at(long micros, Runnable action) {
        at(micros, punctual, action);
    }

    /**
     * Runs an action that belongs to what has just happened at a time. If the clock is punctual or faster than real
     * time, it stands still at that time meanwhile: if this process has not had the processor in between, what listeners
     * take for real would otherwise be wrong by {@code scale} times as much.
     */
    public void stillAt(long micros, Runnable action) {
        at(micros, punctual || scale > 1, action);
    }

    private void at(long micros, boolean stands, Runnable action) {
        Long before = standsAt;
        standsAt = stands ? Long.valueOf(micros) : before;
        try {
            action.run();
        } finally {
            standsAt = before;
        }
    }

    /** Simulated microseconds since the start. */
    public long uptimeMicros() {
        return micros() - startMicros;
    }

    /** How long a simulated duration takes in real time. */
    public long realNanos(Duration simulated) {
        return (long) (simulated.toNanos() / scale);
    }

    /** The simulated time after this much real time. */
    public long microsAfter(long nanos) {
        return micros() + (long) Math.ceil(nanos / 1000.0 * scale);
    }

    /** How much real time passes until this simulated time. */
    public long realNanosUntil(long micros) {
        return Math.max(0, (long) ((micros - micros()) * 1000.0 / scale));
    }

    /** When a wait of whole seconds that begins now is over, counted in seconds that the clock shows. */
    public long secondsFromNow(long seconds) {
        return Math.floorDiv(micros(), SECOND) * SECOND + seconds * SECOND;
    }

    /** When the scheduler runs a task that is due at that time. */
    public long schedulerTickFrom(long micros) {
        long sinceStart = micros - startMicros;
        return startMicros + -Math.floorDiv(-sinceStart, SCHEDULER_TICK) * SCHEDULER_TICK;
    }

    /** {@code Event-Date-Local} form; the switch's zone is UTC. */
    public String local(long micros) {
        show(micros);
        return shownLocal;
    }

    /** {@code Event-Date-GMT} form. */
    public String gmt(long micros) {
        show(micros);
        return shownGmt;
    }

    private void show(long micros) {
        long second = Math.floorDiv(micros, SECOND);
        if (second != shownSecond) {
            shownSecond = second;
            shownLocal = LOCAL.format(Instant.ofEpochSecond(second));
            shownGmt = GMT.format(Instant.ofEpochSecond(second));
        }
    }
}
