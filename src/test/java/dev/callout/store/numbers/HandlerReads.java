package dev.callout.store.numbers;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.store.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Counts the rows that the server reads, and the statements; the count is exact, so that a slow machine does not matter. */
public final class HandlerReads {

    private static final String ACCESSES = "Handler_read%";
    private static final String ROWS = "Rows_read";
    private static final String STATEMENTS = "Questions";

    private final DataSource single;
    private final Map<String, Integer> before;
    private final int rowsBefore;
    private final int statementsBefore;

    private HandlerReads(DataSource single) throws SQLException {
        this.single = single;
        this.before = counters(ACCESSES);
        this.rowsBefore = counters(ROWS).get(ROWS);
        this.statementsBefore = counters(STATEMENTS).get(STATEMENTS);
    }

    /** A pool of one connection: its session's counters are those of who uses it. */
    public static HikariDataSource single(TestDatabase database) {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(((HikariDataSource) database.dataSource()).getJdbcUrl());
        source.setMaximumPoolSize(1);
        return source;
    }

    public static HandlerReads from(DataSource single) throws SQLException {
        return new HandlerReads(single);
    }

    /** How many rows of tables were read since: without the looks that found none, and without temporary tables. */
    public int rows() throws SQLException {
        return counters(ROWS).get(ROWS) - rowsBefore;
    }

    /** How many statements were executed since, with those of transactions. */
    int statements() throws SQLException {
        return counters(STATEMENTS).get(STATEMENTS) - statementsBefore - 1;
    }

    /** What was read since, by kind. */
    Map<String, Integer> since() throws SQLException {
        Map<String, Integer> after = counters(ACCESSES);
        after.replaceAll((counter, count) -> count - before.get(counter));
        return after;
    }

    static int sum(Map<String, Integer> reads) {
        return reads.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Map<String, Integer> counters(String names) throws SQLException {
        Map<String, Integer> reads = new TreeMap<>();
        try (Connection connection = single.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE '" + names + "'")) {
            while (row.next()) {
                reads.put(row.getString(1), row.getInt(2));
            }
        }
        return reads;
    }
}
