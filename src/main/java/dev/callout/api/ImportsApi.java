package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Page;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.Statements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was imported, when, and by whom. */
public final class ImportsApi {

    private static final String CAMPAIGN = "campaign";

    private final Statements statements;
    private final CampaignControl control;

    /** @param control finds a campaign */
    public ImportsApi(Statements statements, CampaignControl control) {
        this.statements = statements;
        this.control = control;
    }

    /** Returns a page of the imports, the latest first; if requested, only those into one campaign. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("after", "limit", CAMPAIGN), () -> {
            long limit = request.whole("limit", 100, 1, 1000);
            long after = request.whole("after", 0, 0, Long.MAX_VALUE);
            String campaign = request.query().get(CAMPAIGN);
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("after", after == 0 ? null : after);
            parameters.put(CAMPAIGN, campaign == null ? null : control.idOf(campaign));
            parameters.put("limit", limit);
            return Page.of("imports", statements.query("imports", parameters), limit, "i_import");
        });
    }
}
