package dev.callout.store.claim;

import dev.callout.store.sql.EpochSeconds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Closes numbers that a claim has picked and that must not be called. Used within the claim's transaction. */
final class Closing {
    private final NamedParameterJdbcTemplate jdbc;
    private final ClaimStatements statements;
    private final Instant now;
    private final Map<End, List<Long>> pending = new LinkedHashMap<>();
    private int count;

    /** @param until null: for ever */
    private record End(String cause, Instant until) {}

    Closing(NamedParameterJdbcTemplate jdbc, ClaimStatements statements, Instant now) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.now = now;
    }

    /**
     * Closes a number as a failure, with the next {@link #write}.
     *
     * @param cause its {@code hangup_cause}
     * @param until when it may be called again; null: never
     */
    void close(PickedNumber number, String cause, Instant until) {
        pending.computeIfAbsent(new End(cause, until), end -> new ArrayList<>()).add(number.row());
        count++;
    }

    /** Writes what was closed since the last time: one statement for all that end in the same way. */
    void write() {
        pending.forEach((end, rows) -> {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("rows", rows);
            parameters.put("cause", end.cause());
            parameters.put("now", EpochSeconds.of(now));
            parameters.put("nextCall", EpochSeconds.of(end.until()));
            parameters.put("finished", end.until() == null ? 1 : 0);
            jdbc.update(statements.close(), parameters);
        });
        pending.clear();
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
