package dev.callout.store.claim;

import dev.callout.store.sql.EpochSeconds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Closes numbers that a claim has picked and that must not be called. Used within the claim's transaction. */
final class Closing {
    private final NamedParameterJdbcTemplate jdbc;
    private final ClaimStatements statements;
    private final Instant now;
    private int count;

    Closing(NamedParameterJdbcTemplate jdbc, ClaimStatements statements, Instant now) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.now = now;
    }

    /**
     * Closes a number as a failure.
     *
     * @param cause its {@code hangup_cause}
     * @param until when it may be called again; null: never
     */
    void close(PickedNumber number, String cause, Instant until) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("row", number.row());
        parameters.put("cause", cause);
        parameters.put("now", EpochSeconds.of(now));
        parameters.put("nextCall", EpochSeconds.of(until));
        parameters.put("finished", until == null ? 1 : 0);
        jdbc.update(statements.close(), parameters);
        count++;
    }

    /** Finishes numbers that have no attempts left. */
    void exhausted(List<Long> rows) {
        jdbc.update(statements.closeExhausted(), Map.of("rows", rows));
        count += rows.size();
    }

    /** How many it has closed. */
    int count() {
        return count;
    }
}
