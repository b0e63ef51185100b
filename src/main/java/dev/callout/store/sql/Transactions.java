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
 * Runs READ COMMITTED transactions. It retries transactions that the server rolled back in favour of another one, and
 * those that met a server which accepts no writes. They are Spring's transactions. So code that uses the same data
 * source through Spring in the meantime, on the same thread, takes part in them; camel-sql is an example.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final int ATTEMPTS = 6;
    /** Each attempt has waited for seconds. Further ones are left to the caller, who may have other work to do. */
    private static final int ATTEMPTS_WHERE_LOCKED = 2;
    /** The second attempt uses another connection, which may lead to another server. */
    private static final int ATTEMPTS_WHERE_READ_ONLY = 2;

    private static final int FIRST_PAUSE_MILLIS = 5;

    /** A transaction never takes part in another one, which has its own connection. */
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

    /**
     * Sets the isolation for a single transaction, unless the pool has set it. Spring's own way asks the server first, and sets
     * it back afterwards.
     */
    private static final class ReadCommitted extends DataSourceTransactionManager {
        private static final long serialVersionUID = 1L;

        private final boolean isSet;

        private ReadCommitted(DataSource dataSource) {
            super(dataSource);
            this.isSet = dataSource instanceof Sessions.Source source && source.isReadCommitted();
            // Otherwise, whatever was not committed would still be there when the connection is returned.
            setRollbackOnCommitFailure(true);
        }

        @Override
        protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
                throws SQLException {
            if (isSet) {
                return;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            }
        }

        /** The fault that lost the connection goes to the caller, and the pool does not use the connection again. */
        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            try {
                super.doRollback(status);
            } catch (TransactionException e) {
                LOG.debug("Connection lost", e);
            }
        }
    }

    /**
     * Commits the work if it returns, else rolls it back. If a connection is lost on the way, the caller has to decide.
     */
    public <T, E extends Exception> T run(Work<T, E> work) throws SQLException, E {
        return run(Rollbacks.Kind.OTHER, work);
    }

    /**
     * The same for work of a kind that is counted on its own when it is rolled back.
     *
     * @param kind by which {@link Sessions#rollbacks} counts
     */
    public <T, E extends Exception> T run(Rollbacks.Kind kind, Work<T, E> work) throws SQLException, E {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                Sessions.letGoIfReadOnly(dataSource, e);
                Sessions.rollbacks(dataSource).rolledBack(kind, DatabaseFault.of(e));
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

    /** Commits the work if it returns, else rolls it back. The work is not run again. */
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
            // Limits the wait for an answer to this time. If the server gives none, the driver drops the connection.
            DataSourceUtils.getConnection(dataSource).isValid(1);
            manager.rollback(transaction);
        } catch (SQLException | TransactionException e) {
            LOG.debug("Connection lost", e);
        }
    }

    /** Waits a random while, without holding a lock or a connection. */
    private static void pause(int attempt, SQLException cause) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1, FIRST_PAUSE_MILLIS << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }

    /** The work of a transaction, on the thread that began it. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(NamedParameterJdbcTemplate jdbc) throws SQLException, E;
    }
}
