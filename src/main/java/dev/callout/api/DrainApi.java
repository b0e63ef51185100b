package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.campaigns.Draining;

/** Lets the calls of this node end before it is stopped. */
public final class DrainApi {

    private final Draining draining;
    private final String node;
    private final NodeAudit audit;

    /** @param node name of this node */
    public DrainApi(Draining draining, String node, NodeAudit audit) {
        this.draining = draining;
        this.node = node;
        this.audit = audit;
    }

    /** Returns whether this node makes new calls, and how many are up. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, this::state);
    }

    /** Stops new calls from now on. */
    public ApiResponse start(ApiRequest request) {
        return Answer.to(request, () -> {
            draining.begin();
            audit.write("node.drain");
            return state();
        });
    }

    /** Allows new calls again. */
    public ApiResponse stop(ApiRequest request) {
        return Answer.to(request, () -> {
            draining.end();
            audit.write("node.drain-end");
            return state();
        });
    }

    private record State(String node, boolean draining, long callsLeft) {}

    private ApiResponse state() {
        return ApiResponse.json(200, new State(node, draining.isOn(), draining.getCallsLeft()));
    }
}
