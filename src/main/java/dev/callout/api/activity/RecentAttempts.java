package dev.callout.api.activity;

import dev.callout.dialler.operate.RestedCounts;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all nodes have dialled lately, as table {@code call_attempts} has it. The attempts of the last half hour are read
 * once; from then on only those that have ended in the last minute, which may still be written. Many viewers cost no more
 * than one. Thread-safe.
 */
final class RecentAttempts {

    /** An attempt may be written so many steps after it has ended. */
    private static final int LATE_STEPS = 6;

    /** So many of the latest attempts of all campaigns are looked through. */
    private static final int AMONG = 200;

    /** So many are looked through for those of one campaign. */
    static final int AMONG_FOR_ONE = 5000;

    private static final int ALL = 0;

    private final Statements statements;
    private final DatabaseClock clock;
    private final RestedCounts<Reading> readings = new RestedCounts<>(any -> read());
    private final RestedCounts<List<Map<String, Object>>> latest = new RestedCounts<>(this::readLatest);
    /** Of each campaign, the attempts that ended before {@link #settledTo}. */
    private final Map<Long, StepCounts> settled = new HashMap<>();

    private long settledTo = Long.MIN_VALUE;

    /** @param statements read the attempts */
    RecentAttempts(Statements statements, DatabaseClock clock) {
        this.statements = statements;
        this.clock = clock;
    }

    /**
     * What was read.
     *
     * @param last   the step that was not over yet
     * @param counts of each campaign
     */
    record Reading(long last, Map<Long, StepCounts> counts) {

        /** Returns the counts of one campaign, or of all if it is null. */
        StepCounts of(Long campaign) {
            StepCounts sum = new StepCounts();
            if (campaign == null) {
                counts.values().forEach(sum::add);
            } else if (counts.containsKey(campaign)) {
                sum.add(counts.get(campaign));
            }
            return sum;
        }
    }

    /** Returns the attempts that have ended in the last half hour, up to a moment ago. */
    Reading counts() throws SQLException {
        return readings.of(ALL);
    }

    /** Returns the twenty attempts that ended last, the newest first; of one campaign, if it is not null. */
    List<Map<String, Object>> latest(Long campaign) throws SQLException {
        return latest.of(campaign == null ? ALL : campaign);
    }

    private List<Map<String, Object>> readLatest(long campaign) throws SQLException {
        return statements.query(
                "activity-latest", Map.of("campaign", campaign, "among", campaign == ALL ? AMONG : AMONG_FOR_ONE));
    }

    private synchronized Reading read() throws SQLException {
        long last = Math.floorDiv(clock.now().getEpochSecond(), (long) StepCounts.STEP_SECONDS);
        long first = last - StepCounts.STEPS + 1;
        if (settledTo > last) {
            // The clock has been set back: what ends until it has caught up lies before what was settled.
            settled.clear();
            settledTo = Long.MIN_VALUE;
        }
        long from = Math.max(settledTo, first);
        long upTo = Math.max(from, last - LATE_STEPS);
        List<Map<String, Object>> rows = statements.query(
                "activity-counts", Map.of("from", from * StepCounts.STEP_SECONDS, "step", StepCounts.STEP_SECONDS));
        Map<Long, StepCounts> fresh = new HashMap<>();
        for (Map<String, Object> row : rows) {
            long ended = whole(row, "ended");
            StepCounts counts =
                    (ended < upTo ? settled : fresh).computeIfAbsent(whole(row, "i_campaign"), any -> new StepCounts());
            int calls = (int) whole(row, "calls");
            counts.add(StepCounts.Kind.of((String) row.get("status")), ended, calls);
            if (row.get("made") != null) {
                counts.add(StepCounts.Kind.MADE, whole(row, "made"), calls);
            }
        }
        settledTo = upTo;
        settled.values().removeIf(counts -> counts.isBefore(first));
        // Those who have this reading do not see what is added to the settled ones later.
        settled.forEach((campaign, counts) ->
                fresh.computeIfAbsent(campaign, any -> new StepCounts()).add(counts));
        return new Reading(last, fresh);
    }

    private static long whole(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }
}
