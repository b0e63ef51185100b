package dev.callout.store.numbers;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Puts off the waiting retries of one table, part by part, after a step forward of the database's clock. If the table
 * refuses a part, smaller parts are tried. So only a row that cannot be changed at all is left as it is. Used by one
 * thread.
 */
final class PutOff {
    private static final Logger LOG = LoggerFactory.getLogger(PutOff.class);

    /** Limits how long locks are held. */
    private static final int PART = 1000;
    /** The factor by which the next part is smaller after a refusal, and larger without one. */
    private static final int FACTOR = 10;

    private static final String LOCK = SqlText.of("clock_steps/lock");
    private static final String ADVANCE = SqlText.of("clock_steps/advance");
    private static final String LONGEST_BACKOFF = SqlText.of("clock_steps/longest-backoff");

    private final String part;
    private final String putOff;
    private int size = PART;
    /** The step for which a left-out row has already been reported. Further ones of this step are logged at DEBUG. */
    private long toldOf;

    PutOff(Function<String, String> statements) {
        this.part = statements.apply("part");
        this.putOff = statements.apply("put-off");
    }

    /** Its statements of the table. */
    List<String> all() {
        return List.of(part, putOff);
    }

    /**
     * Does one part. The changes are committed together with the progress, so each part is done once.
     *
     * @return whether there may be more
     */
    boolean next(Transactions transactions, ClockStep step, Instant now, Instant until) throws SQLException {
        while (true) {
            try {
                boolean more = transactions.run(jdbc -> next(jdbc, step, now, until));
                size = Math.min(PART, size * FACTOR);
                return more;
            } catch (SQLException e) {
                if (DatabaseFault.of(e) != DatabaseFault.REFUSED) {
                    throw e;
                }
                if (size == 1) {
                    return leaveOut(transactions, step, e);
                }
                size /= FACTOR;
            }
        }
    }

    private boolean next(NamedParameterJdbcTemplate jdbc, ClockStep step, Instant now, Instant until) {
        Map<String, Object> parameters = parameters(step);
        List<Long> shiftedTo = jdbc.queryForList(LOCK, parameters, Long.class);
        if (shiftedTo.isEmpty()) {
            return false;
        }
        Long to = partFrom(jdbc, parameters, shiftedTo.get(0));
        if (to != null) {
            parameters.put("by", EpochSeconds.of(step.by()));
            parameters.put("now", EpochSeconds.of(now));
            parameters.put("until", EpochSeconds.of(until));
            parameters.put(
                    "backoff",
                    EpochSeconds.of(Duration.ofSeconds(jdbc.queryForObject(LONGEST_BACKOFF, Map.of(), Long.class))));
            jdbc.update(putOff, parameters);
        }
        jdbc.update(ADVANCE, parameters);
        return to != null;
    }

    private static Map<String, Object> parameters(ClockStep step) {
        return new HashMap<>(Map.of("step", step.number(), "list", step.list()));
    }

    /** The last row of the part that begins after a row; null: there are no more. */
    private Long partFrom(NamedParameterJdbcTemplate jdbc, Map<String, Object> parameters, long after) {
        parameters.put("after", after);
        parameters.put("limit", size);
        Long to = jdbc.queryForObject(part, parameters, Long.class);
        parameters.put("to", to);
        return to;
    }

    /**
     * Continues after a row that was refused alone. If the table refuses the statement whatever the rows, it gives up
     * the table.
     */
    private boolean leaveOut(Transactions transactions, ClockStep step, SQLException refusal) throws SQLException {
        String table = step.list().isEmpty() ? "campaign_phones" : step.list();
        try {
            return transactions.run(jdbc -> {
                Map<String, Object> parameters = parameters(step);
                List<Long> shiftedTo = jdbc.queryForList(LOCK, parameters, Long.class);
                if (shiftedTo.isEmpty()) {
                    return false;
                }
                changeNothing(jdbc, parameters);
                Long row = partFrom(jdbc, parameters, shiftedTo.get(0));
                jdbc.update(ADVANCE, parameters);
                tell(step, table, row, refusal);
                return row != null;
            });
        } catch (SQLException e) {
            if (DatabaseFault.of(e) != DatabaseFault.REFUSED) {
                throw e;
            }
            LOG.error(
                    "Table {}: Callout cannot put off its retries by {} s, so they may come early by that much: {}",
                    table,
                    step.by().toSeconds(),
                    e.getMessage());
            size = PART;
            return transactions.run(jdbc -> {
                Map<String, Object> parameters = parameters(step);
                parameters.put("to", null);
                jdbc.update(ADVANCE, parameters);
                return false;
            });
        }
    }

    /** Runs the statement with a range that contains no row. */
    private void changeNothing(NamedParameterJdbcTemplate jdbc, Map<String, Object> parameters) {
        Map<String, Object> none = new HashMap<>(parameters);
        List.of("after", "to", "by", "now", "until", "backoff").forEach(name -> none.put(name, 0));
        jdbc.update(putOff, none);
    }

    private void tell(ClockStep step, String table, Long row, SQLException refusal) {
        String text =
                "Table {}, row {}: Callout cannot put off its retry by {} s ({}), so it may come early by that much; other"
                        + " retries are put off";
        if (toldOf == step.number()) {
            LOG.debug(text, table, row, step.by().toSeconds(), refusal.getMessage());
        } else {
            toldOf = step.number();
            LOG.error(text, table, row, step.by().toSeconds(), refusal.getMessage());
        }
    }
}
