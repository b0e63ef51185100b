package dev.callout;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connections to the test's database at another time: what it answers to the dialler's clock is ahead of the real time. The time
 * of such a connection stands still, so that the clock is behind by as long as it takes to be asked.
 */
final class MovedTime extends DriverManagerDataSource {

    private volatile Duration ahead = Duration.ZERO;

    MovedTime(String url, String user) {
        super(url, user, "");
    }

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    Duration ahead() {
        return ahead;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        if (ahead.isZero()) {
            return connection;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET timestamp = UNIX_TIMESTAMP(SYSDATE(6)) + " + ahead.toMillis() / 1000.0);
        }
        return connection;
    }
}
