package dev.callout.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

import javax.sql.DataSource;

/** The database's clock, which all nodes share, read without asking it each time. */
public final class DatabaseClock implements InstantSource {
    private final DataSource dataSource;

    /** @param dataSource the database */
    public DatabaseClock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Asks the database for its time and keeps the distance to this machine's monotonic clock. */
    public void measure() throws SQLException {
        throw new UnsupportedOperationException(dataSource.toString());
    }

    @Override
    public Instant instant() {
        throw new UnsupportedOperationException();
    }

    /** The database's time now; the same as {@link #instant()}. */
    public Instant now() {
        return instant();
    }

    /** The database's time at an instant of this machine's wall clock, given in milliseconds since 1970. */
    public Instant ofLocalMillis(long epochMillisOfThisMachine) {
        throw new UnsupportedOperationException();
    }
}
