package dev.callout.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the sessions behind a pool's connections for Callout's statements, whoever created the pool. Each session
 * gets Callout's {@code sql_mode}, whatever the server's is. Sessions to a server that was found to accept no writes
 * are not used again. Thread-safe.
 */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** MariaDB's own default, so that Callout's statements mean the same on every server. */
    private static final String SQL_MODE = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

    /** What each session is told: assignments, as after {@code SET SESSION}. */
    public static final String VARIABLES = "sql_mode='" + SQL_MODE + "'";

    private static final String BEGIN = "SET SESSION " + VARIABLES;

    /** While a server keeps refusing writes, its connections are not replaced again for each fault within this time. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What counts for pools that have no sessions of ours; nobody asks it. */
    private static final Rollbacks UNASKED = new Rollbacks();

    private final Pool pool;
    private final Rollbacks rollbacks = new Rollbacks();
    /** The driver's connections that have been prepared, and in which generation. */
    private final Map<Connection, Integer> begun = Collections.synchronizedMap(new WeakHashMap<>());

    private int generation;
    private long letGoAt = System.nanoTime() - REST_NANOS;

    /** Supplies connections as they are. */
    @FunctionalInterface
    public interface Pool {
        Connection getConnection() throws SQLException;
    }

    /** A data source whose connections are prepared by sessions. */
    public interface Source {
        Sessions sessions();

        /** Whether the pool has set its connections to READ COMMITTED, so that no transaction need do it. */
        default boolean isReadCommitted() {
            return false;
        }
    }

    public Sessions(Pool pool) {
        this.pool = pool;
    }

    /**
     * A connection that is prepared for Callout's statements.
     *
     * @throws SQLException if the pool has none, or if the server refuses the preparation
     */
    public Connection getConnection() throws SQLException {
        while (true) {
            Connection connection = pool.getConnection();
            boolean stale = false;
            boolean fit = false;
            int current = generation();
            try {
                Connection session = session(connection);
                Integer since = begun.get(session);
                stale = since != null && since != current;
                if (stale) {
                    connection.abort(Runnable::run);
                }
                if (since == null || stale) {
                    begin(connection);
                    begun.put(session, current);
                }
                fit = true;
                return connection;
            } catch (SQLException e) {
                if (!stale) {
                    throw e;
                }
                // As intended: this is how the pool learns that the connection is gone.
                LOG.debug("A connection to a server that took no writes has been thrown away");
            } finally {
                if (!fit) {
                    connection.close();
                }
            }
        }
    }

    /**
     * The driver's connection. If a pool does not give access to it, the pool's own connection, which is prepared each
     * time.
     */
    private static Connection session(Connection connection) {
        try {
            return connection.unwrap(Connection.class);
        } catch (SQLException e) {
            LOG.debug("Not the driver's connection", e);
            return connection;
        }
    }

    private static void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN);
        }
    }

    /**
     * Discards all connections of a data source if the fault is that the server accepts no writes. If the address leads
     * to the new primary, new connections reach it.
     */
    public static void letGoIfReadOnly(DataSource dataSource, Throwable fault) {
        if (DatabaseFault.of(fault) == DatabaseFault.READ_ONLY) {
            of(dataSource).ifPresent(Sessions::letGo);
        }
    }

    /** The counts of the transactions that were rolled back on a data source; of a pool that is not ours, they stay 0. */
    public static Rollbacks rollbacks(DataSource dataSource) {
        return of(dataSource).map(sessions -> sessions.rollbacks).orElse(UNASKED);
    }

    private static Optional<Sessions> of(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(Source.class)
                    ? Optional.of(dataSource.unwrap(Source.class).sessions())
                    : Optional.empty();
        } catch (SQLException e) {
            LOG.debug("Not a data source whose sessions are known", e);
            return Optional.empty();
        }
    }

    private synchronized int generation() {
        return generation;
    }

    private synchronized void letGo() {
        long now = System.nanoTime();
        if (now - letGoAt >= REST_NANOS) {
            letGoAt = now;
            generation++;
        }
    }
}
