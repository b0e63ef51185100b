package dev.callout.api;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.callout.dialler.CampaignControl;
import dev.callout.dialler.CampaignStatus;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;

/**
 * How campaigns stand. Their numbers are counted again only after ten times as long as counting took, a second at least, so that
 * many who look cost no more than one.
 */
final class Progress {

    private static final int REST = 10;
    private static final long LEAST_REST = 1_000_000_000;
    private static final int MOST_KEPT = 10_000;

    private final Statements statements;
    private final CampaignControl control;
    private final DatabaseClock clock;
    private final Map<Long, Seen<Map<String, Object>>> standing = new ConcurrentHashMap<>();
    private final Map<Long, Seen<Map<String, Object>>> statuses = new ConcurrentHashMap<>();

    private record Seen<T>(T what, long next) {
    }

    Progress(Statements statements, CampaignControl control, DatabaseClock clock) {
        this.clock = clock;
        this.statements = statements;
        this.control = control;
    }

    /** What is asked about a campaign. */
    @FunctionalInterface
    private interface Question {
        Map<String, Object> ask(long campaign) throws SQLException;
    }

    /** Counts and reasons, by the names that the API gives them. */
    Map<String, Object> of(long campaign) throws SQLException {
        return seen(standing, campaign, this::stand);
    }

    /** How many numbers of the campaign have which status. */
    Map<String, Object> statuses(long campaign) throws SQLException {
        return seen(statuses, campaign, this::count);
    }

    /** The campaign has been changed: what was seen of it no longer holds. */
    void forget(long campaign) {
        standing.remove(campaign);
    }

    private static Map<String, Object> seen(Map<Long, Seen<Map<String, Object>>> kept, long campaign, Question question)
            throws SQLException {
        long begun = System.nanoTime();
        Seen<Map<String, Object>> known = kept.get(campaign);
        if (known == null || begun - known.next() >= 0) {
            Map<String, Object> answer = question.ask(campaign);
            long now = System.nanoTime();
            known = new Seen<>(answer, now + Math.max(LEAST_REST, (now - begun) * REST));
            if (kept.size() > MOST_KEPT) {
                kept.clear();
            }
            kept.put(campaign, known);
        }
        return known.what();
    }

    private Map<String, Object> stand(long campaign) throws SQLException {
        Map<String, Object> stand = new LinkedHashMap<>();
        if (!clock.isMeasured()) {
            stand.put("state", null);
            stand.put("why_idle", "this node has just been started, and has not looked at the campaigns yet");
            return stand;
        }
        CampaignStatus status = control.status(Long.toString(campaign));
        stand.put("state", status.state());
        stand.put("why_idle", status.whyIdle().isEmpty() ? null : status.whyIdle());
        stand.put("numbers", status.numbers().values().stream().mapToLong(Long::longValue).sum());
        stand.put("finished", status.numbers().getOrDefault("finished", 0L));
        stand.put("in_progress", status.numbers().getOrDefault("in progress", 0L));
        stand.put("calls_up", status.callsUp());
        stand.put("calls_per_minute", status.callsPerMinute());
        return stand;
    }

    private Map<String, Object> count(long campaign) throws SQLException {
        Map<String, Object> counts = new LinkedHashMap<>();
        statements.query("campaign-statuses", Map.of("key", campaign))
                .forEach(row -> counts.put((String) row.get("status"), row.get("numbers")));
        return counts;
    }
}
