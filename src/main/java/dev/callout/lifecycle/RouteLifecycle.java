package dev.callout.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Producer;
import org.apache.camel.Service;
import org.apache.camel.StatefulService;
import org.apache.camel.SuspendableService;
import org.apache.camel.impl.engine.DefaultRouteStartupOrder;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends and stops routes so that no call is affected. An exchange may be in flight for a whole call. Camel's own
 * strategy waits ten seconds for it, then takes the consumer's threads away and discards what is in flight.
 * <ul>
 * <li>Suspending a route or the context only halts consumers, at once. What is in flight continues. When the context is
 * suspended, the {@linkplain Routes keeping routes} are left out.
 * <li>Stopping a built-in route waits until nothing but calls is in flight in it. If that takes longer than the
 * time-out, the route continues, and the operation fails.
 * <li>Stopping other routes, or the whole node, works as in Camel, but no poll is interrupted.
 * </ul>
 */
public final class RouteLifecycle extends DefaultShutdownStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(RouteLifecycle.class);

    /**
     * How long nothing may be in flight before a route is stopped. This is longer than the time for which a waiting
     * consumer may still take from its queue after it was suspended.
     */
    private static final Duration QUIET = Duration.ofMillis(400);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Routes routes;
    private final SuspendedContext suspended = new SuspendedContext();

    /**
     * Must be given to the context before the context starts.
     *
     * @param routes is informed about the routes of the same context
     */
    public RouteLifecycle(CamelContext camelContext, Routes routes) {
        super(camelContext);
        this.routes = routes;
        camelContext.getManagementStrategy().addEventNotifier(suspended);
    }

    @Override
    protected boolean doShutdown(
            CamelContext context,
            List<RouteStartupOrder> orders,
            long timeout,
            TimeUnit timeUnit,
            boolean suspendOnly,
            boolean abortAfterTimeout,
            boolean forceShutdown)
            throws Exception {
        if (suspendOnly) {
            suspend(context, orders);
            return true;
        }
        if (routes.isEnding() || !context.isStarted() || forceShutdown) {
            long millis = timeUnit.toMillis(timeout);
            long left = Math.max(1, millis - letPollsEnd(orders, millis));
            return super.doShutdown(
                    context, orders, left, TimeUnit.MILLISECONDS, false, abortAfterTimeout, forceShutdown);
        }
        boolean all = true;
        for (RouteStartupOrder order : reversed(orders)) {
            String id = order.getRoute().getId();
            routes.stopping(id);
            try {
                if (order.getRoute().isCreatedByRestDsl() && routes.isBeingReplaced(id)) {
                    // The caller that replaces this route has waited for requests in progress. A request that takes
                    // longer is answered by its own thread.
                    suspendNow(id, order.getInput());
                } else if (Routes.isOurs(order.getRoute())) {
                    all &= stop(order, timeUnit.toMillis(timeout), abortAfterTimeout);
                } else {
                    all &= super.doShutdown(
                            context, List.of(order), timeout, timeUnit, false, abortAfterTimeout, false);
                }
            } finally {
                routes.stoppingIsOver(id);
            }
        }
        return all;
    }

    /**
     * Suspends what polls, and waits until the polls that had begun are over. Camel's strategy only waits for exchanges
     * in flight, and then interrupts each poll, also one that was about to put an exchange in flight.
     *
     * @return how long that took, in milliseconds
     */
    private long letPollsEnd(List<RouteStartupOrder> orders, long timeoutMillis) {
        long began = System.nanoTime();
        List<ScheduledPollConsumer> polling = new ArrayList<>();
        for (RouteStartupOrder order : reversed(orders)) {
            if (order.getInput() instanceof ScheduledPollConsumer consumer) {
                suspendNow(order.getRoute().getId(), consumer);
                polling.add(consumer);
            }
        }
        Tasks.foregroundTask()
                .withBudget(Budgets.iterationTimeBudget()
                        .withMaxDuration(Duration.ofMillis(timeoutMillis))
                        .withInterval(BETWEEN_LOOKS)
                        .withInitialDelay(Duration.ZERO)
                        .build())
                .withName("Waiting for polls")
                .build()
                .run(getCamelContext(), () -> polling.stream().noneMatch(ScheduledPollConsumer::isPolling));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private List<RouteStartupOrder> reversed(List<RouteStartupOrder> orders) {
        return orders.stream()
                .sorted(Comparator.comparingInt(RouteStartupOrder::getStartupOrder)
                        .reversed())
                .toList();
    }

    @Override
    public void suspend(CamelContext context, List<RouteStartupOrder> orders) {
        List<RouteService> goOn = new ArrayList<>();
        for (RouteStartupOrder order : reversed(orders)) {
            if (context.isSuspending() && Routes.isKeeping(order.getRoute())) {
                goOn.add(((DefaultRouteStartupOrder) order).getRouteService());
            } else {
                routes.halting(order.getRoute().getId());
                suspendNow(order.getRoute().getId(), order.getInput());
            }
        }
        if (context.isSuspending()) {
            suspended.goOn(goOn);
        }
    }

    private boolean stop(RouteStartupOrder order, long timeoutMillis, boolean abortAfterTimeout) {
        String id = order.getRoute().getId();
        Consumer consumer = order.getInput();
        boolean running = consumer instanceof StatefulService service && service.isStarted();
        suspendNow(id, consumer);
        List<Producer> holding = order.getServices().stream()
                .filter(service -> service instanceof Producer && service instanceof ShutdownPrepared)
                .map(Producer.class::cast)
                .toList();
        // Releases the calls, which are followed nevertheless.
        holding.forEach(producer -> ((ShutdownPrepared) producer).prepareShutdown(false, false));
        if (isQuietWithin(order, timeoutMillis)) {
            return true;
        }
        int still = inFlight(order);
        holding.forEach(producer -> {
            producer.stop();
            producer.start();
        });
        if (running) {
            ((SuspendableService) consumer).resume();
        }
        String text = "Route " + id + " is not stopped and continues: it would lose " + still
                + " exchanges that are in flight. Suspend it, or stop it later";
        if (abortAfterTimeout) {
            LOG.warn(text);
            return false;
        }
        throw new IllegalStateException(text);
    }

    private boolean isQuietWithin(RouteStartupOrder order, long timeoutMillis) {
        long[] busyAt = {System.nanoTime()};
        return Tasks.foregroundTask()
                .withBudget(Budgets.iterationTimeBudget()
                        .withMaxDuration(Duration.ofMillis(timeoutMillis))
                        .withInterval(BETWEEN_LOOKS)
                        .withInitialDelay(Duration.ZERO)
                        .build())
                .withName("Stopping " + order.getRoute().getId())
                .build()
                .run(getCamelContext(), () -> {
                    if (inFlight(order) > 0) {
                        busyAt[0] = System.nanoTime();
                    }
                    return System.nanoTime() - busyAt[0] >= QUIET.toNanos();
                });
    }

    /** Does not count what waits in a queue before the route: that keeps waiting until the route is started. */
    private int inFlight(RouteStartupOrder order) {
        int count =
                getCamelContext().getInflightRepository().size(order.getRoute().getId());
        for (AggregateProcessor aggregate : aggregates(order.getRoute().getServices())) {
            count += aggregate.getAggregationRepository().getKeys().size() + aggregate.getInProgressCompleteExchanges();
        }
        return count;
    }

    /** The aggregators among the steps of a route. */
    static List<AggregateProcessor> aggregates(List<Service> services) {
        return services.stream()
                .flatMap(service -> ServiceHelper.getChildServices(service).stream())
                .filter(AggregateProcessor.class::isInstance)
                .map(AggregateProcessor.class::cast)
                .distinct()
                .toList();
    }

    /**
     * Prepares the stop of the whole node. From here on nothing new is claimed, and everything that is halted
     * continues, so that what it holds is written before the stop.
     */
    public void end() {
        routes.end();
        CamelContext context = getCamelContext();
        if (context.isSuspended()) {
            context.resume();
        }
        if (!context.isStarted()) {
            return;
        }
        for (Halt halt : routes.halts()) {
            if (Routes.isOurs(context.getRoute(halt.route()))) {
                try {
                    context.getRouteController().resumeRoute(halt.route());
                } catch (Exception e) {
                    LOG.warn("Route {} cannot be started again, so this node loses what waits for it", halt.route(), e);
                }
            }
        }
    }
}
