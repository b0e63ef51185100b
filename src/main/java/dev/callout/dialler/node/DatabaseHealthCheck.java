package dev.callout.dialler.node;

import dev.callout.store.DatabaseWords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Down while the database does not answer or cannot be written to. The renewal of the lease, once a second, finds that
 * out. Affects readiness only: restarting this node would not help.
 */
public final class DatabaseHealthCheck extends AbstractHealthCheck {

    private static final int SECONDS_TO_ANSWER = 2;

    private final DataSource dataSource;
    private final Outages outages;

    /** @param outages reports an outage at once, before a connection is tried */
    public DatabaseHealthCheck(DataSource dataSource, Outages outages) {
        super("callout", "database");
        this.dataSource = dataSource;
        this.outages = outages;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (outages.databaseAway()) {
            builder.message(outages.reason()).down();
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            if (connection.isValid(SECONDS_TO_ANSWER)) {
                builder.up();
            } else {
                builder.message("The database does not answer within " + SECONDS_TO_ANSWER + " s")
                        .down();
            }
        } catch (SQLException e) {
            builder.message(DatabaseWords.of(e)).down();
        }
    }
}
