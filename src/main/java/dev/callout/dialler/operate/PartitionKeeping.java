package dev.callout.dialler.operate;

import dev.callout.dialler.node.Lease;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
import dev.callout.store.schema.AttemptPartitions;
import dev.callout.store.sql.DatabaseFault;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Used by the routes of {@code timetable.camel.yaml}: adds partitions to {@code call_attempts} ahead of time, and drops
 * those that a retention does not keep, if the table is partitioned.
 */
public final class PartitionKeeping {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionKeeping.class);

    /** Four units ahead, a day is the shortest. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final AttemptPartitions partitions;
    private final Lease lease;
    private final DatabaseClock clock;
    private final LongSupplier nanoTime;
    private volatile long lookAt;
    private volatile String told = "";

    /**
     * @param clock    the database's clock, from which calls have their UUIDs
     * @param nanoTime the monotonic clock in nanoseconds
     */
    public PartitionKeeping(AttemptPartitions partitions, Lease lease, DatabaseClock clock, LongSupplier nanoTime) {
        this.partitions = partitions;
        this.lease = lease;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lookAt = nanoTime.getAsLong();
    }

    /** Whether it is time for {@link #extend()}. */
    public boolean due() {
        return lease.held() && nanoTime.getAsLong() - lookAt >= 0;
    }

    /**
     * Adds the partitions of the next units of time, on whichever node comes first. If the server refuses, this is
     * logged once: attempts are recorded nevertheless.
     *
     * @throws SQLException if the database does not answer, or other connections use the table all the time
     */
    public void extend() throws SQLException {
        try {
            List<String> added = partitions.extend(clock.now());
            if (!added.isEmpty()) {
                LOG.info("Table call_attempts has further partitions: {}", String.join(", ", added));
            }
            told = "";
        } catch (SQLException e) {
            requireRefused(e);
            tell(
                    "Table call_attempts gets no further partitions, so attempts gather in its partition future; see"
                            + " docs/operating.md, Partitions",
                    e);
        }
        lookAt = nanoTime.getAsLong() + INTERVAL.toNanos();
    }

    /**
     * Drops the partitions that a retention of all campaigns does not keep. If the server refuses, their rows are left to
     * be deleted one by one.
     *
     * @param  task         the row of {@code timetable_tasks}
     * @throws SQLException if the database does not answer, or other connections use the table all the time
     */
    public void drop(@Body Map<String, Object> task) throws SQLException {
        if (task.get("campaign") != null) {
            return;
        }
        BigDecimal scheduled = (BigDecimal) task.get("scheduled");
        int days = ((Number) task.get("days")).intValue();
        try {
            Instant cutoff = Instant.ofEpochMilli(scheduled.movePointRight(3).longValueExact())
                    .minus(Duration.ofDays(days));
            List<String> dropped = partitions.dropBefore(cutoff);
            if (!dropped.isEmpty()) {
                LOG.info(
                        "Attempts older than {} days: dropped partitions {} of table call_attempts",
                        days,
                        String.join(", ", dropped));
            }
        } catch (SQLException e) {
            requireRefused(e);
            tell("Partitions of table call_attempts cannot be dropped, so old attempts are deleted row by row", e);
        }
    }

    private static void requireRefused(SQLException e) throws SQLException {
        if (DatabaseFault.of(e) != DatabaseFault.REFUSED) {
            throw e;
        }
    }

    private void tell(String what, SQLException e) {
        String message = what + ": " + DatabaseWords.of(e);
        if (!message.equals(told)) {
            told = message;
            LOG.warn(message);
        }
    }
}
