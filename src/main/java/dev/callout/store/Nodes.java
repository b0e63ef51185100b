package dev.callout.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

/** Table {@code nodes}: the lease of each running dialler. */
public final class Nodes {
    private final DataSource dataSource;

    /** @param dataSource the database */
    public Nodes(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Adds this node, its lease running from now. */
    public void register(String name, String incarnation, Duration lease) throws SQLException {
        throw new UnsupportedOperationException(dataSource.toString());
    }

    /**
     * Lets the lease run anew from now.
     *
     * @return false if the lease is lost: the row is gone
     */
    public boolean renew(String incarnation, Duration lease) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Removes this node; what it still has in progress can be taken over at once. */
    public void release(String incarnation) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Incarnations whose lease ran out longer ago than the margin, the oldest first. */
    public List<String> expired(Duration margin) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
