package dev.callout.store.numbers;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Table {@code clock_steps}: the steps of the database's clock that were seen, so that each is handled once. */
public final class ClockSteps {
    private static final String LAST = SqlText.of("clock_steps/last");
    private static final String RECORD = SqlText.of("clock_steps/record");
    private static final String CANCEL = SqlText.of("clock_steps/cancel");
    private static final String OPEN = SqlText.of("clock_steps/open");

    /** Two measurements of the same step differ by less than this. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final Transactions transactions;

    /** @param dataSource the database */
    public ClockSteps(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /** The number of the last step that any node has seen; 0: there was none. */
    public long last() throws SQLException {
        return transactions.run(jdbc -> jdbc.queryForObject(LAST, Map.of(), Long.class));
    }

    /**
     * Records a step, unless another node has.
     *
     * @param number one more than {@link #last()} was before the step
     * @param seen   when it was seen, by the clock before the step
     * @param by     by how much the clock was set forward; negative: back. A step back puts nothing off, and it cancels
     *               what is still to be put off for a step forward that was not larger
     * @param lists  the tables of numbers; "" is {@code campaign_phones}
     * @param node   for operators
     * @return whether this node was the first
     */
    public boolean record(long number, Instant seen, Duration by, Collection<String> lists, String node)
            throws SQLException {
        try {
            return transactions.run(jdbc -> {
                for (String list : lists) {
                    Map<String, Object> row = new HashMap<>(Map.of(
                            "step",
                            number,
                            "list",
                            list,
                            "seen",
                            EpochSeconds.of(seen),
                            "micros",
                            by.toNanos() / 1000,
                            "node",
                            node));
                    row.put("shiftedTo", by.isNegative() ? null : 0);
                    jdbc.update(RECORD, row);
                }
                if (by.isNegative()) {
                    jdbc.update(CANCEL, Map.of("back", TOLERANCE.minus(by).toNanos() / 1000));
                }
                return true;
            });
        } catch (SQLIntegrityConstraintViolationException e) {
            return false;
        }
    }

    /** The steps whose numbers have not all been put off. */
    public List<ClockStep> open() throws SQLException {
        return transactions.run(jdbc -> jdbc.query(
                OPEN,
                Map.of(),
                (row, n) -> new ClockStep(
                        row.getLong("step"),
                        row.getString("list"),
                        EpochSeconds.instant(row, "seen"),
                        Duration.of(row.getLong("micros"), ChronoUnit.MICROS))));
    }
}
