package dev.callout.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.callout.cli.demo.EmbeddedMariaDb;
import dev.callout.store.schema.Schema;
import dev.callout.testbed.ClockChange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** An empty database of a test's own, on a real MariaDB server that all tests of this JVM share. */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final HikariDataSource dataSource;

    private TestDatabase(HikariDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A database without tables. */
    public static TestDatabase empty() {
        return open("");
    }

    /** As {@link #withTables()}, on a server whose local time is this far from UTC, such as {@code +05:30}. */
    public static TestDatabase withTablesAt(String offset) throws SQLException {
        return withTables(open("&sessionVariables=time_zone='" + offset + "'"));
    }

    /** As {@link #withTables()}, on a server whose clocks are set at an instant, from so far ahead of UTC to so far. */
    public static TestDatabase withTablesWhereClocksChange(Instant at, Duration before, Duration after)
            throws SQLException {
        String zone =
                ClockChange.zone(Server.MARIADB.createDatabase("test" + COUNT.incrementAndGet()), at, before, after);
        return withTablesAt(zone);
    }

    /** The same database, where the server's local time is another: the zone's name, or this far from UTC. */
    public TestDatabase at(String zone) {
        return new TestDatabase(pool(dataSource.getJdbcUrl().replaceFirst("&sessionVariables=.*", "")
                + "&sessionVariables=time_zone='" + zone + "'"));
    }

    private static TestDatabase open(String options) {
        return new TestDatabase(pool(Server.MARIADB.createDatabase("test" + COUNT.incrementAndGet()) + options));
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** A database with Callout's tables and one node, {@code me}. */
    public static TestDatabase withTables() throws SQLException {
        return withTables(empty());
    }

    private static TestDatabase withTables(TestDatabase database) throws SQLException {
        new Schema(database.dataSource).create();
        new Nodes(database.dataSource).register("test", "me", Duration.ofHours(1));
        return database;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Runs a statement; returns how many rows it changed. */
    public int run(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Rows as maps, by column label. */
    public List<Map<String, Object>> rows(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (row.next()) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.put(row.getMetaData().getColumnLabel(i), row.getObject(i));
                }
                rows.add(values);
            }
            return rows;
        }
    }

    /** The values of a query's first column, as text. */
    public List<String> column(String sql) throws SQLException {
        return rows(sql).stream()
                .map(row -> String.valueOf(row.values().iterator().next()))
                .toList();
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private static final class Server {
        static final EmbeddedMariaDb MARIADB = EmbeddedMariaDb.start(false);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(MARIADB::close));
        }
    }
}
