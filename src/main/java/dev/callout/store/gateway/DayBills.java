package dev.callout.store.gateway;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Table {@code campaign_days}: what campaigns with a limit have spent on a day.
 *
 * <p>An attempt is counted by its owner where its end is written: {@code call_attempts.bill_day} is set in the same
 * transaction, so none is counted twice. Attempts without it ended before the nodes knew of the limit. They are counted
 * when a node first asks for the day, and again for a minute, until all nodes know of it. When a node learns of a limit, it
 * has them counted anew, because the limit may have been cleared in between.
 */
public final class DayBills {

    private static final String SPENT = SqlText.of("campaign_days/spent");
    private static final String REMAKE = SqlText.of("campaign_days/remake");
    private static final String DELETE_OLD = SqlText.of("campaign_days/delete-old");
    private static final String ADD = SqlText.of("campaign_days/add");
    private static final String MARK = SqlText.of("campaign_days/mark");

    /** How long a node may take to learn of a limit. */
    public static final Duration SETTLED = Duration.ofMinutes(1);

    private final Transactions transactions;

    /**
     * What a campaign has spent on a day.
     *
     * @param cost      in the currency of {@code gateways.cost_per_minute}
     * @param billedSec billed seconds
     */
    public record Spent(LocalDate day, BigDecimal cost, long billedSec) {}

    private record Found(Spent spent, Integer age) {}

    /** @param dataSource the database */
    public DayBills(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * Returns what a campaign has spent.
     *
     * @throws SQLException if the database did not answer, or somebody holds the table
     */
    public Spent spent(long campaign, LocalDate day) throws SQLException {
        return transactions.run(jdbc -> find(jdbc, campaign, day)).spent();
    }

    /**
     * Does the same, and counts before what ended on that day before the limit was set.
     *
     * @param zone the campaign's time zone
     * @param anew whether that is counted again although it has been counted: a limit may have been cleared and set again
     * @throws SQLException as for {@link #spent}
     */
    public Spent spentInAll(long campaign, LocalDate day, ZoneId zone, boolean anew) throws SQLException {
        Found found = transactions.run(jdbc -> find(jdbc, campaign, day));
        if (!anew && found.age() != null && found.age() >= SETTLED.toSeconds()) {
            return found.spent();
        }
        transactions.run(jdbc -> {
            jdbc.update(
                    REMAKE,
                    Map.of(
                            "campaign",
                            campaign,
                            "day",
                            day.toString(),
                            "from",
                            EpochSeconds.of(day.atStartOfDay(zone).toInstant()),
                            "until",
                            EpochSeconds.of(day.plusDays(1).atStartOfDay(zone).toInstant())));
            return found.age() == null ? jdbc.update(DELETE_OLD, Map.of("day", day.toString())) : 0;
        });
        return spent(campaign, day);
    }

    private static Found find(NamedParameterJdbcTemplate jdbc, long campaign, LocalDate day) {
        return jdbc.queryForObject(
                SPENT,
                Map.of("campaign", campaign, "day", day.toString()),
                (row, n) -> new Found(
                        new Spent(day, row.getBigDecimal("cost"), row.getLong("billed_sec")),
                        row.getObject("age_sec", Integer.class)));
    }

    /** Returns whether a batch of ends, in JSON, contains bills of campaigns with a limit. */
    public static boolean someIn(String batch) {
        return batch.contains("\"bill_day\":\"");
    }

    /** Counts the bills of a batch of ends, after its attempts have been inserted in this transaction. */
    public static void count(NamedParameterJdbcTemplate jdbc, Map<String, Object> batch) {
        jdbc.update(ADD, batch);
        jdbc.update(MARK, batch);
    }
}
