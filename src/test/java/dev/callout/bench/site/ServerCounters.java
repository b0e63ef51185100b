package dev.callout.bench.site;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a MariaDB server has counted since its start. The names are those of SHOW GLOBAL STATUS in small letters.
 *
 * @param values the counters that are whole numbers
 */
public record ServerCounters(Map<String, Long> values) {

    static ServerCounters read(Connection connection) throws SQLException {
        Map<String, Long> values = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS")) {
            while (row.next()) {
                if (row.getString(2).matches("[0-9]{1,18}")) {
                    values.put(row.getString(1).toLowerCase(Locale.ROOT), row.getLong(2));
                }
            }
        }
        return new ServerCounters(values);
    }

    /** Returns by how much the sum of these counters has grown since. */
    public long since(ServerCounters before, String... names) {
        return Stream.of(names)
                .mapToLong(name -> {
                    if (!values.containsKey(name)) {
                        throw new IllegalArgumentException("The server does not count " + name);
                    }
                    return values.get(name) - before.values.get(name);
                })
                .sum();
    }
}
