package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.routes.RouteReload;

/** Applies edited route files. */
public final class RoutesApi {

    private final RouteReload reload;
    private final NodeAudit audit;

    /** @param reload does the work */
    public RoutesApi(RouteReload reload, NodeAudit audit) {
        this.reload = reload;
        this.audit = audit;
    }

    /**
     * Replaces the routes whose files have changed. If a file is wrong or a route does not start: 409, and all routes
     * stay as before.
     */
    public ApiResponse reload(ApiRequest request) {
        return Answer.to(request, () -> {
            try {
                ApiResponse reloaded = ApiResponse.json(200, reload.run());
                audit.write("node.reload");
                return reloaded;
            } catch (IllegalStateException e) {
                throw new ApiProblem(409, e.getMessage());
            }
        });
    }
}
