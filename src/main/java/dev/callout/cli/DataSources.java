package dev.callout.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.callout.settings.DatabaseSettings;
import dev.callout.store.DatabaseWords;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Creates the pool of database connections of a Callout that runs by itself. In Karaf the container provides it. */
public final class DataSources {

    /** The name by which routes refer to the pool. */
    public static final String NAME = "callout";

    private static final int MOST_CONNECTIONS = 8;
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PATIENT_CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

    private DataSources() {}

    /**
     * Creates a pool without connecting. If the database is away, the first request for a connection fails, after at
     * most two seconds. Transactions are READ COMMITTED, so that claims do not lock the gaps between numbers.
     *
     * @return the pool, to be closed by the caller
     */
    public static HikariDataSource open(DatabaseSettings database) {
        return open(database, CONNECT_TIMEOUT);
    }

    /** The same for a caller that asks a server once, and waits until it has answered. */
    static HikariDataSource openPatiently(DatabaseSettings database) {
        return open(database, PATIENT_CONNECT_TIMEOUT);
    }

    private static HikariDataSource open(DatabaseSettings database, Duration connectTimeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(NAME);
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setValidationTimeout(CONNECT_TIMEOUT.toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setExceptionOverride(new ConnectedElsewhere());
        // Options of the driver; those in the URL take precedence. Statements hold phone numbers, so exceptions must
        // not quote them.
        config.addDataSourceProperty("connectTimeout", Long.toString(connectTimeout.toMillis()));
        config.addDataSourceProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toMillis()));
        config.addDataSourceProperty("allowLocalInfile", "false");
        config.addDataSourceProperty("dumpQueriesOnException", "false");
        // Whoever locks a table must not hold up the campaigns that dial from other tables.
        // The driver tells it also the sessions that it opens by itself, such as while the pool asks whether one still
        // lives.
        config.addDataSourceProperty(
                "sessionVariables", "innodb_lock_wait_timeout=3,lock_wait_timeout=3," + Sessions.VARIABLES);
        config.addDataSourceProperty("connectionAttributes", "program_name:callout");
        DatabaseWords words =
                new DatabaseWords(database.name(), "callout.db.url", "callout.db.user, CALLOUT_DB_PASSWORD");
        return new Pool(config, words);
    }

    /** A connection that the driver has opened itself lacks what the session of the one before was told. */
    private static final class ConnectedElsewhere implements SQLExceptionOverride {

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException fault) {
            return DatabaseFault.CONNECTED_ELSEWHERE.equals(fault.getSQLState())
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    private static final class Pool extends HikariDataSource implements Sessions.Source {

        private final DatabaseWords words;
        private final Sessions sessions = new Sessions(super::getConnection);

        private Pool(HikariConfig config, DatabaseWords words) {
            super(config);
            this.words = words;
        }

        @Override
        public Connection getConnection() throws SQLException {
            try {
                return sessions.getConnection();
            } catch (SQLException e) {
                throw words.noConnection(e);
            }
        }

        @Override
        public Sessions sessions() {
            return sessions;
        }

        @Override
        public boolean isReadCommitted() {
            return true;
        }
    }
}
