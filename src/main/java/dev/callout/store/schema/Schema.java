package dev.callout.store.schema;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Callout's tables. It creates what is missing and never drops or empties anything. It changes only what Callout itself
 * computes.
 */
public final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    static final List<String> TABLES = List.of(
            "nodes",
            "options",
            "ivr_prompts",
            "ivr_prompt_pieces",
            "prompt_files",
            "prompt_file_parts",
            "menus",
            "menu_keys",
            "schedules",
            "schedule_records",
            "holiday_calendars",
            "holidays",
            "calling_rules",
            "calling_caps",
            "do_not_call",
            "do_not_call_lists",
            "do_not_call_entries",
            "call_attempts",
            "call_bases",
            "caller_id_pools",
            "caller_ids",
            "gateways",
            "gateway_groups",
            "limit_instants",
            "limit_calls",
            "campaigns",
            "campaign_phones",
            "campaign_lines",
            "campaign_days",
            "telephones",
            "erased_telephones",
            "hang_ups",
            "stop_all",
            "test_numbers",
            "call_reports",
            "outcome_outbox",
            "outcome_sender",
            "clock_steps",
            "timetables",
            "timetable_tasks",
            "api_tokens",
            "audit",
            "audited_campaigns",
            "audited_rows",
            "imports");
    /** The tables that a claim uses. A claim is a transaction, so these cannot be MyISAM. */
    private static final List<String> CLAIMED_FROM = List.of(
            "nodes",
            "do_not_call",
            "do_not_call_lists",
            "do_not_call_entries",
            "call_attempts",
            "campaigns",
            "campaign_phones",
            "campaign_lines",
            "campaign_days",
            "telephones",
            "erased_telephones");

    private static final Pattern ADDED = Pattern.compile("ADD (?:COLUMN|INDEX) IF NOT EXISTS (\\w+)");
    private static final String EXISTING = SqlText.of("existing");
    private static final String ENGINE = SqlText.of("engine");

    private final DataSource dataSource;

    /** @param dataSource the database */
    public Schema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Creates missing tables, and adds missing columns and indexes to existing ones. A table that lacks nothing is not
     * touched, so nobody who uses it has to wait. Can be repeated; several nodes may do it at the same time.
     *
     * @throws SQLException if the server refuses, or if a table that claims need has no transactions; the message names
     *                      the table and the statement that helps
     */
    public void create() throws SQLException {
        SqlTemplate.onOneConnection(dataSource, jdbc -> {
            List<String> unfit = withoutTransactions(jdbc);
            if (!unfit.isEmpty()) {
                throw DatabaseFault.refusal(unfit.get(0));
            }
            for (String table : TABLES) {
                for (String statement : statements(table)) {
                    if (lacks(jdbc, table, statement)) {
                        execute(jdbc, table, statement);
                    }
                }
            }
            DialledColumn.mend(jdbc);
            NameIndex.make(jdbc);
            return unfit;
        });
    }

    /**
     * The statement that repairs {@code do_not_call} if its entries do not keep anybody from being called. Run it, or
     * leave it to the next start. Empty if the entries work.
     */
    public Optional<String> unheededRemedy() throws SQLException {
        boolean wrong = SqlTemplate.onOneConnection(dataSource, DialledColumn::isWrong);
        return wrong ? Optional.of(DialledColumn.remedy()) : Optional.empty();
    }

    /** The tables that {@link #create()} would create or extend. Empty if nothing is missing. */
    public List<String> incomplete() throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            List<String> incomplete = new ArrayList<>();
            for (String table : TABLES) {
                for (String statement : statements(table)) {
                    if (!incomplete.contains(table) && lacks(jdbc, table, statement)) {
                        incomplete.add(table);
                    }
                }
            }
            return incomplete;
        });
    }

    /** For each table that claims need and that has no transactions: a sentence with the statement that helps. */
    public List<String> withoutTransactions() throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, Schema::withoutTransactions);
    }

    /** The statements that create a table and add what it may lack. */
    private static List<String> statements(String table) {
        return Stream.of(SqlText.of("schema/" + table).split(";\\s*(?:\n|$)"))
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** Whether a table lacks something that a statement creates or adds. */
    static boolean lacks(NamedParameterJdbcTemplate jdbc, String table, String statement) {
        Set<String> existing = new HashSet<>(jdbc.queryForList(EXISTING, Map.of("table", table), String.class));
        List<String> added = ADDED.matcher(statement)
                .results()
                .map(MatchResult::group)
                .map(clause -> clause.substring(clause.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT))
                .toList();
        return added.isEmpty() ? existing.isEmpty() : !existing.containsAll(added);
    }

    private static void execute(NamedParameterJdbcTemplate jdbc, String table, String text) throws SQLException {
        LOG.info("Creating or extending table {}; this may take as long as copying it", table);
        try {
            alter(jdbc, text);
        } catch (DataAccessException e) {
            SQLException fault = DatabaseFault.thrownBy(e);
            throw new SQLException(
                    "Cannot create or extend table " + table + ": " + fault.getMessage(),
                    fault.getSQLState(),
                    fault.getErrorCode(),
                    fault);
        }
    }

    /** Executes a statement that may copy a table. A long table is no reason to give up, so it may take long. */
    static void alter(NamedParameterJdbcTemplate jdbc, String text) {
        jdbc.getJdbcTemplate().execute((Connection connection) -> {
            int timeout = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 0);
            try (Statement statement = connection.createStatement()) {
                return statement.execute(text);
            } finally {
                connection.setNetworkTimeout(Runnable::run, timeout);
            }
        });
    }

    private static List<String> withoutTransactions(NamedParameterJdbcTemplate jdbc) {
        List<String> sentences = new ArrayList<>();
        for (String table : CLAIMED_FROM) {
            for (String engine : jdbc.queryForList(ENGINE, Map.of("table", table), String.class)) {
                if (!"InnoDB".equalsIgnoreCase(engine)) {
                    sentences.add("Table " + table + " is stored by " + engine + ", which has no transactions, so two"
                            + " diallers could dial one number at once: run ALTER TABLE " + table + " ENGINE=InnoDB");
                }
            }
        }
        return sentences;
    }
}
