package dev.callout.store.numbers;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Puts off what waits in one table, after a step forward of the database's clock, part by part. */
final class PutOff {
    /** So that no lock is held for long. */
    private static final int PART = 1000;

    private static final String LOCK = SqlText.of("clock_steps/lock");
    private static final String ADVANCE = SqlText.of("clock_steps/advance");
    private static final String LONGEST_BACKOFF = SqlText.of("clock_steps/longest-backoff");

    private final String part;
    private final String putOff;

    PutOff(Function<String, String> statements) {
        this.part = statements.apply("part");
        this.putOff = statements.apply("put-off");
    }

    /** Its statements of the table. */
    List<String> all() {
        return List.of(part, putOff);
    }

    /**
     * One part, within a transaction; what was done is committed together with how far it goes, so each part is done once.
     *
     * @return whether there may be more
     */
    boolean next(NamedParameterJdbcTemplate jdbc, ClockStep step, Instant now, Instant until) {
        Map<String, Object> parameters = new HashMap<>(Map.of("step", step.number(), "list", step.list()));
        List<Long> shiftedTo = jdbc.queryForList(LOCK, parameters, Long.class);
        if (shiftedTo.isEmpty()) {
            return false;
        }
        parameters.put("after", shiftedTo.get(0));
        parameters.put("limit", PART);
        Long to = jdbc.queryForObject(part, parameters, Long.class);
        parameters.put("to", to);
        if (to != null) {
            parameters.put("by", EpochSeconds.of(step.by()));
            parameters.put("now", EpochSeconds.of(now));
            parameters.put("until", EpochSeconds.of(until));
            parameters.put("backoff", EpochSeconds.of(Duration.ofSeconds(
                    jdbc.queryForObject(LONGEST_BACKOFF, Map.of(), Long.class))));
            jdbc.update(putOff, parameters);
        }
        jdbc.update(ADVANCE, parameters);
        return to != null;
    }

    /** Leaves the table as it is: it is gone, or lets nothing be changed. */
    static boolean giveUp(NamedParameterJdbcTemplate jdbc, ClockStep step) {
        Map<String, Object> parameters = new HashMap<>(Map.of("step", step.number(), "list", step.list()));
        parameters.put("to", null);
        jdbc.update(ADVANCE, parameters);
        return false;
    }
}
