package dev.callout.esl;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Keeps what routes that are stopped have still to be told about calls, and what comes meanwhile, until they are started again,
 * or removed. One that is removed and soon added again, as when a route is replaced by an edited one, misses nothing.
 */
final class KeptFeeds extends LifecycleStrategySupport {

    /** How long a route that was removed may take to be there again. */
    private static final Duration REPLACED_WITHIN = Duration.ofSeconds(30);

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** @param removedAt by {@link System#nanoTime()}; null while the route is there */
    private record Kept(CallFeed feed, Collection<EslSwitch> switches, Long removedAt) {
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
        Kept one = new Kept(feed, List.copyOf(switches), null);
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
            kept.computeIfPresent(route.getId(), (id, one) -> new Kept(one.feed(), one.switches(), System.nanoTime()));
        }
    }

    /** To be called a few times a second: lets go of what is kept for routes that do not come back. */
    void tick() {
        for (Map.Entry<String, Kept> one : kept.entrySet()) {
            Long removedAt = one.getValue().removedAt();
            if (removedAt != null && System.nanoTime() - removedAt >= REPLACED_WITHIN.toNanos()
                    && kept.remove(one.getKey(), one.getValue())) {
                one.getValue().close();
            }
        }
    }

    @Override
    public void onContextStopped(CamelContext context) {
        kept.values().forEach(Kept::close);
        kept.clear();
    }
}
