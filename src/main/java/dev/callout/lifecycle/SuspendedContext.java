package dev.callout.lifecycle;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextEvent;
import org.apache.camel.spi.CamelEvent.CamelContextResumingEvent;
import org.apache.camel.spi.CamelEvent.CamelContextSuspendedEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets routes continue while their context is suspended. It undoes two things that Camel does then: it marks every
 * route as suspended, and no aggregator completes by its interval.
 */
final class SuspendedContext extends SimpleEventNotifierSupport {

    private static final Logger LOG = LoggerFactory.getLogger(SuspendedContext.class);

    /** The same as the interval of our aggregators. */
    private static final long COMPLETION_INTERVAL_MS = 20;

    private List<RouteService> goingOn = List.of();
    private ScheduledExecutorService timer;

    /** The context is being suspended. The consumers of these routes were left as they are. */
    synchronized void goOn(List<RouteService> routes) {
        goingOn = routes;
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelContextSuspendedEvent || event instanceof CamelContextResumingEvent;
    }

    @Override
    public synchronized void notify(CamelEvent event) {
        CamelContext camelContext = ((CamelContextEvent) event).getContext();
        if (timer != null) {
            camelContext.getExecutorServiceManager().shutdown(timer);
            timer = null;
        }
        if (event instanceof CamelContextSuspendedEvent) {
            goingOn.forEach(RouteService::resume);
            List<AggregateProcessor> aggregates = goingOn.stream()
                    .flatMap(route -> RouteLifecycle.aggregates(route.getRoute().getServices()).stream())
                    .filter(aggregate -> aggregate.getCompletionInterval() > 0)
                    .toList();
            timer = camelContext
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, "CalloutSuspendedContext");
            timer.scheduleWithFixedDelay(
                    () -> aggregates.forEach(SuspendedContext::complete),
                    COMPLETION_INTERVAL_MS,
                    COMPLETION_INTERVAL_MS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private static void complete(AggregateProcessor aggregate) {
        try {
            aggregate.getAggregationRepository().getKeys().forEach(aggregate::forceCompletionOfGroup);
        } catch (RuntimeException e) {
            // If it left this method, it would end the timer.
            LOG.error("What {} has collected is not passed on; trying again", aggregate.getId(), e);
        }
    }
}
