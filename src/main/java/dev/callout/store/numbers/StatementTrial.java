package dev.callout.store.numbers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.callout.campaign.NumberStatus;
import dev.callout.store.sql.SqlText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the statements by which numbers are dialled. The server parses each, and so looks at names, columns and rights. Whether
 * {@code campaign_phones} takes each status is tried by writing them, rolled back, where that can have no other effect: where
 * InnoDB stores it, and it has no triggers that we know of, or may not see.
 */
public final class StatementTrial {
    private static final Logger LOG = LoggerFactory.getLogger(StatementTrial.class);
    private static final List<SqlText> OF_NODES = Stream.of("fence", "register-node", "renew-node", "release-node", "leases",
            "namesakes", "lock-node", "delete-expired-node", "tell-halted", "nodes-without").map(SqlText::of).toList();
    private static final List<SqlText> OF_CLOCK = Stream.of("last", "record", "cancel", "open", "lock", "advance", "longest-backoff")
            .map(name -> SqlText.of("clock_steps/" + name)).toList();
    private static final List<SqlText> OF_CAMPAIGNS = Stream.of("due-campaigns", "lock-campaign", "write-campaign",
            "run/lock-campaigns", "run/count-calls", "pause-campaign", "do-not-call", "options").map(SqlText::of).toList();
    private static final SqlText ENGINE = SqlText.of("engine");
    private static final SqlText TRIGGERS = SqlText.of("check/triggers");
    private static final SqlText TRY_NUMBER = SqlText.of("check/try-number");
    private static final SqlText TRY_STATUS = SqlText.of("check/try-status");
    private static final String PHONES = "campaign_phones";
    /** There is no such table; the server looks at the right first. */
    private static final String NEEDS_TRIGGER = "CREATE TRIGGER callout_checks_rights BEFORE INSERT ON callout_checks_rights"
            + " FOR EACH ROW SET @callout_checks_rights = 1";
    private static final int NO_SUCH_TABLE = 1146;

    private final DataSource dataSource;

    /** @param dataSource the database, its tables being complete */
    public StatementTrial(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is refused of nodes, steps of the clock and campaigns; empty if nothing. */
    public Optional<SQLException> ofCampaigns() throws SQLException {
        return parse(Stream.of(OF_NODES, OF_CLOCK, OF_CAMPAIGNS).flatMap(List::stream).toList());
    }

    /** What is refused of {@code campaign_phones}; empty if nothing. */
    public Optional<SQLException> ofCampaignPhones() throws SQLException {
        Optional<SQLException> refused = parse(new CampaignPhones(dataSource).statements());
        return refused.isPresent() ? refused : tryStatuses();
    }

    /** What is refused of a list that has been prepared; empty if nothing. */
    public Optional<SQLException> ofList(String list) throws SQLException {
        return parse(new DestinationList(dataSource, list, Duration.ZERO).statements());
    }

    private Optional<SQLException> parse(List<SqlText> statements) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            for (SqlText statement : statements) {
                try {
                    statement.parse(connection);
                } catch (SQLException e) {
                    return Optional.of(e);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<SQLException> tryStatuses() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (!writesOnlyItself(connection)) {
                return Optional.empty();
            }
            connection.setAutoCommit(false);
            try {
                if (insertsNumber(connection)) {
                    for (NumberStatus status : NumberStatus.values()) {
                        TRY_STATUS.update(connection, Map.of("status", status.text()));
                    }
                }
                return Optional.empty();
            } catch (SQLException e) {
                return Optional.of(e);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Whether there is a number to try with: who inserts numbers knows what the table wants of them, we do not. */
    private static boolean insertsNumber(Connection connection) {
        try {
            return TRY_NUMBER.update(connection, Map.of()) > 0;
        } catch (SQLException e) {
            LOG.debug("No number can be inserted to try with", e);
            return false;
        }
    }

    private static boolean writesOnlyItself(Connection connection) throws SQLException {
        return ENGINE.query(connection, Map.of("table", PHONES), row -> "InnoDB".equalsIgnoreCase(row.getString(1))).contains(true)
                && seesTriggers(connection)
                && TRIGGERS.query(connection, Map.of("table", PHONES), row -> row.getInt(1)).contains(0);
    }

    private static boolean seesTriggers(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(NEEDS_TRIGGER);
            return false;
        } catch (SQLException e) {
            return e.getErrorCode() == NO_SUCH_TABLE;
        }
    }
}
