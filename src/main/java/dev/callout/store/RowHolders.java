package dev.callout.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlText;

/** Finds out who holds the row of a campaign: waits for it, and asks on another connection what that one waits for. */
public final class RowHolders {
    private static final SqlText CONNECTION = SqlText.of("connection");
    private static final SqlText LOCK = SqlText.of("run/lock-campaigns");
    private static final SqlText HOLDER = SqlText.of("lock-holder");
    private static final int PROCESS_LACKING = 1227;
    private static final int LOOK_EVERY_MILLIS = 100;

    private final DataSource dataSource;
    private final Executor waiters;

    /** @param waiters runs what waits for a row, a second at most */
    public RowHolders(DataSource dataSource, Executor waiters) {
        this.dataSource = dataSource;
        this.waiters = waiters;
    }

    /**
     * By whom a campaign's row is locked, in words; takes a second at most.
     *
     * @return null if it is not, or no longer
     */
    public String holder(long campaign) throws SQLException {
        try (Connection waiting = dataSource.getConnection()) {
            long id = CONNECTION.query(waiting, Map.of(), row -> row.getLong(1)).get(0);
            waiting.setAutoCommit(false);
            try {
                CompletableFuture<Boolean> free = CompletableFuture.supplyAsync(() -> lock(waiting, campaign), waiters);
                return holder(id, free);
            } finally {
                waiting.rollback();
                waiting.setAutoCommit(true);
            }
        }
    }

    private static boolean lock(Connection connection, long campaign) {
        try {
            LOCK.query(connection, Map.of("campaigns", List.of(campaign), "wait", 1), row -> row.getLong(1));
            return true;
        } catch (SQLException e) {
            if (DatabaseFault.of(e) == DatabaseFault.LOCKED) {
                return false;
            }
            throw new IllegalStateException(e);
        }
    }

    private String holder(long waiting, CompletableFuture<Boolean> free) throws SQLException {
        String holder = "another connection";
        while (true) {
            try {
                return free.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS) ? null : holder;
            } catch (TimeoutException e) {
                holder = look(waiting, holder);
            } catch (ExecutionException e) {
                throw new SQLException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return holder;
            }
        }
    }

    private String look(long waiting, String known) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return HOLDER.query(connection, Map.of("waiting", waiting), row -> "connection " + row.getLong("connection")).stream()
                    .findFirst().orElse(known);
        } catch (SQLException e) {
            if (e.getErrorCode() != PROCESS_LACKING) {
                throw e;
            }
            return "another connection (which one is told after GRANT PROCESS ON *.* to this user)";
        }
    }
}
