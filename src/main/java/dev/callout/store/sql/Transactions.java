package dev.callout.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Runs READ COMMITTED transactions, and runs those again that the server rolled back for the sake of another one, or that met a
 * server which takes no writes. They are Spring's: what uses the same data source by way of Spring meanwhile, on the same thread,
 * takes part in them, such as camel-sql.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final int ATTEMPTS = 6;
    /** Each has waited for seconds: further ones are the caller's, who may have others to serve. */
    private static final int ATTEMPTS_WHERE_LOCKED = 2;
    /** The second on another connection, which may lead to another server. */
    private static final int ATTEMPTS_WHERE_READ_ONLY = 2;

    private static final int FIRST_PAUSE_MILLIS = 5;

    /** None takes part in another: that one has its own connection. */
    private static final TransactionDefinition OF_ITS_OWN =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

    private final DataSource dataSource;
    private final ReadCommitted manager;
    private final SqlTemplate jdbc;

    /** @param dataSource the database */
    public Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
        this.manager = new ReadCommitted(dataSource);
        this.jdbc = new SqlTemplate(dataSource);
    }

    /** Sets the isolation of one transaction alone: Spring's own way asks the server first, and sets it back behind. */
    private static final class ReadCommitted extends DataSourceTransactionManager {
        private static final long serialVersionUID = 1L;

        private ReadCommitted(DataSource dataSource) {
            super(dataSource);
            // Else what was not committed would be as the connection is put back.
            setRollbackOnCommitFailure(true);
        }

        @Override
        protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
                throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            }
        }

        /** What made the connection be lost goes to the caller, and the pool does not use it again. */
        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            try {
                super.doRollback(status);
            } catch (TransactionException e) {
                LOG.debug("Connection lost", e);
            }
        }
    }

    /** Commits the work if it returns, else rolls it back. A connection lost on the way is the caller's to judge. */
    public <T, E extends Exception> T run(Work<T, E> work) throws SQLException, E {
        for (int attempt = 1; ; attempt++) {
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
        try {
            TransactionStatus transaction = manager.getTransaction(OF_ITS_OWN);
            T result;
            try {
                result = work.in(jdbc);
            } catch (Throwable e) {
                rollBack(transaction);
                throw e;
            }
            manager.commit(transaction);
            return result;
        } catch (DataAccessException | TransactionException e) {
            throw DatabaseFault.thrownBy(e);
        }
    }

    private void rollBack(TransactionStatus transaction) {
        try {
            // Waits for an answer no longer than this; of a server that gives none the driver lets go of the
            // connection.
            DataSourceUtils.getConnection(dataSource).isValid(1);
            manager.rollback(transaction);
        } catch (SQLException | TransactionException e) {
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

    /** What is done in a transaction, on the thread that it was begun on. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(NamedParameterJdbcTemplate jdbc) throws SQLException, E;
    }
}
