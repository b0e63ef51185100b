package dev.callout.karaf;

import dev.callout.store.DatabaseWords;
import dev.callout.store.sql.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The database that pax-jdbc made from a file in {@code etc/}. If there is no connection, the error names that file.
 */
final class ContainerDatabase extends DelegatingDataSource implements Sessions.Source {

    private static final String FILE = "etc/org.ops4j.datasource-callout.cfg";

    private static final DatabaseWords WORDS =
            new DatabaseWords("the database of " + FILE, "url in it", "user, .password in it");

    private final Sessions sessions = new Sessions(super::getConnection);

    ContainerDatabase(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return sessions.getConnection();
        } catch (SQLException e) {
            throw WORDS.noConnection(e);
        }
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }
}
