package dev.callout.store;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Finds out who holds the row of a campaign. It waits for the row on one connection and asks on another what the first
 * one waits for.
 */
public final class RowHolders {
    private static final String CONNECTION = SqlText.of("connection");
    private static final String LOCK = SqlText.of("run/lock-campaigns");
    private static final String HOLDER = SqlText.of("lock-holder");
    private static final int PROCESS_LACKING = 1227;
    private static final int LOOK_EVERY_MILLIS = 100;

    private final DataSource dataSource;
    private final SqlTemplate looking;
    private final Executor waiters;

    /** @param waiters runs the waits for a row, each a second at most */
    public RowHolders(DataSource dataSource, Executor waiters) {
        this.dataSource = dataSource;
        this.looking = new SqlTemplate(dataSource);
        this.waiters = waiters;
    }

    /**
     * Describes who has locked a campaign's row. Takes a second at most.
     *
     * @return null if the row is not locked, or no longer
     */
    public String holder(long campaign) throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            long waiting = jdbc.queryForObject(CONNECTION, Map.of(), Long.class);
            return holder(waiting, CompletableFuture.supplyAsync(() -> isFree(jdbc, campaign), waiters));
        });
    }

    /** Locks the row only for the time of this call, because each statement is committed by itself. */
    private static boolean isFree(NamedParameterJdbcTemplate jdbc, long campaign) {
        try {
            jdbc.queryForList(LOCK, Map.of("campaigns", List.of(campaign), "wait", 1), Long.class);
            return true;
        } catch (DataAccessException e) {
            if (DatabaseFault.of(e) == DatabaseFault.LOCKED) {
                return false;
            }
            throw e;
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

    private String look(long waiting, String known) {
        try {
            return looking.queryForList(HOLDER, Map.of("waiting", waiting), Long.class).stream()
                    .findFirst()
                    .map(connection -> "connection " + connection)
                    .orElse(known);
        } catch (DataAccessException e) {
            if (DatabaseFault.thrownBy(e).getErrorCode() != PROCESS_LACKING) {
                throw e;
            }
            return "another connection (to see which one, GRANT PROCESS ON *.* to this user)";
        }
    }
}
