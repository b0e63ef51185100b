package dev.callout.api.listed;

import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.RestedCounts;
import dev.callout.dialler.operate.Standing;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import dev.callout.store.numbers.NumberCounts;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state of campaigns. */
final class CampaignProgress {

    private final Statements statements;
    private final CampaignControl control;
    private final DatabaseClock clock;
    private final RestedCounts<Map<String, Long>> statuses = new RestedCounts<>(this::countStatuses);

    CampaignProgress(Statements statements, CampaignControl control, DatabaseClock clock) {
        this.clock = clock;
        this.statements = statements;
        this.control = control;
    }

    /** Returns counts and reasons, by their names in the API. */
    Map<String, Object> of(long campaign, boolean paused) throws SQLException {
        Map<String, Object> stand = new LinkedHashMap<>();
        if (!clock.isMeasured()) {
            stand.put("state", null);
            stand.put("idle_reason", null);
            stand.put("why_idle", control.standings().notLookedAt());
            return stand;
        }
        Standing standing = control.standings().of(campaign);
        Idle idle = standing.idle();
        stand.put("state", standing.state(paused));
        stand.put("idle_reason", idle == null ? null : idle.reason().code());
        stand.put("why_idle", idle == null ? null : idle.text());
        NumberCounts counts = control.counts(campaign);
        stand.put("numbers", counts.all());
        stand.put("finished", counts.finished());
        stand.put("in_progress", counts.inProgress());
        stand.put("calls_up", standing.callsUp());
        stand.put("calls_per_minute", standing.calls().lastMinute());
        return stand;
    }

    /** Returns how many numbers of the campaign have each status. */
    Map<String, Long> statuses(long campaign) throws SQLException {
        return statuses.of(campaign);
    }

    /** Discards the counts of a campaign that has been changed: they are no longer valid. */
    void forget(long campaign) {
        control.changed(campaign);
        statuses.forget(campaign);
    }

    private Map<String, Long> countStatuses(long campaign) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        statements
                .query("campaign-statuses", Map.of("key", campaign))
                .forEach(row -> counts.put((String) row.get("status"), ((Number) row.get("numbers")).longValue()));
        return counts;
    }
}
