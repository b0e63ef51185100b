package dev.callout.store;

import dev.callout.store.audit.Actor;
import dev.callout.store.audit.Audit;
import dev.callout.store.audit.AuditedRows;
import dev.callout.store.audit.Unhindered;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Used by the routes {@code audit} and {@code timetable}: writes into table {@code audit} what nobody else writes there.
 * Each node may look; a change gets one entry.
 */
public final class AuditWatch {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWatch.class);

    private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);
    private static final int DELETED_AT_ONCE = 1000;
    /** Actions that begin or continue a run, whether the campaign was paused or not. */
    private static final Set<String> DIALS = Set.of("start", "resume");

    private final Transactions transactions;
    /** Joins the transaction of the route. */
    private final SqlTemplate joined;

    private final Supplier<Optional<Integer>> keptDays;
    private final LongSupplier nanoTime;
    private Long deletedAt;

    /** @param keptDays returns for how many days entries are kept; empty: for ever */
    public AuditWatch(DataSource dataSource, Supplier<Optional<Integer>> keptDays, LongSupplier nanoTime) {
        this.transactions = new Transactions(dataSource);
        this.joined = new SqlTemplate(dataSource);
        this.keptDays = keptDays;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes an entry for each campaign, gateway, group of gateways and pool of caller IDs that was changed without asking
     * Callout, and deletes old entries once an hour.
     */
    public synchronized void look() throws SQLException {
        for (long campaign : transactions.run(Audit::changed)) {
            settle("Campaign", campaign, jdbc -> Audit.settle(jdbc, campaign));
        }
        for (AuditedRows rows : AuditedRows.values()) {
            for (long key : transactions.run(rows::changed)) {
                settle(rows.name(), key, jdbc -> rows.settle(jdbc, key));
            }
        }
        if (deletedAt == null || nanoTime.getAsLong() - deletedAt >= BETWEEN_DELETIONS.toNanos()) {
            deleteOld();
            deletedAt = nanoTime.getAsLong();
        }
    }

    /** A row that somebody has locked waits until the next look, and holds up no other. */
    private void settle(String kind, long key, Consumer<NamedParameterJdbcTemplate> settling) throws SQLException {
        try {
            transactions.once(jdbc -> {
                settling.accept(jdbc);
                return key;
            });
        } catch (SQLException e) {
            DatabaseFault fault = DatabaseFault.of(e);
            if (fault != DatabaseFault.LOCKED && fault != DatabaseFault.CONFLICT) {
                throw e;
            }
            LOG.debug("{} {} is locked and is looked at later", kind, key, e);
        }
    }

    private void deleteOld() throws SQLException {
        Optional<Integer> days = keptDays.get();
        int deleted = days.isPresent() ? DELETED_AT_ONCE : 0;
        while (deleted == DELETED_AT_ONCE) {
            deleted = transactions.run(jdbc -> Audit.deleteOlderThan(jdbc, days.get()));
        }
    }

    /**
     * Writes what the timetable has done to a campaign, in the transaction of the route. A stop or a pause is committed
     * even if that cannot be written.
     *
     * @param task the row or task of the timetable: {@code timetable}, {@code campaign}, {@code action}
     */
    public void byTimetable(Map<String, Object> task) throws SQLException {
        String action = (String) task.get("action");
        Actor timetable = new Actor("timetable " + task.get("timetable"), null);
        try {
            Actor.<Void, RuntimeException>as(timetable, () -> {
                long campaign = ((Number) task.get("campaign")).longValue();
                boolean dials = DIALS.contains(action);
                Runnable entry = () -> Audit.campaignChanged(joined, campaign, "campaign." + action, dials);
                if (dials) {
                    entry.run();
                } else {
                    Unhindered.write("campaign." + action + " " + campaign, entry);
                }
                return null;
            });
        } catch (RuntimeException e) {
            throw DatabaseFault.thrownBy(e);
        }
    }
}
