package dev.callout.lifecycle;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** Shows which routes are started, users' routes included. */
public final class RouteGauges implements MeterBinder {

    private final CamelContext camelContext;
    private final Routes routes;

    /**
     * @param camelContext with its routes
     */
    public RouteGauges(CamelContext camelContext, Routes routes) {
        this.camelContext = camelContext;
        this.routes = routes;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Route route : camelContext.getRoutes()) {
            String id = route.getId();
            Gauge.builder("callout.route.started", routes, one -> one.isStarted(id) ? 1 : 0)
                    .description("Whether the route is started: 0 if it is suspended or stopped").tag("route", id)
                    .register(registry);
        }
    }
}
