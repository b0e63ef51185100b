package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.webhook.Webhook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the posting of outcomes to the webhook stands on this node. */
public final class WebhookApi {

    private final Webhook webhook;
    private final String node;

    /**
     * @param node name of this node
     */
    public WebhookApi(Webhook webhook, String node) {
        this.webhook = webhook;
        this.node = node;
    }

    /** Returns what waits, what was accepted and refused, and the last success and failure. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> {
            Webhook.State state =
                    webhook.state().orElseThrow(() -> ApiProblem.notFound("webhook: callout.webhook.url is not set"));
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("node", node);
            shown.put("receiver", state.receiver());
            shown.put("waiting", state.waiting());
            shown.put("accepted", state.accepted());
            shown.put("refused", state.refused());
            shown.put("dropped", state.dropped());
            shown.put("failing", state.failing());
            shown.put("last_success", text(state.lastSuccess()));
            shown.put("last_failure", text(state.lastFailure()));
            shown.put("reason", state.reason());
            return ApiResponse.json(200, shown);
        });
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
