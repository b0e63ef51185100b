package dev.callout.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Down while a keeping route is not started. Affects readiness only: a restart would end a halt that an operator has
 * made.
 */
public final class RoutesHealthCheck extends AbstractHealthCheck {

    private final Routes routes;

    /** @param routes the routes of the context that the check is registered in */
    public RoutesHealthCheck(Routes routes) {
        super("callout", "routes");
        this.routes = routes;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<Halt> halts = routes.haltsOfKeeping();
        if (halts.isEmpty()) {
            builder.up();
        } else {
            builder.message(halts.stream().map(Halt::toString).collect(Collectors.joining(", ")))
                    .down();
        }
    }
}
