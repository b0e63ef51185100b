package dev.callout.dialler.stop;

import dev.callout.campaign.NotNowException;
import dev.callout.store.DatabaseWords;
import dev.callout.store.stop.Stop;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether everything is stopped, as this node has read it last. A reading says nothing about what was committed after it
 * began, so a call may leave for one second after the beginning of a reading that found nothing stopped. After a reading
 * that failed, no call may leave until the next one. Thread-safe.
 */
public final class StopAll {

    /** How long calls may leave by a reading. So no call leaves later than this after a stop was committed. */
    static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(StopAll.class);

    private final Source source;
    private final LongSupplier nanoTime;
    private final AtomicReference<Reading> latest = new AtomicReference<>();

    /** Where it is read. */
    @FunctionalInterface
    public interface Source {
        /**
         * Returns the stop that is in force; empty if nothing is stopped.
         *
         * @throws SQLException if it is not known
         */
        Optional<Stop> read() throws SQLException;
    }

    /**
     * @param begunAt when it began, by the monotonic clock
     * @param stop    null: nothing was stopped, or it is not known
     * @param fault   why it is not known; null: it is known
     */
    private record Reading(long begunAt, Stop stop, String fault) {}

    /** @param nanoTime the monotonic clock, in nanoseconds */
    public StopAll(Source source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads it. What was committed before is known when this returns.
     *
     * @throws SQLException if it is not known; then no call leaves until it is
     */
    public void read() throws SQLException {
        long begunAt = nanoTime.getAsLong();
        try {
            Stop stop = source.read().orElse(null);
            keep(new Reading(begunAt, stop, null));
        } catch (SQLException e) {
            keep(new Reading(begunAt, null, DatabaseWords.of(e)));
            throw e;
        }
    }

    /** The same, for what may go on without knowing: then no call leaves. */
    public void look() {
        try {
            read();
        } catch (SQLException e) {
            LOG.debug("It is not known whether everything is stopped", e);
        }
    }

    /** Keeps a reading, unless one that began later was faster. */
    private void keep(Reading reading) {
        Reading before =
                latest.getAndUpdate(old -> old != null && old.begunAt() - reading.begunAt() > 0 ? old : reading);
        Stop was = before == null ? null : before.stop();
        Stop now = latest.get().stop();
        if (now != null && was == null) {
            LOG.warn("No calls are made: {}", now);
        } else if (now == null && was != null && reading.fault() == null) {
            LOG.info("Calls are made again: nothing is stopped any more");
        }
    }

    /** Returns the stop in force; empty if nothing is stopped, or it is not known. */
    public Optional<Stop> stop() {
        Reading last = latest.get();
        return last == null ? Optional.empty() : Optional.ofNullable(last.stop());
    }

    /** Returns why it is not known whether everything is stopped, in words; empty if it is, or has not been read yet. */
    public Optional<String> unread() {
        Reading last = latest.get();
        return last == null
                ? Optional.empty()
                : Optional.ofNullable(last.fault())
                        .map(fault -> "it cannot be read whether everything is stopped: " + fault);
    }

    /** Returns why no call may leave, in words; empty if it may, or if it has not been read yet. */
    public Optional<String> reason() {
        return stop().map(Stop::toString).or(this::unread);
    }

    /** Whether numbers may be claimed. Reads first, if the last reading is too old for a call to leave by it. */
    public boolean mayClaim() {
        if (left().isZero()) {
            look();
        }
        return reason().isEmpty();
    }

    /**
     * How much longer a call may leave.
     *
     * @throws NotNowException if everything is stopped, or nobody knows whether it is
     */
    public Duration leaves() throws NotNowException {
        Optional<String> reason = reason();
        if (reason.isPresent()) {
            throw new NotNowException(reason.get());
        }
        Duration left = left();
        if (left.isZero()) {
            throw new NotNowException("it has not been read in time whether everything is stopped");
        }
        return left;
    }

    private Duration left() {
        Reading last = latest.get();
        return last == null || last.fault() != null
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, last.begunAt() + GOOD_FOR.toNanos() - nanoTime.getAsLong()));
    }
}
