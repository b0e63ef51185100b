package dev.callout.api.listed;

import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.RestedCounts;
import dev.callout.dialler.operate.Standing;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import dev.callout.store.lists.ListNumbers;
import dev.callout.store.numbers.NumberCounts;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state of campaigns. */
final class CampaignProgress {

    private final Statements statements;
    private final CampaignControl control;
    private final DatabaseClock clock;
    private final ListNumbers lists;
    private final RestedCounts<Statuses> statuses = new RestedCounts<>(this::countStatuses);

    /**
     * Numbers by status.
     *
     * @param numbers how many have it
     * @param again   how many of these have been called and are called again; those of which none is are left out
     */
    private record Statuses(Map<String, Long> numbers, Map<String, Long> again) {}

    CampaignProgress(Statements statements, ListNumbers lists, CampaignControl control, DatabaseClock clock) {
        this.lists = lists;
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
        NumberCounts counts = control.counts(campaign);
        stand.put("state", standing.state(paused, counts.inProgress()));
        stand.put("idle_reason", idle == null ? null : idle.reason().code());
        stand.put("why_idle", idle == null ? null : idle.text());
        stand.put("numbers", counts.all());
        stand.put("finished", counts.finished());
        stand.put("in_progress", counts.inProgress());
        stand.put("calls_up", standing.callsUp());
        stand.put("talking", standing.talking());
        stand.put("ringing", Math.max(0, standing.callsUp() - standing.talking()));
        stand.put("calls_per_minute", standing.calls().lastMinute());
        return stand;
    }

    /** Returns how many numbers of the campaign have each status, and how many of these are called again. */
    Map<String, Object> statuses(long campaign) throws SQLException {
        Statuses counted = statuses.of(campaign);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("statuses", counted.numbers());
        shown.put("to_retry", counted.again());
        return shown;
    }

    /** Discards the counts of a campaign that has been changed: they are no longer valid. */
    void forget(long campaign) {
        control.changed(campaign);
        statuses.forget(campaign);
    }

    private Statuses countStatuses(long campaign) throws SQLException {
        String list = statements.query("campaigns", Map.of("first", campaign, "last", campaign, "limit", 1)).stream()
                .map(row -> (String) row.get("destination_list"))
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .map(String::strip)
                .orElse(null);
        List<Map<String, Object>> rows = list == null
                ? statements.query("campaign-statuses", Map.of("key", campaign))
                : lists.statuses(list, campaign);
        Statuses counted = new Statuses(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (Map<String, Object> row : rows) {
            String status = (String) row.get("status");
            counted.numbers().put(status, ((Number) row.get("numbers")).longValue());
            long again = ((Number) row.get("again")).longValue();
            if (again > 0) {
                counted.again().put(status, again);
            }
        }
        return counted;
    }
}
