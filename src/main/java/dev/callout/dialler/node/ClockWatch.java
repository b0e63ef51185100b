package dev.callout.dialler.node;

import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.store.DatabaseClock;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.ClockStep;
import dev.callout.store.numbers.ClockSteps;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the database's clock. When that clock is set forward, it keeps retries waiting for the rest of their
 * back-off.
 * <p>
 * A node that sees a step writes new rows by the new clock at once. But it claims retries by the old clock until all
 * waiting ones have been put off. Putting off starts when every node that may write has seen the step, which is one
 * lease later: each node checks the clock before it renews its own lease. One node records the step. Any node does the
 * work, part by part.
 */
public final class ClockWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    /** The limit for one turn, so that the route can be stopped. */
    private static final Duration TURN = Duration.ofSeconds(5);

    private final DatabaseClock clock;
    private final ClockSteps steps;
    private final CalloutTables tables;
    private final Lease lease;
    private final String node;
    private final LongSupplier nanoTime;
    private String incarnation;
    private Long before;
    private Long last;
    /** The open steps, and since when this node knows each of them, by the monotonic clock. */
    private final Map<Long, Long> known = new HashMap<>();

    private volatile List<ClockStep> open = List.of();

    /**
     * @param node     the name under which this node records a step
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    public ClockWatch(
            DatabaseClock clock,
            ClockSteps steps,
            CalloutTables tables,
            Lease lease,
            String node,
            LongSupplier nanoTime) {
        this.clock = clock;
        this.steps = steps;
        this.tables = tables;
        this.lease = lease;
        this.node = node;
        this.nanoTime = nanoTime;
    }

    /** Measures the database's clock. Must run before the lease is renewed. */
    public synchronized void look() throws SQLException {
        incarnation = lease.incarnation();
        if (incarnation != null && clock.step().isZero()) {
            // Read before the clock is measured: whoever records a step that this measurement does not see gives it a
            // later number.
            before = last;
            last = lastNoted();
        }
        clock.measure();
    }

    /** Returns null if the table of steps cannot be used: that must not cost the lease. */
    private Long lastNoted() throws SQLException {
        try {
            return steps.last();
        } catch (SQLException e) {
            requireRefused(e);
            LOG.debug("Table clock_steps cannot be read", e);
            return null;
        }
    }

    private static void requireRefused(SQLException e) throws SQLException {
        if (DatabaseFault.of(e) != DatabaseFault.REFUSED) {
            throw e;
        }
    }

    /** Records a step that was seen, unless another node has. Must run after the lease has been renewed. */
    public synchronized void settle() throws SQLException {
        Duration step = clock.step();
        try {
            settle(step);
        } catch (SQLException e) {
            requireRefused(e);
            if (!step.isZero()) {
                LOG.error(
                        "The database's clock has moved by {} s, and table clock_steps cannot be used, so retries come early"
                                + " or late by that much: {}",
                        seconds(step),
                        e.getMessage());
            }
            open = List.of();
            clock.settled(step, Duration.ZERO);
        }
    }

    private void settle(Duration step) throws SQLException {
        if (!step.isZero()) {
            note(step);
        }
        List<ClockStep> now = steps.open();
        known.keySet().retainAll(now.stream().map(ClockStep::number).toList());
        now.forEach(one -> known.putIfAbsent(one.number(), nanoTime.getAsLong()));
        open = now;
        Map<Long, Duration> by =
                now.stream().collect(Collectors.toMap(ClockStep::number, ClockStep::by, (one, same) -> one));
        clock.settled(step, by.values().stream().reduce(Duration.ZERO, Duration::plus));
    }

    private void note(Duration step) throws SQLException {
        if (before == null || !Objects.equals(incarnation, lease.incarnation())) {
            LOG.info(
                    "The database's clock has moved by {} s against this machine's clock, which has just started or stood still; retries"
                            + " go by the new time",
                    seconds(step));
            return;
        }
        List<String> lists = step.isNegative()
                ? List.of("")
                : tables.inUse().stream()
                        .map(table -> Objects.toString(table.list(), ""))
                        .toList();
        if (!steps.record(before + 1, clock.now().minus(step), step, lists, node)) {
            LOG.debug("The database's clock has stepped by {}, which another node has recorded", step);
        } else if (step.isNegative()) {
            LOG.warn(
                    "The database's clock was set back by {} s: retries come later by that much at most",
                    seconds(step.negated()));
        } else {
            LOG.warn(
                    "The database's clock was set forward by {} s: waiting retries are postponed by that much, so that none comes"
                            + " early",
                    seconds(step));
        }
    }

    private static long seconds(Duration time) {
        return Math.round(time.toMillis() / 1000.0);
    }

    /**
     * Puts waiting retries off, as far as it is time for that and within one turn. If a table is locked by another
     * connection, only its own numbers are held back, and it is tried again.
     *
     * @throws SQLException if there is such a table, or the database does not answer
     */
    public void putOff() throws SQLException {
        long end = nanoTime.getAsLong() + TURN.toNanos();
        SQLException fault = null;
        for (ClockStep step : open) {
            try {
                putOff(step, end);
            } catch (SQLException e) {
                if (!DatabaseFault.of(e).ofItsRows()) {
                    throw e;
                }
                fault = e;
            }
        }
        if (fault != null) {
            throw fault;
        }
    }

    private void putOff(ClockStep step, long end) throws SQLException {
        CalloutTable table = tables.of(step.list().isEmpty() ? null : step.list());
        boolean more = everybodyKnows(step);
        while (more && nanoTime.getAsLong() - end < 0) {
            more = table.putOff(step, clock.due(), step.seen().plus(graceOfALease()));
        }
    }

    private synchronized boolean everybodyKnows(ClockStep step) {
        Long since = known.get(step.number());
        return since != null && nanoTime.getAsLong() - since >= graceOfALease().toNanos();
    }

    private Duration graceOfALease() {
        return lease.length().plus(lease.margin());
    }
}
