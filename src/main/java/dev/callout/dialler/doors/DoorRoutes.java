package dev.callout.dialler.doors;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;

/**
 * Keeps track of the doors' routes as they are added and removed: which of them are a user's and do something, so that
 * empty ones are skipped. It also lets an exception from a door reach the route that called the door, unless the door's
 * route handles its errors itself. So a door can throw an exception that puts a number off, and each failure is
 * reported once, without Camel logging a stack trace for each number as well.
 */
public final class DoorRoutes extends ModelLifecycleStrategySupport {

    private static final Set<Door> ON_THE_WAY = Set.of(Door.MAY_BE_DIALLED, Door.CHOOSE_GATEWAY, Door.DIAL_VARIABLES);
    private static final String NOTHING = "TRACE";

    /** Read several times for each call; Camel's list of all routes is too long for that. */
    private final Map<Door, RouteDefinition> open = new ConcurrentHashMap<>();

    /** Whether the door's route does something. */
    public boolean isOpen(Door door) {
        return open.containsKey(door);
    }

    /** Whether any door that numbers pass on their way to the switch does something. */
    public boolean anyOpenOnTheWay() {
        return !open.isEmpty() && ON_THE_WAY.stream().anyMatch(open::containsKey);
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        Door door = Door.ofRoute(route.getId());
        if (door == null) {
            return;
        }
        if (doesNothing(route)) {
            open.remove(door);
        } else {
            open.put(door, route);
        }
        if (!route.isErrorHandlerFactorySet() && route.getRouteConfigurationId() == null) {
            route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        }
    }

    /** When a route is replaced, this is called for the old route, too, after the new one has been added. */
    @Override
    public void onRemoveRouteDefinition(RouteDefinition route) {
        open.values().removeIf(one -> one == route);
    }

    private static boolean doesNothing(RouteDefinition route) {
        return route.getOutputs().size() == 1
                && route.getOutputs().get(0) instanceof LogDefinition log
                && NOTHING.equals(log.getLoggingLevel());
    }
}
