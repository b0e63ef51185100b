package dev.callout.dialler;

import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * A route of ours that does nothing but to log at TRACE, so that a user's with its id can decide something, or do more. Nobody
 * goes through one that does nothing.
 */
enum Door {

    MAY_BE_DIALLED("may-be-dialled"),
    CHOOSE_GATEWAY("choose-gateway"),
    DIAL_VARIABLES("dial-variables"),
    ON_RINGING("on-ringing"),
    ON_ANSWER("on-answer"),
    ON_END("on-end");

    private static final List<Door> ON_THE_WAY = List.of(MAY_BE_DIALLED, CHOOSE_GATEWAY, DIAL_VARIABLES);

    private static final String NOTHING = "TRACE";

    private final String route;

    Door(String route) {
        this.route = route;
    }

    /** The id of its route. */
    String route() {
        return route;
    }

    /** Where it is called. */
    String uri() {
        return "direct:" + route;
    }

    /** Whether its route does something. */
    boolean isOpen(CamelContext context) {
        RouteDefinition definition = ((ModelCamelContext) context).getRouteDefinition(route);
        return definition != null && !(definition.getOutputs().size() == 1
                && definition.getOutputs().get(0) instanceof LogDefinition log && NOTHING.equals(log.getLoggingLevel()));
    }

    /** Whether a route does something that numbers pass on their way to the switch. */
    static boolean anyOpenOnTheWay(CamelContext context) {
        return ON_THE_WAY.stream().anyMatch(door -> door.isOpen(context));
    }

    /** The door that a route of this id stands for; null if it is another route. */
    static Door ofRoute(String id) {
        for (Door door : values()) {
            if (door.route.equals(id)) {
                return door;
            }
        }
        return null;
    }

    /** The door that is called there; null if none is. */
    static Door at(String uri) {
        for (Door door : values()) {
            if (door.uri().equals(uri)) {
                return door;
            }
        }
        return null;
    }
}
