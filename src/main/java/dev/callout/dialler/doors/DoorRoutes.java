package dev.callout.dialler.doors;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;

/**
 * The routes of the doors, as they come and go: which of them are a user's and do something, so that nothing passes one that is
 * empty. Lets what a door throws come to the route that has called it, unless the door's route says itself what is done then: so
 * a door can throw what puts a number off, and each failure is told once, not with a stack trace for each number by Camel, too.
 */
public final class DoorRoutes extends ModelLifecycleStrategySupport {

    private static final Set<Door> ON_THE_WAY = Set.of(Door.MAY_BE_DIALLED, Door.CHOOSE_GATEWAY, Door.DIAL_VARIABLES);
    private static final String NOTHING = "TRACE";

    /** Asked several times for each call, for which Camel's list of all routes is too long. */
    private final Map<Door, RouteDefinition> open = new ConcurrentHashMap<>();

    /** Whether the door's route does something. */
    public boolean isOpen(Door door) {
        return open.containsKey(door);
    }

    /** Whether a route does something that numbers pass on their way to the switch. */
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

    /** Told of the earlier route, too, when it is replaced: after the one that comes in its place. */
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
