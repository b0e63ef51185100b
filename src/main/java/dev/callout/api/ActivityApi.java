package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.measure.RecentCalls;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.lifecycle.Halt;
import dev.callout.lifecycle.Routes;
import dev.callout.store.DatabaseClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What this node has dialled recently. The answer comes from memory, so it can be requested every second. */
public final class ActivityApi {

    private final CampaignControl control;
    private final DatabaseClock clock;
    private final Routes routes;
    private final String node;

    /** @param node name of this node */
    public ActivityApi(CampaignControl control, DatabaseClock clock, Routes routes, String node) {
        this.control = control;
        this.clock = clock;
        this.routes = routes;
        this.node = node;
    }

    /** Returns counts over time and the latest attempts; of one campaign if requested. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, List.of("campaign"), () -> {
            if (!clock.isMeasured()) {
                throw new ApiProblem(503, control.standings().notLookedAt());
            }
            String campaign = request.query().get("campaign");
            RecentCalls recent = campaign == null
                    ? control.standings().recent()
                    : control.standings().recent(control.idOf(campaign));
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("node", node);
            shown.put("halted", routes.halts().stream().map(Halt::toString).toList());
            shown.put("from", recent.from().truncatedTo(ChronoUnit.MILLIS).toString());
            shown.put("step_sec", recent.stepSeconds());
            recent.counts().forEach((count, steps) -> shown.put(count.name().toLowerCase(Locale.ROOT), steps));
            shown.put(
                    "latest",
                    recent.latest().stream()
                            .map(row -> request.caller().shown(attempt(row)))
                            .toList());
            return ApiResponse.json(200, shown);
        });
    }

    private static Map<String, Object> attempt(StatusRow row) {
        Map<String, Object> attempt = new LinkedHashMap<>();
        attempt.put("call_uuid", row.key().call());
        attempt.put("i_campaign", row.key().campaign());
        attempt.put("number", row.key().number());
        attempt.put("attempt", row.made().attempt());
        attempt.put("setup_time", instant(row.made().setup()));
        attempt.put("connect_time", instant(row.made().connect()));
        attempt.put("disconnect_time", instant(row.made().disconnect()));
        attempt.put("status", row.made().status());
        attempt.put("hangup_cause", row.end().cause());
        attempt.put("sip_status", row.end().sip());
        attempt.put("digits", row.pressed() == null ? null : row.pressed().digits());
        attempt.put("menu_answer", row.pressed() == null ? null : row.pressed().answer());
        attempt.put("call_switch", row.end().switchName());
        attempt.put("call_gateway", row.end().gateway());
        return attempt;
    }

    private static String instant(BigDecimal seconds) {
        return seconds == null
                ? null
                : Instant.ofEpochMilli(seconds.movePointRight(3).longValue()).toString();
    }
}
