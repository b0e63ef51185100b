package dev.callout.store.numbers;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;

/** Puts off what waits in one table, after a step forward of the database's clock, part by part. */
final class PutOff {
    /** So that no lock is held for long. */
    private static final int PART = 1000;

    private static final SqlText LOCK = SqlText.of("clock_steps/lock");
    private static final SqlText ADVANCE = SqlText.of("clock_steps/advance");
    private static final SqlText LONGEST_BACKOFF = SqlText.of("clock_steps/longest-backoff");

    private final SqlText part;
    private final SqlText putOff;

    PutOff(Function<String, SqlText> statements) {
        this.part = statements.apply("part");
        this.putOff = statements.apply("put-off");
    }

    /** Its statements of the table. */
    List<SqlText> all() {
        return List.of(part, putOff);
    }

    /**
     * One part, within a transaction; what was done is committed together with how far it goes, so each part is done once.
     *
     * @return whether there may be more
     */
    boolean next(Connection connection, ClockStep step, Instant now, Instant until) throws SQLException {
        Map<String, Object> parameters = new HashMap<>(Map.of("step", step.number(), "list", step.list()));
        List<Long> shiftedTo = LOCK.query(connection, parameters, row -> row.getLong(1));
        if (shiftedTo.isEmpty()) {
            return false;
        }
        parameters.put("after", shiftedTo.get(0));
        parameters.put("limit", PART);
        Long to = part.query(connection, parameters, row -> row.getObject(1, Long.class)).get(0);
        parameters.put("to", to);
        if (to != null) {
            parameters.put("by", EpochSeconds.of(step.by()));
            parameters.put("now", EpochSeconds.of(now));
            parameters.put("until", EpochSeconds.of(until));
            parameters.put("backoff", EpochSeconds.of(Duration.ofSeconds(
                    LONGEST_BACKOFF.query(connection, Map.of(), row -> row.getLong(1)).get(0))));
            putOff.update(connection, parameters);
        }
        ADVANCE.update(connection, parameters);
        return to != null;
    }

    /** Leaves the table as it is: it is gone, or lets nothing be changed. */
    static boolean giveUp(Connection connection, ClockStep step) throws SQLException {
        Map<String, Object> parameters = new HashMap<>(Map.of("step", step.number(), "list", step.list()));
        parameters.put("to", null);
        ADVANCE.update(connection, parameters);
        return false;
    }
}
