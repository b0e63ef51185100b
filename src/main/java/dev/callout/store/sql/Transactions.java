package dev.callout.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs READ COMMITTED transactions, and runs those again that the server rolled back for the sake of another one, or that met a
 * server which takes no writes.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final int ATTEMPTS = 6;
    /** Each has waited for seconds: further ones are the caller's, who may have others to serve. */
    private static final int ATTEMPTS_WHERE_LOCKED = 2;
    /** The second on another connection, which may lead to another server. */
    private static final int ATTEMPTS_WHERE_READ_ONLY = 2;
    private static final int FIRST_PAUSE_MILLIS = 5;

    private final DataSource dataSource;

    public Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Commits the work if it returns, else rolls it back. A connection lost on the way is the caller's to judge. */
    public <T, E extends Exception> T run(Work<T, E> work) throws SQLException, E {
        for (int attempt = 1;; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                Sessions.letGoIfReadOnly(dataSource, e);
                if (attempt >= attempts(DatabaseFault.of(e))) {
                    throw e;
                }
                LOG.debug("Transaction rolled back by the server, trying again", e);
                pause(attempt, e);
            }
        }
    }

    private static int attempts(DatabaseFault fault) {
        return switch (fault) {
            case CONFLICT -> ATTEMPTS;
            case LOCKED -> ATTEMPTS_WHERE_LOCKED;
            case READ_ONLY -> ATTEMPTS_WHERE_READ_ONLY;
            default -> 1;
        };
    }

    /** Commits the work if it returns, else rolls it back; it is not run again. */
    public <T, E extends Exception> T once(Work<T, E> work) throws SQLException, E {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
                }
                T result = work.in(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed && connection.isValid(1)) {
                    connection.rollback();
                }
                restore(connection);
            }
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is lost: what made it so is on its way to the caller, and the pool will not use it again.
            LOG.debug("Connection lost", e);
        }
    }

    /** Waits a random while, holding neither a lock nor a connection. */
    private static void pause(int attempt, SQLException cause) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1, FIRST_PAUSE_MILLIS << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(Connection connection) throws SQLException, E;
    }
}
