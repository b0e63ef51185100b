package dev.callout.testbed;

import dev.callout.cli.demo.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A MariaDB server that can be made read-only for user {@code dialler}. Another one can take over its data. */
public final class Primary implements AutoCloseable {

    private final EmbeddedMariaDb server = EmbeddedMariaDb.start(false);
    private final String url;

    public Primary() throws SQLException {
        String anybody = server.createDatabase("callout");
        try (Connection connection = DriverManager.getConnection(anybody);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO mysql.global_priv VALUES ('%', 'administrator',"
                    + " '{\"access\": 18446744073709551615}')");
            statement.execute("FLUSH PRIVILEGES");
        }
        url = anybody.replace("user=root", "user=administrator");
        execute("CREATE USER dialler");
        execute("GRANT ALL ON callout.* TO dialler");
    }

    /** Returns the URL for the administrator, who can write despite {@code read_only}. */
    public String url() {
        return url;
    }

    public int port() {
        return Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    /** Sets whether it refuses writes from now on. */
    public void readOnly(boolean on) throws SQLException {
        execute("SET GLOBAL read_only = " + (on ? 1 : 0));
    }

    /** Replaces this server's tables by those of another one, which accepts no writes in the meantime. */
    public void takeOver(Primary other) throws SQLException {
        try (Connection from = DriverManager.getConnection(other.url);
                Connection to = DriverManager.getConnection(url)) {
            for (String table :
                    column(from, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()")) {
                copy(from, to, table);
            }
        }
    }

    private static void copy(Connection from, Connection to, String table) throws SQLException {
        String columns = String.join(
                ", ",
                column(
                        from,
                        "SELECT CONCAT('`', COLUMN_NAME, '`') FROM information_schema.COLUMNS"
                                + " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '" + table
                                + "' AND GENERATION_EXPRESSION IS NULL"));
        int count = columns.split(", ").length;
        try (Statement read = from.createStatement();
                Statement make = to.createStatement()) {
            make.execute("DROP TABLE IF EXISTS `" + table + "`");
            try (ResultSet created = read.executeQuery("SHOW CREATE TABLE `" + table + "`")) {
                created.next();
                make.execute(created.getString(2));
            }
            try (ResultSet row = read.executeQuery("SELECT " + columns + " FROM `" + table + "`");
                    PreparedStatement insert = to.prepareStatement("INSERT INTO `" + table + "` (" + columns
                            + ") VALUES (" + String.join(", ", Collections.nCopies(count, "?")) + ")")) {
                while (row.next()) {
                    for (int i = 1; i <= count; i++) {
                        insert.setString(i, row.getString(i));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                column.add(row.getString(1));
            }
        }
        return column;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
