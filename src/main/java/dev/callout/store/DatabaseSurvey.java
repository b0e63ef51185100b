package dev.callout.store;

import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Reads what the check of an installation needs to know about its database. Changes nothing in it. */
public final class DatabaseSurvey {
    private static final String SERVER = SqlText.of("check/server");
    private static final String LIVE_NODES = SqlText.of("check/live-nodes");
    private static final String HALTED_ROUTES = SqlText.of("check/halted-routes");
    private static final String OPTIONS = SqlText.of("options");
    private static final String CAMPAIGNS = SqlText.of("due-campaigns");
    private static final String CALLING_RULES = SqlText.of("calling-rules");
    private static final String MISREAD = SqlText.of("check/lists-misread");
    private static final String DROP_OF_ATTEMPTS = SqlText.of("check/attempts-drop");
    private static final String WITH_PLUS = SqlText.of("check/numbers-with-plus");
    private static final String LIST_AGES = SqlText.of("check/do-not-call-list-ages");
    private static final String VARIABLE_NAMES = SqlText.of("check/variable-names");
    private static final String VARIABLE_NAMES_OF_LIST = SqlText.of("destination_list/variable-names");
    private static final String ERASED = SqlText.of("check/erased-callable");

    /**
     * For each right, a statement that needs it, on a table that does not exist. The server checks the rights first, so
     * its error shows whether the right is there, wherever it was granted: on the database, through a role, or
     * globally. None of the statements can change anything.
     */
    private static final Map<String, String> NEEDING = new LinkedHashMap<>();

    private static final Pattern NAME = Pattern.compile("\"([a-z0-9_]+)\"");

    private static final int NO_SUCH_TABLE = 1146;
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);

    static {
        NEEDING.put("SELECT", "SELECT 1 FROM callout_checks_rights");
        NEEDING.put("INSERT", "INSERT INTO callout_checks_rights VALUES (1)");
        NEEDING.put("UPDATE", "UPDATE callout_checks_rights SET one = 1");
        NEEDING.put("DELETE", "DELETE FROM callout_checks_rights");
        NEEDING.put("CREATE", "CREATE TABLE callout_checks_rights_too LIKE callout_checks_rights");
        NEEDING.put("ALTER", "ALTER TABLE callout_checks_rights ADD COLUMN one INT");
        NEEDING.put(
                "CREATE TEMPORARY TABLES",
                "CREATE TEMPORARY TABLE callout_checks_rights_too LIKE callout_checks_rights");
    }

    private final DataSource dataSource;

    /**
     * The server, the user and the database.
     *
     * @param version  as the server reports it, such as {@code 11.4.5-MariaDB}
     * @param user     the user that the server sees, such as {@code callout@localhost}
     * @param database the database's name; null if the connection names none
     */
    public record Server(String version, String user, String database) {}

    /** @param dataSource the database */
    public DatabaseSurvey(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The server, the user and the database. */
    public Server server() throws SQLException {
        return run(jdbc -> jdbc.queryForObject(
                SERVER,
                Map.of(),
                (row, n) -> new Server(row.getString("version"), row.getString("user"), row.getString("name"))));
    }

    /** The rights that Callout uses, as named in SQL. */
    public static List<String> neededRights() {
        return List.copyOf(NEEDING.keySet());
    }

    /** Those of {@link #neededRights()} that the user does not have on the whole database. */
    public List<String> missingRights() throws SQLException {
        List<String> missing = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> right : NEEDING.entrySet()) {
                if (!may(statement, right.getValue())) {
                    missing.add(right.getKey());
                }
            }
        }
        return missing;
    }

    /** Whether the user may drop partitions of {@code call_attempts}. Only a retention of a partitioned table needs that. */
    public boolean mayDropPartitions() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (may(statement, "ALTER TABLE callout_checks_rights DROP PARTITION one")) {
                return true;
            }
        }
        return run(jdbc -> Boolean.TRUE.equals(jdbc.queryForObject(DROP_OF_ATTEMPTS, Map.of(), Boolean.class)));
    }

    private static boolean may(Statement statement, String text) throws SQLException {
        try {
            statement.execute(text);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_TABLE && !DENIED.contains(e.getErrorCode())) {
                throw e;
            }
            return e.getErrorCode() == NO_SUCH_TABLE;
        }
        throw new SQLException("There is a table callout_checks_rights, which must not be there: rename it");
    }

    /** Names of the nodes that are running. */
    public Set<String> liveNodes() throws SQLException {
        return Set.copyOf(run(jdbc -> jdbc.queryForList(LIVE_NODES, Map.of(), String.class)));
    }

    /** A node with routes that are not started, and a text that names them. */
    public record HaltedRoutes(String node, String halted) {}

    /** The nodes that have suspended or stopped routes. */
    public List<HaltedRoutes> haltedRoutes() throws SQLException {
        return run(jdbc -> jdbc.query(
                HALTED_ROUTES, Map.of(), (row, n) -> new HaltedRoutes(row.getString("name"), row.getString("halted"))));
    }

    /** The rows of table {@code options}, by column. */
    public List<Map<String, Object>> options() throws SQLException {
        return run(jdbc -> jdbc.queryForList(OPTIONS, Map.of()));
    }

    /**
     * All campaigns. Their tables must be complete.
     *
     * @param defaults what applies where a campaign sets nothing
     */
    public List<CampaignRow> campaigns(CampaignDefaults defaults) throws SQLException {
        return run(jdbc -> jdbc.queryForList(CAMPAIGNS, Map.of("now", EpochSeconds.of(Instant.now())))).stream()
                .map(row -> new CampaignRow(row, defaults))
                .toList();
    }

    /** The further do-not-call lists that campaigns name. */
    public List<DoNotCallList> namedLists() throws SQLException {
        return run(jdbc -> jdbc.query(LIST_AGES, Map.of(), (row, n) -> {
            Long age = row.getObject("age_sec", Long.class);
            return new DoNotCallList(
                    row.getString("name"),
                    age == null ? null : Duration.ofSeconds(age),
                    row.getObject("max_age_days", Integer.class));
        }));
    }

    /** All calling rules. Their tables must be complete. */
    public RuleBook callingRules() throws SQLException {
        return CallingRuleRows.book(run(jdbc -> jdbc.queryForList(CALLING_RULES, Map.of())));
    }

    /** Whether campaigns have numbers that begin with +, as far as the latest ten thousand show. */
    public boolean hasNumbersWithPlus() throws SQLException {
        return run(jdbc -> jdbc.queryForObject(WITH_PLUS, Map.of(), Boolean.class));
    }

    /**
     * The names of the variables that the next thousand open numbers of a campaign have; empty if it has no open numbers.
     *
     * @param list its {@code destination_list}, a table that has all columns of a list; null: it has none
     */
    public Optional<Set<String>> variableNames(long campaign, String list) throws SQLException {
        String statement =
                list == null ? VARIABLE_NAMES : VARIABLE_NAMES_OF_LIST.replace("destination_list", "`" + list + "`");
        List<String> lists = run(jdbc -> jdbc.queryForList(statement, Map.of("campaign", campaign), String.class));
        return lists.isEmpty()
                ? Optional.empty()
                : Optional.of(lists.stream()
                        .filter(Objects::nonNull)
                        .flatMap(names -> NAME.matcher(names).results())
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet()));
    }

    /**
     * How many numbers of erased persons would be called, because they were hashed by another key.
     *
     * @param keySum of {@code callout.erase-key}; empty if it is not set
     */
    public long callableErased(String keySum) throws SQLException {
        return run(jdbc -> jdbc.queryForObject(ERASED, Map.of("sum", keySum), Long.class));
    }

    /**
     * Lists whose state is computed wrongly, because they were made under another {@code sql_mode}, each with its
     * remedy.
     */
    public Map<String, String> misreadLists() throws SQLException {
        Map<String, String> lists = new LinkedHashMap<>();
        run(jdbc ->
                jdbc.query(MISREAD, Map.of(), (row, n) -> lists.put(row.getString("list"), row.getString("remedy"))));
        return lists;
    }

    private <T> T run(Transactions.Work<T, SQLException> work) throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, work);
    }
}
