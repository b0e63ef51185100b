package dev.callout.store.numbers;

import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Tries the statements by which numbers are dialled. The server parses each one, and thereby checks names, columns and
 * rights. For {@code campaign_phones}, it also writes each status and rolls back, to see whether the table accepts it.
 * It does so only where this can have no other effect: where InnoDB stores the table, the user is allowed to see its
 * triggers, and it has none.
 */
public final class StatementTrial {
    private static final Logger LOG = LoggerFactory.getLogger(StatementTrial.class);
    private static final List<String> OF_NODES = Stream.of(
                    "fence",
                    "register-node",
                    "renew-node",
                    "release-node",
                    "leases",
                    "namesakes",
                    "lock-node",
                    "delete-expired-node",
                    "tell-halted",
                    "nodes-without")
            .map(SqlText::of)
            .toList();
    private static final List<String> OF_CLOCK = Stream.of(
                    "last", "record", "cancel", "open", "lock", "advance", "longest-backoff")
            .map(name -> SqlText.of("clock_steps/" + name))
            .toList();
    private static final List<String> OF_CAMPAIGNS = Stream.of(
                    "calling-rules",
                    "due-campaigns",
                    "lock-campaign",
                    "write-campaign",
                    "run/lock-campaigns",
                    "run/count-calls",
                    "pause-campaign",
                    "campaign_days/spent",
                    "campaign_days/remake",
                    "campaign_days/add",
                    "campaign_days/mark",
                    "campaign_days/delete-old",
                    "do-not-call",
                    "erased-telephones",
                    "options")
            .map(SqlText::of)
            .toList();
    private static final String ENGINE = SqlText.of("engine");
    private static final String TRIGGERS = SqlText.of("check/triggers");
    private static final String TRY_NUMBER = SqlText.of("check/try-number");
    private static final String TRY_STATUS = SqlText.of("check/try-status");
    private static final String PHONES = "campaign_phones";
    /** The table does not exist; the server checks the right first. */
    private static final String NEEDS_TRIGGER =
            "CREATE TRIGGER callout_checks_rights BEFORE INSERT ON callout_checks_rights"
                    + " FOR EACH ROW SET @callout_checks_rights = 1";

    private static final int NO_SUCH_TABLE = 1146;
    private static final Pattern PARAMETER = Pattern.compile(":#(?:in:)?\\w+");
    /** The part of a statement that the server does not accept when it only parses it. */
    private static final Pattern OPTIONS = Pattern.compile("SET STATEMENT .*? FOR\\b", Pattern.DOTALL);

    private final DataSource dataSource;

    /** @param dataSource the database; its tables must be complete */
    public StatementTrial(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is refused among the statements for nodes, clock steps and campaigns; empty if nothing. */
    public Optional<SQLException> ofCampaigns() throws SQLException {
        return parse(Stream.of(OF_NODES, OF_CLOCK, OF_CAMPAIGNS)
                .flatMap(List::stream)
                .toList());
    }

    /** What is refused among the statements for {@code campaign_phones}; empty if nothing. */
    public Optional<SQLException> ofCampaignPhones() throws SQLException {
        Optional<SQLException> refused = parse(new CampaignPhones(dataSource).statements());
        return refused.isPresent() ? refused : tryStatuses();
    }

    /** What is refused among the statements for a list that has been prepared; empty if nothing. */
    public Optional<SQLException> ofList(String list) throws SQLException {
        return parse(new DestinationList(dataSource, list, Duration.ZERO).statements());
    }

    private Optional<SQLException> parse(List<String> statements) throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            try {
                statements.forEach(statement -> parse(jdbc, statement));
                return Optional.empty();
            } catch (DataAccessException e) {
                return Optional.of(DatabaseFault.thrownBy(e));
            }
        });
    }

    /** Makes the server check names, columns and rights. Nothing is executed. */
    private static void parse(NamedParameterJdbcTemplate jdbc, String statement) {
        String parsed =
                OPTIONS.matcher(PARAMETER.matcher(statement).replaceAll("?")).replaceFirst("");
        jdbc.update("SET @callout_parsed = :#statement", Map.of("statement", parsed));
        jdbc.getJdbcTemplate().execute("PREPARE callout_parsed FROM @callout_parsed");
        jdbc.getJdbcTemplate().execute("DEALLOCATE PREPARE callout_parsed");
    }

    private Optional<SQLException> tryStatuses() throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            if (!writesOnlyItself(jdbc)) {
                return Optional.empty();
            }
            jdbc.getJdbcTemplate().execute("START TRANSACTION");
            try {
                if (insertsNumber(jdbc)) {
                    for (NumberStatus status : NumberStatus.values()) {
                        jdbc.update(TRY_STATUS, Map.of("status", status.text()));
                    }
                }
                return Optional.empty();
            } catch (DataAccessException e) {
                return Optional.of(DatabaseFault.thrownBy(e));
            } finally {
                jdbc.getJdbcTemplate().execute("ROLLBACK");
            }
        });
    }

    /**
     * Whether there is a number to try with. Only those who insert numbers know which values the table requires; this
     * program does not.
     */
    private static boolean insertsNumber(NamedParameterJdbcTemplate jdbc) {
        try {
            return jdbc.update(TRY_NUMBER, Map.of()) > 0;
        } catch (DataAccessException e) {
            LOG.debug("No number can be inserted to try with", e);
            return false;
        }
    }

    private static boolean writesOnlyItself(NamedParameterJdbcTemplate jdbc) {
        return jdbc.queryForList(ENGINE, Map.of("table", PHONES), String.class).stream()
                        .anyMatch("InnoDB"::equalsIgnoreCase)
                && seesTriggers(jdbc)
                && jdbc.queryForObject(TRIGGERS, Map.of("table", PHONES), Integer.class) == 0;
    }

    private static boolean seesTriggers(NamedParameterJdbcTemplate jdbc) {
        try {
            jdbc.getJdbcTemplate().execute(NEEDS_TRIGGER);
            return false;
        } catch (DataAccessException e) {
            return DatabaseFault.thrownBy(e).getErrorCode() == NO_SUCH_TABLE;
        }
    }
}
