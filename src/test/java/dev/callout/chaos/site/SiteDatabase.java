package dev.callout.chaos.site;

import dev.callout.store.sql.DatabaseFault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The database of a {@link Site}, as a test asks and changes it. */
public final class SiteDatabase {

    private final String url;

    SiteDatabase(String url) {
        this.url = url;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public long number(String sql) throws SQLException {
        return Long.parseLong(column(sql).get(0));
    }

    /** Asks again while no server answers. */
    public List<String> column(String sql) throws SQLException {
        long end = System.nanoTime() + Site.SOON.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                return column(connection, sql);
            } catch (SQLException e) {
                if (DatabaseFault.of(e) == DatabaseFault.REFUSED || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }

    /** Makes the database, which lets everybody in until then, check passwords, and cuts all connections. */
    public void requirePassword(String user, String password) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("FLUSH PRIVILEGES");
            statement.execute("CREATE USER " + user + " IDENTIFIED BY '" + password + "'");
            for (String other : column(
                    connection,
                    "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID()"
                            + " AND user <> 'system user'")) {
                statement.execute("KILL " + other);
            }
        }
    }

    /** Waits until a dialler has created the tables. */
    public void awaitTables() {
        Awaitility.await("tables")
                .atMost(Site.SOON)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> number("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
                                + " AND table_name = 'campaign_phones'")
                        > 0);
    }

    /** Creates a campaign whose numbers end in 00, 01 and so on, so that it has callees of all kinds. */
    public long campaign(int numbers) throws SQLException {
        execute("INSERT INTO campaigns (name, profile_gateway, action_on_answer, max_concurrent_calls, max_attempts,"
                + " backoff_sec, timeout_sec) VALUES ('chaos', 'gw', 'echo()', " + Site.CAP + ", " + Site.MOST_ATTEMPTS
                + ", "
                + Site.BACKOFF.toSeconds() + ", 10)");
        long campaign = number("SELECT MAX(i_campaign) FROM campaigns");
        execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign + ", 4930000000 + seq FROM seq_0_to_"
                + (numbers - 1));
        return campaign;
    }

    /** Returns how many calls a node has in progress. */
    public long inProgressOf(String node) throws SQLException {
        return number(
                "SELECT COUNT(*) FROM campaign_phones WHERE call_switch IS NOT NULL AND owner IN (SELECT incarnation"
                        + " FROM nodes WHERE name = '" + node + "')");
    }

    /** Returns whether every number is finished. */
    public boolean allFinished() throws SQLException {
        return number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 0") == 0;
    }
}
