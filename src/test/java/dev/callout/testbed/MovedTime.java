package dev.callout.testbed;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connections to the test's database at another time: the time that it returns to the dialler's clock is ahead of the
 * real time. The time of such a connection stands still, so the clock is behind by as long as the query takes.
 */
final class MovedTime extends DriverManagerDataSource {

    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration step = Duration.ZERO;
    private volatile boolean stepped;
    private final ReadWriteLock comparing = new ReentrantReadWriteLock();

    MovedTime(String url, String user) {
        super(url, user, "");
    }

    /** Lets time pass, but not while somebody compares two clocks. */
    void advance(Duration by) {
        comparing.writeLock().lock();
        try {
            ahead = ahead.plus(by);
        } finally {
            comparing.writeLock().unlock();
        }
    }

    /** Sets the server's clock forward or back, without time passing. Also for the statements of {@link #stepping}. */
    void step(Duration by) {
        step = step.plus(by);
        stepped = true;
    }

    /** Returns the server as a client sees it whose time has been set. */
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

    /** The monotonic clock, which moves by the same time: time passes, no clock steps. */
    long nanoTime() {
        return System.nanoTime() + ahead.toNanos();
    }

    @Override
    public Connection getConnection() throws SQLException {
        comparing.readLock().lock();
        try {
            Duration off = ahead.plus(step);
            Connection connection = off.isZero() ? super.getConnection() : at(super.getConnection(), off);
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> answer(connection, method, arguments));
        } catch (SQLException | RuntimeException e) {
            comparing.readLock().unlock();
            throw e;
        }
    }

    private Object answer(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            if (method.getName().equals("close")) {
                comparing.readLock().unlock();
            }
        }
    }

    private static Connection at(Connection connection, Duration off) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET timestamp = UNIX_TIMESTAMP(SYSDATE(6)) + " + off.toMillis() / 1000.0);
        }
        return connection;
    }
}
