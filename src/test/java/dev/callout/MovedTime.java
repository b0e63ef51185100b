package dev.callout;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connections to the test's database at another time: what it answers to the dialler's clock is ahead of the real time. The time
 * of such a connection stands still, so that the clock is behind by as long as it takes to be asked.
 */
final class MovedTime extends DriverManagerDataSource {

    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration step = Duration.ZERO;
    private volatile boolean stepped;

    MovedTime(String url, String user) {
        super(url, user, "");
    }

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Sets the server's clock forward, or back, without time's passing; for the statements of {@link #stepping} as well. */
    void step(Duration by) {
        step = step.plus(by);
        stepped = true;
    }

    /** The server as it is seen by whoever has its time set. */
    DataSource stepping(DataSource server) {
        return new DelegatingDataSource(server) {
            @Override
            public Connection getConnection() throws SQLException {
                return stepped ? at(super.getConnection(), step) : super.getConnection();
            }
        };
    }

    Duration ahead() {
        return ahead;
    }

    /** The monotonic clock, which goes on by as much: time passes, no clock steps. */
    long nanoTime() {
        return System.nanoTime() + ahead.toNanos();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Duration off = ahead.plus(step);
        return off.isZero() ? super.getConnection() : at(super.getConnection(), off);
    }

    private static Connection at(Connection connection, Duration off) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET timestamp = UNIX_TIMESTAMP(SYSDATE(6)) + " + off.toMillis() / 1000.0);
        }
        return connection;
    }
}
