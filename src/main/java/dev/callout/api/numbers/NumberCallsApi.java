package dev.callout.api.numbers;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.Statements;
import java.util.List;
import java.util.Map;

/** The calls to one number of a campaign. */
public final class NumberCallsApi {

    private static final String ONE = "number of this i_campaign_phone in the campaign";

    private final Statements statements;
    private final CampaignControl control;

    /** @param control finds the campaign */
    public NumberCallsApi(Statements statements, CampaignControl control) {
        this.statements = statements;
        this.control = control;
    }

    /** Returns the attempts that ended, the oldest first; none if the number has none, or is not there any more. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> keys = Map.of("key", request.key(ONE), "campaign", control.idOf(request.path("name")));
            List<Map<String, Object>> attempts = statements.query("number-attempts", keys).stream()
                    .map(request.caller()::shown)
                    .toList();
            return ApiResponse.json(200, Map.of("attempts", attempts));
        });
    }
}
