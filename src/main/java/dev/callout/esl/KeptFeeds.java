package dev.callout.esl;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Keeps what routes that are stopped have still to be told about calls, and what comes meanwhile, until they are started again,
 * or removed.
 */
final class KeptFeeds extends LifecycleStrategySupport {

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(CallFeed feed, Collection<EslSwitch> switches) {
        void close() {
            switches.forEach(from -> from.removeFeed(feed));
            feed.close();
        }
    }

    /**
     * A route's consumer has stopped; its feed goes on to be offered news, unless it was closed, as by a forced stop.
     *
     * @param routeId null if the consumer belongs to no route: nothing is kept then
     */
    void keep(String routeId, CallFeed feed, Collection<EslSwitch> switches) {
        Kept one = new Kept(feed, List.copyOf(switches));
        if (routeId == null || feed.isClosed()) {
            one.close();
        } else {
            kept.put(routeId, one);
        }
    }

    /** The feed that was kept for a route; null if there is none. */
    CallFeed take(String routeId) {
        Kept one = routeId == null ? null : kept.remove(routeId);
        return one == null ? null : one.feed();
    }

    @Override
    public void onRoutesRemove(Collection<Route> routes) {
        for (Route route : routes) {
            Kept one = kept.remove(route.getId());
            if (one != null) {
                one.close();
            }
        }
    }

    @Override
    public void onContextStopped(CamelContext context) {
        kept.values().forEach(Kept::close);
        kept.clear();
    }
}
