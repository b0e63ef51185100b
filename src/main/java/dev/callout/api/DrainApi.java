package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.campaigns.Draining;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets the calls of this node end before it is stopped. */
public final class DrainApi {

    private final Draining draining;
    private final String node;

    public DrainApi(Draining draining, String node) {
        this.draining = draining;
        this.node = node;
    }

    /** Returns whether this node makes new calls, and how many are up. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            return ApiResponse.json(200, shown());
        });
    }

    /** Stops new calls from now on. */
    public ApiResponse start(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            draining.begin();
            return ApiResponse.json(200, shown());
        });
    }

    /** Allows new calls again. */
    public ApiResponse stop(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            draining.end();
            return ApiResponse.json(200, shown());
        });
    }

    private Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("node", node);
        shown.put("draining", draining.isOn());
        shown.put("calls_left", draining.getCallsLeft());
        return shown;
    }
}
