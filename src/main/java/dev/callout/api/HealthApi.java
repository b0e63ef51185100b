package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** The health of the dialler. */
public final class HealthApi {

    private static final String EVERY_CHECK = "full";
    /** There are so many checks of routes that those that are up are left out. */
    private static final Pattern OF_ROUTE = Pattern.compile("route:|consumer:");

    private final CamelContext camelContext;

    /** @param camelContext the context whose checks are run */
    public HealthApi(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /**
     * Returns 200 if the dialler is ready to dial, else 503 with the reasons; with {@code ?live=true} 200 as long as
     * the process works.
     */
    public ApiResponse health(ApiRequest request) {
        return Answer.to(request, List.of("live"), () -> {
            boolean live = Boolean.parseBoolean(request.query().get("live"));
            Collection<HealthCheck.Result> results = live
                    ? HealthCheckHelper.invokeLiveness(camelContext, EVERY_CHECK)
                    : HealthCheckHelper.invokeReadiness(camelContext, EVERY_CHECK);
            Map<String, String> checks = new LinkedHashMap<>();
            boolean up = true;
            for (HealthCheck.Result result : results) {
                String check = result.getCheck().getId();
                boolean good = result.getState() == HealthCheck.State.UP;
                up &= good;
                if (!good || !OF_ROUTE.matcher(check).lookingAt()) {
                    checks.put(check, good ? "UP" : result.getMessage().orElse("DOWN"));
                }
            }
            return ApiResponse.json(up ? 200 : 503, new Health(up ? "UP" : "DOWN", checks));
        });
    }

    private record Health(String status, Map<String, String> checks) {}
}
