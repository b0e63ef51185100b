package dev.callout.api.activity;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.lifecycle.Halt;
import dev.callout.lifecycle.Routes;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all nodes have dialled lately. It can be requested every second. */
public final class ActivityApi {

    private final CampaignControl control;
    private final DatabaseClock clock;
    private final Routes routes;
    private final String node;
    private final RecentAttempts recent;

    /**
     * @param statements read the attempts
     * @param node       name of this node
     */
    public ActivityApi(
            Statements statements, CampaignControl control, DatabaseClock clock, Routes routes, String node) {
        this.control = control;
        this.clock = clock;
        this.routes = routes;
        this.node = node;
        this.recent = new RecentAttempts(statements, clock);
    }

    /** Returns counts over time and the latest attempts; of one campaign if requested. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, List.of("campaign"), () -> {
            if (!clock.isMeasured()) {
                throw new ApiProblem(503, control.standings().notLookedAt());
            }
            String asked = request.query().get("campaign");
            Long campaign = asked == null ? null : control.idOf(asked);
            RecentAttempts.Reading reading = recent.counts();
            StepCounts counts = reading.of(campaign);
            control.standings()
                    .begun(campaign)
                    .forEach(begun -> counts.add(StepCounts.Kind.MADE, step(begun, reading.last()), 1));
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("node", node);
            shown.put("halted", routes.halts().stream().map(Halt::toString).toList());
            shown.put(
                    "from",
                    Instant.ofEpochSecond((reading.last() - StepCounts.STEPS + 1) * StepCounts.STEP_SECONDS)
                            .toString());
            shown.put("step_sec", StepCounts.STEP_SECONDS);
            for (StepCounts.Kind kind : StepCounts.Kind.values()) {
                shown.put(kind.name().toLowerCase(Locale.ROOT), counts.upTo(reading.last(), kind));
            }
            shown.put(
                    "latest",
                    recent.latest(campaign).stream()
                            .map(request.caller()::shown)
                            .toList());
            return ApiResponse.json(200, shown);
        });
    }

    /** What has begun since the reading counts in its last step. */
    private static long step(Instant begun, long last) {
        return Math.min(last, Math.floorDiv(begun.getEpochSecond(), (long) StepCounts.STEP_SECONDS));
    }
}
