package dev.callout.dialler.measure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.seda.SedaEndpoint;

/** Shows the queues that routes consume from, including users' routes: how much waits in each, and for how long. */
public final class QueueGauges implements MeterBinder {

    private final CamelContext camelContext;
    private final List<Meter> bound = new ArrayList<>();

    /** @param camelContext the context with its routes */
    public QueueGauges(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** Can be repeated when the routes have changed. */
    @Override
    public void bindTo(MeterRegistry registry) {
        bound.forEach(registry::remove);
        bound.clear();
        Map<String, SedaEndpoint> queues = new TreeMap<>();
        for (Route route : camelContext.getRoutes()) {
            if (route.getEndpoint() instanceof SedaEndpoint queue) {
                queues.put(queue.getEndpointBaseUri().replaceFirst("^seda:/*", ""), queue);
            }
        }
        queues.forEach((name, queue) -> {
            bound.add(Gauge.builder("callout.queue.size", queue, SedaEndpoint::getCurrentQueueSize)
                    .description("Messages that wait in a queue between routes")
                    .tag("queue", name)
                    .register(registry));
            bound.add(Gauge.builder("callout.queue.age", queue, QueueGauges::age)
                    .baseUnit("seconds")
                    .description(
                            "Age of the message that waits longest, from the event that caused it; 0 if none waits")
                    .tag("queue", name)
                    .register(registry));
        });
    }

    private static double age(SedaEndpoint queue) {
        Exchange oldest = queue.getQueue().peek();
        return oldest == null ? 0 : oldest.getClock().elapsed() / 1000.0;
    }
}
