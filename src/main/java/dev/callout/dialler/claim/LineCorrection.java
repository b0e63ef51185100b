package dev.callout.dialler.claim;

import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.node.Lease;
import dev.callout.settings.TableOptions;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Corrects the counts of the lines that campaigns use by what people have changed in the rows of numbers: once in a
 * scan interval, and sooner as long as there is something to correct, but not more than a fiftieth of the time. Any node
 * corrects the counts of all.
 */
public final class LineCorrection {

    private static final Logger LOG = LoggerFactory.getLogger(LineCorrection.class);

    /** How many times as long as a correction takes passes at least from one to the next. */
    private static final int REST = 50;

    /** The time from a correction that was needed to the next. */
    private static final Duration SOON = Duration.ofMillis(500);

    private final CalloutTables tables;
    private final Claims claims;
    private final Lease lease;
    private final TableOptions options;
    private final LongSupplier nanoTime;
    private volatile long nextAt;
    /** Whether the last correction was needed. */
    private volatile boolean needed;

    /**
     * @param claims   continue if lines were not in use although they were counted
     * @param nanoTime the monotonic clock in nanoseconds
     */
    public LineCorrection(
            CalloutTables tables, Claims claims, Lease lease, TableOptions options, LongSupplier nanoTime) {
        this.tables = tables;
        this.claims = claims;
        this.lease = lease;
        this.options = options;
        this.nanoTime = nanoTime;
        this.nextAt = nanoTime.getAsLong();
    }

    /** Whether it is time to correct the counts. */
    public boolean due() {
        return lease.held() && nanoTime.getAsLong() - nextAt >= 0;
    }

    /**
     * Corrects the counts of all tables. A table that somebody has locked is left out until the next time.
     *
     * @throws SQLException if the database did not answer for one of them
     */
    public void correct() throws SQLException {
        long began = nanoTime.getAsLong();
        SQLException failure = null;
        boolean wrong = false;
        try {
            for (CalloutTable table : tables.counted()) {
                try {
                    Map<Long, Long> corrected = table.correctLines();
                    tell(table, corrected);
                    wrong |= !corrected.isEmpty();
                    if (corrected.values().stream().anyMatch(lines -> lines < 0)) {
                        claims.linesFreed();
                    }
                } catch (SQLException e) {
                    LOG.debug("The lines used by a table's numbers cannot be counted now", e);
                    failure = DatabaseFault.of(e) == DatabaseFault.LOCKED ? failure : e;
                }
            }
        } finally {
            needed = wrong;
            Duration usual = wrong ? SOON : options.scanInterval();
            nextAt = began + Math.max(usual.toNanos(), (nanoTime.getAsLong() - began) * REST);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** While each correction is needed, only the first is logged at INFO. */
    private void tell(CalloutTable table, Map<Long, Long> corrected) {
        corrected.forEach((campaign, lines) -> LOG.atLevel(needed ? Level.DEBUG : Level.INFO)
                .log(
                        "Campaign {}: its count of lines in use by numbers of table {} was wrong and has been corrected by {}: somebody"
                                + " has edited or deleted numbers in progress, a copy of write-status.sql does not count lines, or a"
                                + " node of an earlier version has run. Further corrections in a row are logged at DEBUG",
                        campaign,
                        table.list() == null ? "campaign_phones" : table.list(),
                        lines));
    }
}
