package dev.callout.lifecycle;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** Shows which routes are started, including users' routes. */
public final class RouteGauges implements MeterBinder {

    private final CamelContext camelContext;
    private final List<Meter> bound = new ArrayList<>();
    private final Routes routes;

    /** @param camelContext the context with its routes */
    public RouteGauges(CamelContext camelContext, Routes routes) {
        this.camelContext = camelContext;
        this.routes = routes;
    }

    /** Can be repeated when the routes have changed. */
    @Override
    public void bindTo(MeterRegistry registry) {
        bound.forEach(registry::remove);
        bound.clear();
        for (Route route : camelContext.getRoutes()) {
            String id = route.getId();
            bound.add(Gauge.builder("callout.route.started", routes, one -> one.isStarted(id) ? 1 : 0)
                    .description("Whether the route is started: 0 if it is suspended or stopped")
                    .tag("route", id)
                    .register(registry));
        }
    }
}
