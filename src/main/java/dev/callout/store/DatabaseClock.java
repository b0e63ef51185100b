package dev.callout.store;

import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The database's clock, which all nodes share. It is read without asking the database each time: its distance to this
 * machine's monotonic clock is measured. So a step of this machine's wall clock changes nothing. Thread-safe.
 */
public final class DatabaseClock implements InstantSource {
    private static final String CLOCK = SqlText.of("clock");
    private static final int SAMPLES = 5;
    /** Further questions are asked only within this time in total. A less precise answer is better than a late one. */
    private static final long ASKING_NANOS = Duration.ofMillis(100).toNanos();
    /** The same for the first time, when the first answer of a process that has just started is slow. */
    private static final long FIRST_ASKING_NANOS = Duration.ofSeconds(2).toNanos();
    /** A smaller difference is normal drift or slewing of clocks. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final LongSupplier nanoTime;
    private final InstantSource machine;
    private volatile Instant atNanoZero;
    private volatile Instant firstAtNanoZero;
    private long roundTripNanos;
    private volatile Duration step = Duration.ZERO;
    private volatile Duration behind = Duration.ZERO;

    /** @param dataSource the database */
    public DatabaseClock(DataSource dataSource) {
        this(dataSource, System::nanoTime, InstantSource.system());
    }

    /**
     * A clock that uses other clocks than this machine's, for tests.
     *
     * @param dataSource the database
     * @param nanoTime   the monotonic clock in nanoseconds
     * @param machine    the wall clock that {@link #machine()} starts from
     */
    public DatabaseClock(DataSource dataSource, LongSupplier nanoTime, InstantSource machine) {
        this.dataSource = dataSource;
        this.nanoTime = nanoTime;
        Instant atNanoZero = machine.instant().minusNanos(nanoTime.getAsLong());
        this.machine = () -> atNanoZero.plusNanos(nanoTime.getAsLong());
    }

    /**
     * Asks the database for its time, several times, and keeps the distance from the fastest answer. An answer slower
     * than the one that the distance is from changes nothing while it agrees with it: on a machine that was too busy for
     * a while, nodes would otherwise differ by half a round trip, and dial a campaign at more than its pace.
     *
     * @throws SQLException if the database does not answer; the clock then keeps the distance measured before
     */
    public synchronized void measure() throws SQLException {
        SqlTemplate.onOneConnection(dataSource, jdbc -> {
            long begun = nanoTime.getAsLong();
            long asking = firstAtNanoZero == null ? FIRST_ASKING_NANOS : ASKING_NANOS;
            long fastest = Long.MAX_VALUE;
            Instant best = null;
            for (int i = 0; i < SAMPLES && (i == 0 || nanoTime.getAsLong() - begun < asking); i++) {
                long sent = nanoTime.getAsLong();
                long micros = jdbc.queryForObject(CLOCK, Map.of(), Long.class);
                long roundTrip = nanoTime.getAsLong() - sent;
                if (roundTrip < fastest) {
                    fastest = roundTrip;
                    // The server read its clock half a round trip after it was asked.
                    best = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).minusNanos(sent + roundTrip / 2);
                }
            }
            if (firstAtNanoZero == null) {
                firstAtNanoZero = best;
            } else {
                Duration change = Duration.between(atNanoZero, best);
                if (fastest > roundTripNanos && change.abs().toNanos() <= fastest / 2) {
                    return best;
                }
                notice(change, fastest + roundTripNanos);
            }
            roundTripNanos = fastest;
            atNanoZero = best;
            return best;
        });
    }

    private void notice(Duration change, long uncertainNanos) {
        if (change.abs().minusNanos(uncertainNanos / 2).compareTo(STEP) > 0) {
            // The uncertainty should make a retry late, not early.
            Duration most = change.plusNanos(uncertainNanos / 2);
            step = step.plus(most);
            Duration stillBehind = behind.plus(most);
            behind = stillBehind.isNegative() ? Duration.ZERO : stillBehind;
        }
    }

    /** How far the clock was set forward, or back (negative), since the last step was settled; zero if it was not. */
    public Duration step() {
        return step;
    }

    /**
     * Settles a step.
     *
     * @param dealtWith the step as it was reported
     * @param stillBehind how far {@link #due()} is behind from now on
     */
    public synchronized void settled(Duration dealtWith, Duration stillBehind) {
        step = step.minus(dealtWith);
        behind = step.isNegative() ? stillBehind : stillBehind.plus(step);
    }

    /**
     * The time that decides which retries are due. It is the database's time minus those steps forward for which the
     * waiting retries have not been put off yet.
     *
     * @throws IllegalStateException before the first {@link #measure()}
     */
    public Instant due() {
        return instant().minus(behind);
    }

    /** Whether the clock has been measured and gives a time. */
    public boolean isMeasured() {
        return atNanoZero != null;
    }

    /**
     * The database's current time.
     *
     * @throws IllegalStateException before the first {@link #measure()}
     */
    @Override
    public Instant instant() {
        return measured().plusNanos(nanoTime.getAsLong());
    }

    private Instant measured() {
        Instant base = atNanoZero;
        if (base == null) {
            throw new IllegalStateException("The database's clock has not been measured yet");
        }
        return base;
    }

    /** The database's current time; the same as {@link #instant()}. */
    public Instant now() {
        return instant();
    }

    /**
     * A clock that never steps, for waits within this node. It starts at the database's time of the first measurement
     * and continues from there. Before the first measurement it is this machine's clock. Its instants mean nothing to
     * other nodes and are never stored.
     */
    public InstantSource steady() {
        return () -> {
            Instant base = firstAtNanoZero;
            return base == null ? machine.instant() : base.plusNanos(nanoTime.getAsLong());
        };
    }

    /**
     * Converts an instant of the database's clock, as it currently runs, to {@link #steady()}.
     *
     * @throws IllegalStateException before the first {@link #measure()}
     */
    public Instant steadyOf(Instant ofTheDatabase) {
        Instant base = measured();
        return ofTheDatabase.plus(Duration.between(base, firstAtNanoZero));
    }

    /**
     * How far {@link #steady()} is currently ahead of {@link #due()}.
     *
     * @throws IllegalStateException before the first {@link #measure()}
     */
    public Duration steadyAheadOfDue() {
        Instant base = measured();
        return Duration.between(base.minus(behind), firstAtNanoZero);
    }

    /**
     * This machine's clock as it was at the start, continued from there. A later step of the wall clock would otherwise
     * end calls that are up, or make a short talk a long one.
     */
    public InstantSource machine() {
        return machine;
    }

    /** The database's time at an instant of {@link #machine()}, given in milliseconds since 1970. */
    public Instant ofLocalMillis(long epochMillisOfThisMachine) {
        return instant().minus(Duration.between(Instant.ofEpochMilli(epochMillisOfThisMachine), machine.instant()));
    }
}
