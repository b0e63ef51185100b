package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.settings.DatabaseSettings;
import dev.callout.store.TestDatabase;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.Transactions;
import dev.callout.testbed.Relay;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

class DataSourcesIT {
    private static final String VALUE = "SELECT value FROM options";

    @Test
    void aServerThatSaysNothingIsToldWithUrlAndUserAndWithoutPassword() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:mariadb://127.0.0.1:" + silent.getLocalPort() + "/callout";
            DatabaseSettings settings =
                    new DatabaseSettings(url + "?tcpKeepAlive=true", "dialler", "s3cret", false, Optional.empty());
            try (HikariDataSource dataSource = DataSources.open(settings)) {
                assertThatThrownBy(dataSource::getConnection)
                        .hasMessageStartingWith(url + " as dialler gives no connection (callout.db.url): ")
                        .hasMessageNotContaining("s3cret");
            }
        }
    }

    /** Each claim, sent mark and status is a transaction, and each statement more in it costs the server time. */
    @Test
    void transactionsReadWhatIsCommittedWithoutSettingItEachTime() throws Exception {
        try (TestDatabase database = TestDatabase.withTables();
                HikariDataSource dataSource = DataSources.open(settings(database))) {
            Transactions transactions = new Transactions(dataSource);
            long before = transactions.run(DataSourcesIT::settingsMade);
            long settings = transactions.run(DataSourcesIT::settingsMade) - before;

            assertThat(settings)
                    .as("the end of one transaction, the start of the next")
                    .isEqualTo(2);
            database.run("INSERT INTO options (section, `option`, value) VALUES ('a', 'b', 'old')");
            String seen = transactions.run(jdbc -> {
                String first = jdbc.queryForObject(VALUE, Map.of(), String.class);
                database.run("UPDATE options SET value = 'new'");
                return first + ", " + jdbc.queryForObject(VALUE, Map.of(), String.class);
            });
            assertThat(seen).isEqualTo("old, new");
        }
    }

    /** The driver connects to the next server by itself, and says so instead of what became of the commit. */
    @Test
    void aCommitDuringWhichTheServerGoesIsUnknownAndTheDriversNewConnectionIsNotUsed() throws Exception {
        try (TestDatabase database = TestDatabase.withTables()) {
            int port = Integer.parseInt(settings(database).url().replaceFirst(".*:(\\d+)/.*", "$1"));
            try (Relay first = new Relay(port);
                    Relay second = new Relay(port);
                    HikariDataSource dataSource = sequential(database, first, second)) {
                Connection session;
                try (Connection connection = dataSource.getConnection();
                        Statement statement = connection.createStatement()) {
                    session = connection.unwrap(Connection.class);
                    connection.setAutoCommit(false);
                    statement.execute("INSERT INTO options (section, `option`, value) VALUES ('a', 'b', 'c')");
                    first.cut();
                    assertThatThrownBy(connection::commit).satisfies(fault -> assertThat(DatabaseFault.of(fault))
                            .isEqualTo(DatabaseFault.CUT));
                }
                try (Connection connection = dataSource.getConnection()) {
                    assertThat(connection.unwrap(Connection.class)).isNotSameAs(session);
                }
            }
        }
    }

    /** The pool asks a connection that was idle whether it lives, and the driver then connects to the next server by itself. */
    @Test
    void aSessionThatTheDriverOpensUnseenIsToldTheSame() throws Exception {
        try (TestDatabase database = TestDatabase.withTables()) {
            int port = Integer.parseInt(settings(database).url().replaceFirst(".*:(\\d+)/.*", "$1"));
            try (Relay first = new Relay(port);
                    Relay second = new Relay(port);
                    HikariDataSource dataSource = sequential(database, first, second)) {
                String told;
                try (Connection connection = dataSource.getConnection()) {
                    told = mode(connection);
                    first.cut();
                    assertThat(connection.unwrap(Connection.class).isValid(5)).isTrue();
                }
                try (Connection connection = dataSource.getConnection()) {
                    assertThat(mode(connection)).isEqualTo(told);
                }
            }
        }
    }

    /** The database behind two addresses, of which the driver uses the first as long as it can. */
    private static HikariDataSource sequential(TestDatabase database, Relay first, Relay second) {
        String addresses = "127.0.0.1:" + first.port() + ",127.0.0.1:" + second.port();
        return DataSources.open(new DatabaseSettings(
                settings(database).url().replaceFirst("jdbc:mariadb://[^/]+", "jdbc:mariadb:sequential://" + addresses),
                "root",
                "",
                false,
                Optional.empty()));
    }

    private static String mode(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@sql_mode, @@tx_isolation")) {
            row.next();
            return row.getString(1) + " " + row.getString(2);
        }
    }

    private static DatabaseSettings settings(TestDatabase database) {
        String url = ((HikariDataSource) database.dataSource()).getJdbcUrl();
        return new DatabaseSettings(url, "root", "", false, Optional.empty());
    }

    private static long settingsMade(NamedParameterJdbcTemplate jdbc) {
        return jdbc.queryForObject(
                "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'COM_SET_OPTION'",
                Map.of(),
                Long.class);
    }
}
