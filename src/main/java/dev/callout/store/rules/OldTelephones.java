package dev.callout.store.rules;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Deletes rows of table {@code telephones} whose calls are so long over that no calling rule can count them. It goes through
 * the table part by part, and rests for an hour when it has come to the end. No claim waits for it. Used by one thread.
 */
public final class OldTelephones {

    private static final int PART = 1000;
    private static final Duration REST = Duration.ofHours(1);

    private static final String NEXT = SqlText.of("telephones/part");
    private static final String OLD = SqlText.of("telephones/old");
    private static final String DELETE = SqlText.of("telephones/delete-old");

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final LongSupplier nanoTime;
    private String after = "";
    private long nextAt;

    /**
     * @param now      gives the database's time
     * @param nanoTime the monotonic clock in nanoseconds
     */
    public OldTelephones(DataSource dataSource, Supplier<Instant> now, LongSupplier nanoTime) {
        this.transactions = new Transactions(dataSource);
        this.now = now;
        this.nanoTime = nanoTime;
        this.nextAt = nanoTime.getAsLong();
    }

    /**
     * Goes on with the next part, unless it rests.
     *
     * @return how many rows it has deleted
     */
    public int delete() throws SQLException {
        if (nanoTime.getAsLong() - nextAt < 0) {
            return 0;
        }
        Map<String, Object> part = Map.of("after", after, "limit", PART);
        String last = transactions.run(jdbc -> jdbc.queryForObject(NEXT, part, String.class));
        if (last == null) {
            after = "";
            nextAt = nanoTime.getAsLong() + REST.toNanos();
            return 0;
        }
        Map<String, Object> range = Map.of(
                "after", after, "to", last, "before", EpochSeconds.of(now.get().minus(RecentCalls.KEPT)));
        List<String> old = transactions.run(jdbc -> jdbc.queryForList(OLD, range, String.class));
        int deleted = old.isEmpty() ? 0 : delete(old, range);
        after = last;
        return deleted;
    }

    private int delete(List<String> telephones, Map<String, Object> range) throws SQLException {
        try {
            return transactions.once(
                    jdbc -> jdbc.update(DELETE, Map.of("telephones", telephones, "before", range.get("before"))));
        } catch (SQLException e) {
            if (DatabaseFault.of(e) == DatabaseFault.LOCKED) {
                // Somebody calls one of them. The next pass comes to them again.
                return 0;
            }
            throw e;
        }
    }
}
