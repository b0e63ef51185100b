package dev.callout.dialler.doors;

import java.util.Arrays;

/**
 * A built-in route that only logs at TRACE, so that a user's route with the same id can decide something, or do more. A
 * door that does nothing is skipped.
 */
public enum Door {
    MAY_BE_DIALLED("may-be-dialled"),
    CHOOSE_GATEWAY("choose-gateway"),
    DIAL_VARIABLES("dial-variables"),
    ON_RINGING("on-ringing"),
    ON_ANSWER("on-answer"),
    ON_END("on-end");

    private static final String DIRECT = "direct:";

    private final String route;

    Door(String route) {
        this.route = route;
    }

    /** The id of its route. */
    public String route() {
        return route;
    }

    /** The URI at which it is called. */
    String uri() {
        return DIRECT + route;
    }

    /** The door that a route with this id stands for; null if it is another route. */
    static Door ofRoute(String id) {
        return Arrays.stream(values())
                .filter(door -> door.route.equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The door that is called at this URI; null if there is none. */
    public static Door at(String uri) {
        return uri.startsWith(DIRECT) ? ofRoute(uri.substring(DIRECT.length())) : null;
    }
}
