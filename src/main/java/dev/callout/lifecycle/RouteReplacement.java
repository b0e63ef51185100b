package dev.callout.lifecycle;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RouteController;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces routes of a running context by others with the same ids, so that no call is affected. Each route is stopped
 * as {@link RouteLifecycle} stops it. Meanwhile calls are still followed, and what waits before the route waits for the
 * new one. All routes are replaced or none: if one cannot be stopped in time, or the new one does not start, the
 * earlier routes are restored.
 */
public final class RouteReplacement {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReplacement.class);

    /** How long a route may take until nothing but calls is in flight in it. */
    private static final int STOPS_WITHIN_SECONDS = 20;

    private final ModelCamelContext context;
    private final Routes routes;

    /** The state in which somebody halted a route that is to be replaced, if anybody did. */
    private enum State {
        STARTED,
        SUSPENDED,
        STOPPED
    }

    /**
     * A change that is made while routes are away.
     *
     * @param make makes it
     * @param undo changes it back, whether or not the change was made as a whole
     */
    public record Change(Step make, Step undo) {}

    /** A part of a change. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    /** @param routes is informed about the routes of the same context */
    public RouteReplacement(ModelCamelContext context, Routes routes) {
        this.context = context;
        this.routes = routes;
    }

    /**
     * Adds routes, which replace those with the same ids if there are any, and removes others. A route that was
     * suspended or stopped is suspended or stopped again.
     *
     * @param  definitions the routes, prepared for this context
     * @param  removed     ids
     * @throws Exception   why it is not possible; then everything is as it was
     */
    public synchronized void apply(Collection<RouteDefinition> definitions, Collection<String> removed)
            throws Exception {
        allOrNothing(undo -> {
            for (RouteDefinition definition : inOrder(definitions)) {
                put(definition, undo);
            }
            for (String id : removed) {
                take(context.getRouteDefinition(id), undo, stateOf(id));
            }
        });
    }

    /**
     * Takes routes away, makes a change while they are away, and puts other routes in their place, which may be the
     * same ones. A route that was suspended or stopped is suspended or stopped again.
     *
     * @param  ids         the ids of the routes that are taken away
     * @param  change      is undone before the routes are put back, if that is necessary
     * @param  definitions the routes, prepared for this context
     * @throws Exception   why it is not possible; then everything is as it was
     */
    public synchronized void exchange(Collection<String> ids, Change change, Collection<RouteDefinition> definitions)
            throws Exception {
        Map<String, State> states = new HashMap<>();
        try {
            allOrNothing(undo -> {
                for (String id : ids) {
                    states.put(id, stateOf(id));
                    routes.replacing(id, true);
                    take(context.getRouteDefinition(id), undo, states.get(id));
                }
                undo.push(change.undo());
                change.make().run();
                for (RouteDefinition definition : inOrder(definitions)) {
                    undo.push(() -> context.removeRouteDefinition(definition));
                    add(definition, states.getOrDefault(definition.getId(), State.STARTED));
                }
            });
        } finally {
            ids.forEach(id -> routes.replacing(id, false));
        }
    }

    /** Changes routes. */
    @FunctionalInterface
    private interface Changes {
        /** @param undo takes what restores the routes from before, the last change first */
        void make(Deque<Step> undo) throws Exception;
    }

    private void allOrNothing(Changes changes) throws Exception {
        requireRunning();
        Deque<Step> undo = new ArrayDeque<>();
        try {
            changes.make(undo);
        } catch (Exception e) {
            goBack(undo, e);
            throw e;
        }
    }

    private void requireRunning() {
        if (routes.isEnding()) {
            throw new IllegalStateException("This node is being stopped");
        }
        if (!context.isStarted()) {
            throw new IllegalStateException("No route is replaced while the Camel context is " + context.getStatus()
                    + ": resume or start it first");
        }
    }

    /** Routes that others send to come first, as at the start. */
    private static List<RouteDefinition> inOrder(Collection<RouteDefinition> definitions) {
        return definitions.stream()
                .sorted(Comparator.comparing(
                        RouteDefinition::getStartupOrder, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    private void put(RouteDefinition definition, Deque<Step> undo) throws Exception {
        String id = definition.getId();
        RouteDefinition before = id == null ? null : context.getRouteDefinition(id);
        if (before == null) {
            undo.push(() -> context.removeRouteDefinition(definition));
            add(definition, State.STARTED);
            return;
        }
        State state = stateOf(id);
        routes.replacing(id, true);
        try {
            take(before, undo, state);
            undo.push(() -> context.removeRouteDefinition(definition));
            add(definition, state);
        } finally {
            routes.replacing(id, false);
        }
    }

    private void take(RouteDefinition before, Deque<Step> undo, State state) throws Exception {
        String id = before.getId();
        RouteController controller = context.getRouteController();
        if (!controller.stopRoute(id, STOPS_WITHIN_SECONDS, TimeUnit.SECONDS, true)) {
            throw new IllegalStateException("Route " + id + " is still busy after " + STOPS_WITHIN_SECONDS
                    + " s, so it continues unchanged; try again later");
        }
        Route route = context.getRoute(id);
        keepWhatWaits(route.getEndpoint());
        undo.push(() -> add(before, state));
        context.removeRouteDefinition(before);
        if (route.getConsumer().getEndpoint() != route.getEndpoint()) {
            // For a REST route Camel forgets only the name, not the address at which it listened.
            context.removeEndpoint(route.getConsumer().getEndpoint());
        }
    }

    /**
     * Adds one more endpoint, because a queue is dropped with what waits in it when the last endpoint with its name
     * goes.
     */
    private void keepWhatWaits(Endpoint from) {
        if (from instanceof SedaEndpoint queue) {
            context.getEndpoint(queue.getEndpointBaseUri() + "?pollTimeout=4711", SedaEndpoint.class)
                    .getQueue();
        }
    }

    private void add(RouteDefinition definition, State state) throws Exception {
        String autoStartup = definition.getAutoStartup();
        if (state == State.STOPPED) {
            definition.setAutoStartup("false");
        }
        try {
            context.addRouteDefinition(definition);
        } catch (FailedToCreateRouteException | FailedToStartRouteException e) {
            throw e;
        } catch (Exception e) {
            // If a consumer does not start, Camel passes on the reason without the route.
            String file = definition.getResource() == null
                    ? null
                    : definition.getResource().getLocation();
            throw new FailedToStartRouteException(definition.getId(), file, e.getMessage(), e);
        } finally {
            definition.setAutoStartup(autoStartup);
        }
        if (state == State.SUSPENDED) {
            context.getRouteController().suspendRoute(definition.getId());
        }
    }

    private State stateOf(String id) {
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        return status == null || status.isStarted() || !routes.wasHalted(id)
                ? State.STARTED
                : status.isSuspended() ? State.SUSPENDED : State.STOPPED;
    }

    private static void goBack(Deque<Step> undo, Exception why) {
        for (Step one : undo) {
            try {
                one.run();
            } catch (Exception e) {
                LOG.error("A route cannot be restored: restart the dialler", e);
                why.addSuppressed(e);
            }
        }
    }
}
