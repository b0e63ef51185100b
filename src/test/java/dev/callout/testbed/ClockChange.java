package dev.callout.testbed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A time zone that a test creates. Its clocks are set forward or back at an instant that the test chooses. After that a
 * server knows it by its name. It becomes local time with {@code time_zone}.
 */
public final class ClockChange {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private ClockChange() {}

    /**
     * Adds the zone to a server.
     *
     * @param url    JDBC URL of the server for its root
     * @param at     when the clocks change
     * @param before how far the clocks are ahead of UTC until then
     * @param after  how far they are ahead from then on
     * @return the zone's name
     */
    public static String zone(String url, Instant at, Duration before, Duration after) throws SQLException {
        String name = "Test/Change" + NUMBER.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO mysql.time_zone (Use_leap_seconds) VALUES ('N')", Statement.RETURN_GENERATED_KEYS);
            long id;
            try (ResultSet key = statement.getGeneratedKeys()) {
                key.next();
                id = key.getLong(1);
            }
            insert(connection, "INSERT INTO mysql.time_zone_name (Name, Time_zone_id) VALUES (?, ?)", name, id);
            for (int type = 0; type < 2; type++) {
                insert(
                        connection,
                        "INSERT INTO mysql.time_zone_transition_type (Time_zone_id, Transition_type_id, `Offset`,"
                                + " Is_DST, Abbreviation) VALUES (?, ?, ?, 0, 'TST')",
                        id,
                        type,
                        (type == 0 ? before : after).toSeconds());
                insert(
                        connection,
                        "INSERT INTO mysql.time_zone_transition (Time_zone_id, Transition_time, Transition_type_id)"
                                + " VALUES (?, ?, ?)",
                        id,
                        type == 0 ? 0 : at.getEpochSecond(),
                        type);
            }
        }
        return name;
    }

    private static void insert(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
