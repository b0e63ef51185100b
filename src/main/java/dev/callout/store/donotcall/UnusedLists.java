package dev.callout.store.donotcall;

import dev.callout.store.DatabaseClock;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Deletes the entries of lists that have been replaced or deleted, or whose import ended without a result, some at a
 * time. Several nodes can do so at once.
 */
public final class UnusedLists {

    private static final String UNUSED = SqlText.of("do_not_call_lists/unused");
    private static final String ABANDON = SqlText.of("do_not_call_lists/abandon");
    private static final String DELETE_SOME = SqlText.of("do_not_call_entries/delete-some");
    private static final String DELETE = SqlText.of("do_not_call_lists/delete");

    private static final Duration TURN = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final DatabaseClock clock;

    /** @param dataSource the database */
    public UnusedLists(DataSource dataSource, DatabaseClock clock) {
        this.transactions = new Transactions(dataSource);
        this.clock = clock;
    }

    /**
     * Deletes entries for a second at most, and a list itself once it has none.
     *
     * @throws SQLException if the database did not answer
     */
    public void delete() throws SQLException {
        Instant began = clock.steady().instant();
        Map<String, BigDecimal> now = Map.of("now", EpochSeconds.of(clock.now()));
        for (long list : transactions.run(jdbc -> jdbc.queryForList(UNUSED, now, Long.class))) {
            boolean more = true;
            while (more && clock.steady().instant().isBefore(began.plus(TURN))) {
                more = deleteSome(list);
            }
        }
    }

    private boolean deleteSome(long list) throws SQLException {
        Map<String, Long> key = Map.of("list", list);
        return transactions.run(jdbc -> {
            jdbc.update(ABANDON, key);
            boolean more = jdbc.update(DELETE_SOME, key) > 0;
            if (!more) {
                jdbc.update(DELETE, key);
            }
            return more;
        });
    }
}
