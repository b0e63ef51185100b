package dev.callout.store;

import dev.callout.store.audit.Audit;
import dev.callout.store.audit.Unhindered;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Starts, ends, pauses and deletes campaigns: the changes that operators make in table {@code campaigns}. Each method
 * that changes a campaign returns whether the campaign exists.
 */
public final class CampaignRuns {
    private static final String FIND = SqlText.of("run/find");
    private static final String NAMED = SqlText.of("run/named");
    private static final String START = SqlText.of("run/start");
    private static final String STOP = SqlText.of("run/stop");
    private static final String PAUSE = SqlText.of("run/pause");
    private static final String RESUME = SqlText.of("run/resume");
    private static final String CANCEL_TASKS = SqlText.of("api/cancel-tasks");
    private static final String CAP = SqlText.of("run/cap");
    private static final String GAP = SqlText.of("run/gap");
    private static final String DELETE = SqlText.of("run/delete");
    private static final String LOCK = SqlText.of("run/lock-campaigns");
    private static final String ROW =
            "SELECT * FROM (\n" + SqlText.of("due-campaigns") + "\n) AS due WHERE i_campaign = :#campaign";
    private static final String DELETE_LINES = SqlText.of("campaign_lines/delete-campaign");
    private static final String IN_PROGRESS = SqlText.of("campaign_phones/in-progress");

    private final Transactions transactions;
    private final Statements statements;

    /** @param dataSource the database */
    public CampaignRuns(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
        this.statements = new Statements(dataSource);
    }

    /**
     * A condition on a campaign's row, checked while nobody else can change the row. If it throws an exception, the row
     * is not changed either.
     */
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
     * @param ended     null: the run is not over
     */
    public record Run(long campaign, String name, boolean paused, long callsMade, Instant started, Instant ended) {}

    /** {@code i_campaign} of the campaigns with exactly that name, letter by letter. */
    public List<Long> named(String name) throws SQLException {
        return transactions.run(jdbc -> jdbc.queryForList(NAMED, Map.of("name", name), Long.class));
    }

    /** The run of the campaign with that {@code i_campaign}; empty if there is none. */
    public Optional<Run> find(long campaign) throws SQLException {
        return between(campaign, campaign).stream().findFirst();
    }

    /** The runs of all campaigns, by {@code i_campaign}. */
    public List<Run> all() throws SQLException {
        return between(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** The row that {@code due-campaigns.sql} would return for that campaign; empty if there is none. */
    public Optional<Map<String, Object>> row(long campaign, Instant now) throws SQLException {
        return transactions
                .run(jdbc -> jdbc.queryForList(ROW, Map.of("campaign", campaign, "now", EpochSeconds.of(now))))
                .stream()
                .findFirst();
    }

    private List<Run> between(long first, long last) throws SQLException {
        return transactions.run(jdbc -> jdbc.query(
                FIND,
                Map.of("first", first, "last", last),
                (row, n) -> new Run(
                        row.getLong("i_campaign"),
                        row.getString("name"),
                        row.getBoolean("paused"),
                        row.getLong("calls_made"),
                        EpochSeconds.instant(row, "run_started"),
                        EpochSeconds.instant(row, "run_ended"))));
    }

    /** Starts a run: the count of calls is 0, and the campaign is not paused any more. */
    public boolean start(long campaign) throws SQLException {
        return goOn("campaign.start", START, campaign);
    }

    /** Ends the run and pauses the campaign, whether the audit can be written or not. Calls that are up continue. */
    public boolean stop(long campaign) throws SQLException {
        return rest("campaign.stop", STOP, campaign);
    }

    /** Pauses the campaign, whether the audit can be written or not. The run is not over. */
    public boolean pause(long campaign) throws SQLException {
        return rest("campaign.pause", PAUSE, campaign);
    }

    private boolean rest(String action, String statement, long campaign) throws SQLException {
        Map<String, ?> parameters = Map.of("campaign", campaign);
        return Unhindered.commit(
                action + " " + campaign,
                () -> update(action, statement, parameters),
                () -> transactions.run(jdbc -> jdbc.update(statement, parameters) > 0));
    }

    /** Resumes the run. */
    public boolean resume(long campaign) throws SQLException {
        return goOn("campaign.resume", RESUME, campaign);
    }

    /** Runs the statement, and also cancels a pending stop or pause by the timetable. */
    private boolean goOn(String action, String statement, long campaign) throws SQLException {
        Map<String, ?> parameters = Map.of("campaign", campaign);
        return transactions.run(jdbc -> Audit.campaign(jdbc, campaign, action, () -> {
            boolean found = jdbc.update(statement, parameters) > 0;
            jdbc.update(CANCEL_TASKS, parameters);
            return found;
        }));
    }

    /** Sets how many lines may be in use at once. */
    public boolean setMaxConcurrentCalls(long campaign, int lines) throws SQLException {
        return update("campaign.change", CAP, Map.of("campaign", campaign, "value", lines));
    }

    /** Sets how many seconds lie between the starts of two calls. */
    public boolean setTimeBetweenCalls(long campaign, double seconds) throws SQLException {
        return update("campaign.change", GAP, Map.of("campaign", campaign, "value", BigDecimal.valueOf(seconds)));
    }

    /**
     * Deletes the campaign's row if the condition holds and no numbers are in progress. Returns whether it did. Numbers
     * are never deleted.
     */
    public <E extends Exception> boolean delete(long campaign, Condition<E> condition) throws SQLException, E {
        return statements.<Boolean, E>inTransaction(session -> {
            session.jdbc().queryForList(LOCK, Map.of("campaigns", List.of(campaign), "wait", 1), Long.class);
            if (!condition.holds(session)) {
                return false;
            }
            int inProgress = session.jdbc().queryForObject(IN_PROGRESS, Map.of("campaign", campaign), Integer.class);
            if (inProgress > 0) {
                return false;
            }
            Audit.settle(session.jdbc(), campaign);
            session.jdbc().update(DELETE_LINES, Map.of("campaign", campaign));
            boolean deleted = session.jdbc().update(DELETE, Map.of("campaign", campaign)) > 0;
            Audit.campaignChanged(session.jdbc(), campaign, "campaign.delete", true);
            return deleted;
        });
    }

    private boolean update(String action, String statement, Map<String, ?> parameters) throws SQLException {
        long campaign = (Long) parameters.get("campaign");
        return transactions.run(
                jdbc -> Audit.campaign(jdbc, campaign, action, () -> jdbc.update(statement, parameters) > 0));
    }
}
