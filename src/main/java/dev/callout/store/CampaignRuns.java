package dev.callout.store;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;

/**
 * Beginning, ending, pausing and deleting campaigns: what operators write into table {@code campaigns}. What changes one
 * returns whether there is one.
 */
public final class CampaignRuns {
    private static final SqlText FIND = SqlText.of("run/find");
    private static final SqlText NAMED = SqlText.of("run/named");
    private static final SqlText START = SqlText.of("run/start");
    private static final SqlText STOP = SqlText.of("run/stop");
    private static final SqlText PAUSE = SqlText.of("run/pause");
    private static final SqlText RESUME = SqlText.of("run/resume");
    private static final SqlText CANCEL_TASKS = SqlText.of("api/cancel-tasks");
    private static final SqlText CAP = SqlText.of("run/cap");
    private static final SqlText GAP = SqlText.of("run/gap");
    private static final SqlText DELETE = SqlText.of("run/delete");
    private static final SqlText LOCK = SqlText.of("run/lock-campaigns");
    private static final SqlText ROW = SqlText.of("due-campaigns",
            all -> "SELECT * FROM (\n" + all + "\n) AS due WHERE i_campaign = :#campaign");
    private static final SqlText IN_PROGRESS = SqlText.of("campaign_phones/in-progress");

    private final Transactions transactions;
    private final Statements statements;

    /** @param dataSource the database */
    public CampaignRuns(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
        this.statements = new Statements(dataSource);
    }

    /** What must hold of a campaign's row while nobody else can change it; its exception leaves the row alone, too. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        boolean holds(Statements.Session session) throws SQLException, E;
    }

    /**
     * A campaign's run.
     *
     * @param campaign  {@code i_campaign}
     * @param name      of the campaign; null if it has none
     * @param paused    whether it is paused
     * @param callsMade originates of the run, on all nodes
     * @param started   null: no run has begun yet
     * @param ended     null: the run goes on
     */
    public record Run(long campaign, String name, boolean paused, long callsMade, Instant started, Instant ended) {
    }

    /** {@code i_campaign} of the campaigns of that name, letter by letter. */
    public List<Long> named(String name) throws SQLException {
        return transactions.run(connection -> NAMED.query(connection, Map.of("name", name), row -> row.getLong("i_campaign")));
    }

    /** The run of the campaign with that {@code i_campaign}; empty if there is none. */
    public Optional<Run> find(long campaign) throws SQLException {
        return between(campaign, campaign).stream().findFirst();
    }

    /** The runs of all campaigns, by {@code i_campaign}. */
    public List<Run> all() throws SQLException {
        return between(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** What {@code due-campaigns.sql} would give of that campaign; empty if there is none. */
    public Optional<Map<String, Object>> row(long campaign, Instant now) throws SQLException {
        return transactions.run(connection -> ROW.query(connection, Map.of("campaign", campaign, "now", EpochSeconds.of(now)),
                Statements::row)).stream().findFirst();
    }

    private List<Run> between(long first, long last) throws SQLException {
        return transactions.run(connection -> FIND.query(connection, Map.of("first", first, "last", last),
                row -> new Run(row.getLong("i_campaign"), row.getString("name"), row.getBoolean("paused"),
                        row.getLong("calls_made"), EpochSeconds.instant(row, "run_started"),
                        EpochSeconds.instant(row, "run_ended"))));
    }

    /** Begins a run: no calls made yet, and no longer paused. */
    public boolean start(long campaign) throws SQLException {
        return goOn(START, campaign);
    }

    /** Ends the run and pauses the campaign; calls that are up go on. */
    public boolean stop(long campaign) throws SQLException {
        return update(STOP, campaign);
    }

    /** Pauses the campaign; the run is not over. */
    public boolean pause(long campaign) throws SQLException {
        return update(PAUSE, campaign);
    }

    /** Goes on with the run. */
    public boolean resume(long campaign) throws SQLException {
        return goOn(RESUME, campaign);
    }

    /** What the timetable was to stop or pause, and could not yet, goes on as well. */
    private boolean goOn(SqlText statement, long campaign) throws SQLException {
        Map<String, ?> parameters = Map.of("campaign", campaign);
        return transactions.run(connection -> {
            boolean found = statement.update(connection, parameters) > 0;
            CANCEL_TASKS.update(connection, parameters);
            return found;
        });
    }

    /** Writes how many lines may be in use at once. */
    public boolean setMaxConcurrentCalls(long campaign, int lines) throws SQLException {
        return update(CAP, Map.of("campaign", campaign, "value", lines));
    }

    /** Writes how many seconds lie between the starts of two calls. */
    public boolean setTimeBetweenCalls(long campaign, double seconds) throws SQLException {
        return update(GAP, Map.of("campaign", campaign, "value", BigDecimal.valueOf(seconds)));
    }

    /**
     * Deletes the campaign's row, if the condition holds and no numbers are in progress; returns whether it did. Numbers are
     * never deleted.
     */
    public <E extends Exception> boolean delete(long campaign, Condition<E> condition) throws SQLException, E {
        return statements.<Boolean, E>inTransaction(session -> {
            LOCK.query(session.connection(), Map.of("campaigns", List.of(campaign), "wait", 1), row -> row.getLong(1));
            if (!condition.holds(session)) {
                return false;
            }
            int inProgress = IN_PROGRESS.query(session.connection(), Map.of("campaign", campaign), row -> row.getInt(1)).get(0);
            return inProgress == 0 && DELETE.update(session.connection(), Map.of("campaign", campaign)) > 0;
        });
    }

    private boolean update(SqlText statement, long campaign) throws SQLException {
        return update(statement, Map.of("campaign", campaign));
    }

    private boolean update(SqlText statement, Map<String, ?> parameters) throws SQLException {
        return transactions.run(connection -> statement.update(connection, parameters) > 0);
    }
}
