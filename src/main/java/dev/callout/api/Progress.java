package dev.callout.api;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

import dev.callout.store.Statements;

/**
 * How far campaigns are, and why one is idle. Numbers are counted again only after ten times as long as counting took, a
 * second at least, so that many who look cost no more than one. Thread-safe.
 */
public final class Progress {

    private static final int REST = 10;
    private static final long LEAST_REST = 1_000_000_000;

    private final Statements statements;
    private final LongFunction<String> idle;
    private Map<Long, Map<String, Object>> counted = Map.of();
    private long nextCount = Long.MIN_VALUE;
    private final Map<Long, Statuses> statuses = new HashMap<>();

    private record Statuses(Map<String, Object> counts, long next) {
    }

    /** @param idle why the campaign of that key is idle; null if it is dialled, or that is not known here */
    public Progress(Statements statements, LongFunction<String> idle) {
        this.statements = statements;
        this.idle = idle;
    }

    /** {@code numbers}, {@code finished}, {@code in_progress}, {@code idle}. */
    synchronized Map<String, Object> of(long campaign) throws SQLException {
        long now = System.nanoTime();
        if (nextCount == Long.MIN_VALUE || now - nextCount >= 0) {
            Map<Long, Map<String, Object>> counts = new HashMap<>();
            for (Map<String, Object> row : statements.query("campaign-progress", Map.of())) {
                counts.put(((Number) row.remove("i_campaign")).longValue(), row);
            }
            counted = counts;
            nextCount = next(now);
        }
        Map<String, Object> progress = new LinkedHashMap<>(counted.getOrDefault(campaign,
                Map.of("numbers", 0, "finished", 0, "in_progress", 0)));
        progress.put("idle", idle.apply(campaign));
        return progress;
    }

    /** How many numbers of the campaign have which status. */
    synchronized Map<String, Object> statuses(long campaign) throws SQLException {
        long now = System.nanoTime();
        Statuses known = statuses.get(campaign);
        if (known == null || now - known.next() >= 0) {
            Map<String, Object> counts = new LinkedHashMap<>();
            statements.query("campaign-statuses", Map.of("key", campaign))
                    .forEach(row -> counts.put((String) row.get("status"), row.get("numbers")));
            known = new Statuses(counts, next(now));
            statuses.put(campaign, known);
        }
        return known.counts();
    }

    private static long next(long begun) {
        long now = System.nanoTime();
        return now + Math.max(LEAST_REST, (now - begun) * REST);
    }
}
