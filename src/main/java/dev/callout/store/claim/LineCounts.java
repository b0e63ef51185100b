package dev.callout.store.claim;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Table {@code campaign_lines}, as far as one table of numbers is concerned: how many lines campaigns use, so that a
 * claim need not count its campaign's calls. A line is a number in progress, whose row has a call uuid.
 *
 * <p>Each transaction that gives rows a call uuid, or takes it away, changes the counts by the number of these rows. So
 * the difference between rows and counts stays what it is, and {@link #correct} can measure it without a lock. Claims
 * do not go by the counts before they have been corrected once here, nor while a node of an earlier version, which does
 * not count, is registered. Thread-safe.
 */
public final class LineCounts {
    private static final String IN_USE = SqlText.of("campaign_lines/in-use");
    private static final String WRITE = SqlText.of("write-campaign");
    private static final String OPEN = SqlText.of("campaign_lines/open");
    private static final String END = SqlText.of("campaign_lines/end");
    private static final String CORRECT = SqlText.of("campaign_lines/correct");
    private static final String OWNERS_WITHOUT_NODE = SqlText.of("campaign_lines/owners-without-node");
    private static final String KEEP_ENDED = SqlText.of("campaign_lines/keep-ended");
    private static final String DELETE_OWNER = SqlText.of("campaign_lines/delete-owner");
    private static final String DELETE_LIST = SqlText.of("campaign_lines/delete-list");
    private static final String LISTS = SqlText.of("campaign_lines/lists");

    private final String list;
    private final String inProgress;
    private final String campaigns;
    private final String missing;
    /** Whether claims may go by the counts. */
    private volatile boolean right;
    /** Whether a node of an earlier version has been seen since the last correction began. */
    private volatile boolean olderSeen;

    /**
     * What a claim finds.
     *
     * @param inProgress the campaign's lines, in all tables of numbers
     * @param hasOwn     whether the owner has a row for this table
     */
    record Found(int inProgress, boolean hasOwn) {}

    private record Missing(long lines, long version, boolean hasOlder) {}

    /**
     * @param list       the list that the numbers are in; empty: {@code campaign_phones}
     * @param statements maps a file name to the layout's statement
     */
    public LineCounts(String list, Function<String, String> statements) {
        this.list = list;
        this.inProgress = statements.apply("in-progress");
        this.campaigns = SqlText.of("campaign_lines/campaigns-of-" + (list.isEmpty() ? "phones" : "list"));
        this.missing = statements.apply("lines-missing");
    }

    /** All statements. */
    public List<String> all() {
        return List.of(
                inProgress,
                campaigns,
                missing,
                IN_USE,
                WRITE,
                OPEN,
                END,
                CORRECT,
                OWNERS_WITHOUT_NODE,
                KEEP_ENDED,
                DELETE_OWNER,
                DELETE_LIST,
                LISTS);
    }

    /** The lists that lines are counted for, existing or not. */
    public static List<String> lists(Transactions transactions) throws SQLException {
        return transactions.run(jdbc -> jdbc.queryForList(LISTS, Map.of(), String.class));
    }

    /** How many numbers of a campaign are in progress on all nodes, by their rows. */
    public int inProgress(NamedParameterJdbcTemplate jdbc, long campaign) {
        return jdbc.queryForObject(inProgress, Map.of("campaign", campaign), Integer.class);
    }

    /**
     * Locks the owner's lease until the transaction ends, and finds how many lines the campaign uses. The transaction
     * must hold the campaign's row.
     */
    Found find(NamedParameterJdbcTemplate jdbc, long campaign, String owner) throws LeaseLostException {
        List<Found> found = jdbc.query(IN_USE, parameters(campaign, owner), (row, n) -> {
            if (row.getBoolean("has_older")) {
                olderSeen = true;
                right = false;
            }
            int inTable = right ? row.getInt("in_use_of_table") : inProgress(jdbc, campaign);
            int elsewhere = row.getInt("in_use") - row.getInt("in_use_of_table");
            return new Found(Math.max(0, inTable) + Math.max(0, elsewhere), row.getBoolean("has_own"));
        });
        if (found.isEmpty()) {
            throw new LeaseLostException(owner);
        }
        return found.get(0);
    }

    /** Writes to the campaign's row what a claim has reserved, and counts the lines that it has taken. */
    void claimed(NamedParameterJdbcTemplate jdbc, ClaimOrder order, boolean hasOwn, Instant nextDial, int numbers) {
        Map<String, Object> parameters = parameters(order.campaign(), order.owner());
        parameters.put("nextDial", EpochSeconds.of(nextDial));
        parameters.put("numbers", numbers);
        if (!hasOwn || jdbc.update(WRITE, parameters) == 0) {
            jdbc.update(OPEN, parameters);
            jdbc.update(WRITE, parameters);
        }
    }

    /**
     * Counts lines that an owner no longer uses, as the last statement of the transaction.
     *
     * @param numbers how many, by campaign; 0 prepares the count for calls that the owner has taken over
     */
    public void ended(NamedParameterJdbcTemplate jdbc, String owner, Map<Long, Long> numbers) {
        new TreeMap<>(numbers).forEach((campaign, ended) -> {
            Map<String, Object> parameters = parameters(campaign, owner);
            parameters.put("numbers", ended);
            jdbc.update(END, parameters);
        });
    }

    /**
     * Corrects the counts by what people, or nodes that do not count, have changed in the rows. Takes no lock that a
     * claim waits for longer than for a single write.
     *
     * @return how many lines were missing in the count of a campaign, negative if too many were counted, by campaign
     */
    public Map<Long, Long> correct(Transactions transactions) throws SQLException {
        olderSeen = false;
        Map<Long, Long> corrected = new LinkedHashMap<>();
        for (Long campaign : transactions.run(jdbc -> jdbc.queryForList(campaigns, Map.of("list", list), Long.class))) {
            Missing found = transactions.run(jdbc -> jdbc.queryForObject(
                    missing,
                    parameters(campaign, ""),
                    (row, n) ->
                            new Missing(row.getLong("missing"), row.getLong("version"), row.getBoolean("has_older"))));
            olderSeen |= found.hasOlder();
            if (found.lines() != 0) {
                Map<String, Object> parameters = parameters(campaign, "");
                parameters.put("missing", found.lines());
                parameters.put("version", found.version());
                transactions.run(jdbc -> jdbc.update(CORRECT, parameters));
                corrected.put(campaign, found.lines());
            }
        }
        right = !olderSeen;
        for (String lost :
                transactions.run(jdbc -> jdbc.queryForList(OWNERS_WITHOUT_NODE, Map.of("list", list), String.class))) {
            Map<String, String> parameters = Map.of("list", list, "lost", lost);
            transactions.run(jdbc -> jdbc.update(KEEP_ENDED, parameters) + jdbc.update(DELETE_OWNER, parameters));
        }
        return corrected;
    }

    /** Forgets the counts of a list that does not exist. */
    public void forget(Transactions transactions) throws SQLException {
        transactions.run(jdbc -> jdbc.update(DELETE_LIST, Map.of("list", list)));
    }

    private Map<String, Object> parameters(long campaign, String owner) {
        return new LinkedHashMap<>(Map.of("campaign", campaign, "list", list, "owner", owner));
    }
}
