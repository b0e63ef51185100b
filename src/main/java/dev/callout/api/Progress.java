package dev.callout.api;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.callout.dialler.CampaignControl;
import dev.callout.dialler.CampaignStatus;
import dev.callout.dialler.Idle;
import dev.callout.store.DatabaseClock;
import dev.callout.store.NumberCounts;
import dev.callout.store.Statements;

/**
 * How campaigns stand. Counting their numbers costs more the more there are, so a campaign's are counted again only after ten
 * times as long as counting those of all took, a second at least: many who look cost no more than one, and the database counts
 * for them a tenth of the time at most.
 */
final class Progress {

    private static final int REST = 10;
    private static final long LEAST_REST = 1_000_000_000;
    private static final int MOST_KEPT = 10_000;

    private final Statements statements;
    private final CampaignControl control;
    private final DatabaseClock clock;
    private final Map<Long, Counted<NumberCounts>> numbers = new ConcurrentHashMap<>();
    private final Map<Long, Counted<Map<String, Long>>> statuses = new ConcurrentHashMap<>();

    /**
     * @param at   when, by the monotonic clock
     * @param took nanoseconds
     */
    private record Counted<T>(T counts, long at, long took) {
    }

    Progress(Statements statements, CampaignControl control, DatabaseClock clock) {
        this.clock = clock;
        this.statements = statements;
        this.control = control;
    }

    /** Counts the numbers of one campaign. */
    @FunctionalInterface
    private interface Counting<T> {
        T count(long campaign) throws SQLException;
    }

    /** Counts and reasons, by the names that the API gives them. */
    Map<String, Object> of(long campaign, boolean paused) throws SQLException {
        Map<String, Object> stand = new LinkedHashMap<>();
        if (!clock.isMeasured()) {
            stand.put("state", null);
            stand.put("idle_reason", null);
            stand.put("why_idle", "this node has just been started, and has not looked at the campaigns yet");
            return stand;
        }
        CampaignControl.Standing standing = control.standing(campaign);
        Idle idle = standing.idle();
        stand.put("state", CampaignStatus.state(paused, idle));
        stand.put("idle_reason", idle == null ? null : idle.reason().code());
        stand.put("why_idle", idle == null ? null : idle.text());
        NumberCounts counts = counted(numbers, campaign, control::counts);
        stand.put("numbers", counts.all());
        stand.put("finished", counts.finished());
        stand.put("in_progress", counts.inProgress());
        stand.put("calls_up", standing.callsUp());
        stand.put("calls_per_minute", standing.callsPerMinute());
        return stand;
    }

    /** How many numbers of the campaign have which status. */
    Map<String, Long> statuses(long campaign) throws SQLException {
        return counted(statuses, campaign, this::countStatuses);
    }

    /** The campaign has been changed: what was counted of it no longer holds. */
    void forget(long campaign) {
        numbers.remove(campaign);
        statuses.remove(campaign);
    }

    private static <T> T counted(Map<Long, Counted<T>> kept, long campaign, Counting<T> counting) throws SQLException {
        Counted<T> known = kept.get(campaign);
        long begun = System.nanoTime();
        if (known == null || begun - known.at() >= rest(kept)) {
            T counts = counting.count(campaign);
            long now = System.nanoTime();
            known = new Counted<>(counts, now, now - begun);
            if (kept.size() > MOST_KEPT) {
                kept.clear();
            }
            kept.put(campaign, known);
        }
        return known.counts();
    }

    private static long rest(Map<Long, ? extends Counted<?>> kept) {
        return Math.max(LEAST_REST, REST * kept.values().stream().mapToLong(Counted::took).sum());
    }

    private Map<String, Long> countStatuses(long campaign) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        statements.query("campaign-statuses", Map.of("key", campaign))
                .forEach(row -> counts.put((String) row.get("status"), ((Number) row.get("numbers")).longValue()));
        return counts;
    }
}
