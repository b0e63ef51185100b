package dev.callout.store;

import java.sql.SQLException;

import javax.sql.DataSource;

/** Callout's tables: creates what is missing, never drops or empties anything. */
public final class Schema {
    private final DataSource dataSource;

    /** @param dataSource the database */
    public Schema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Creates missing tables, and adds missing columns and indexes to those that are there. Repeatable; nodes may do it at once. */
    public void create() throws SQLException {
        throw new UnsupportedOperationException(dataSource.toString());
    }
}
