package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.routes.RouteReload;
import java.util.LinkedHashMap;
import java.util.Map;

/** Applies edited route files. */
public final class RoutesApi {

    private final RouteReload reload;

    public RoutesApi(RouteReload reload) {
        this.reload = reload;
    }

    /**
     * Replaces the routes whose files have changed. If a file is wrong or a route does not start: 409, and all routes
     * stay as before.
     */
    public ApiResponse reload(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            try {
                return ApiResponse.json(200, shown(reload.run()));
            } catch (IllegalStateException e) {
                throw new ApiProblem(409, e.getMessage());
            }
        });
    }

    private static Map<String, Object> shown(RouteReload.Reloaded reloaded) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("replaced", reloaded.replaced());
        shown.put("added", reloaded.added());
        shown.put("removed", reloaded.removed());
        shown.put("warnings", reloaded.warnings());
        return shown;
    }
}
