package dev.callout.esl.switches;

import dev.callout.esl.call.CallFeed;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Keeps the undelivered call states of stopped routes, and collects new ones, until the routes are started again or
 * removed. A route that is removed and soon added again, for example when it is replaced by an edited one, misses
 * nothing.
 */
public final class KeptFeeds extends LifecycleStrategySupport {

    /** How soon a removed route must be added again to get what was kept for it. */
    private static final Duration REPLACED_WITHIN = Duration.ofSeconds(30);

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Consumer<CallFeed> hearsNoMore;

    /** @param removedAt by {@link System#nanoTime()}; null while the route exists */
    private record Kept(CallFeed feed, Long removedAt) {}

    /** @param hearsNoMore called with a feed that must not be offered anything more */
    public KeptFeeds(Consumer<CallFeed> hearsNoMore) {
        this.hearsNoMore = hearsNoMore;
    }

    /**
     * A route's consumer has stopped. Its feed is still offered new states, unless it was closed, for example by a
     * forced stop.
     *
     * @param routeId null if the consumer belongs to no route: nothing is kept then
     */
    public void keep(String routeId, CallFeed feed) {
        if (routeId == null || feed.isClosed()) {
            close(feed);
        } else {
            kept.put(routeId, new Kept(feed, null));
        }
    }

    private void close(CallFeed feed) {
        hearsNoMore.accept(feed);
        feed.close();
    }

    /** Removes and returns the feed that was kept for a route; null if there is none. */
    public CallFeed take(String routeId) {
        Kept one = routeId == null ? null : kept.remove(routeId);
        return one == null ? null : one.feed();
    }

    @Override
    public void onRoutesRemove(Collection<Route> routes) {
        for (Route route : routes) {
            kept.computeIfPresent(route.getId(), (id, one) -> new Kept(one.feed(), System.nanoTime()));
        }
    }

    /** Must be called a few times a second: discards what is kept for routes that do not come back. */
    void tick() {
        for (Map.Entry<String, Kept> one : kept.entrySet()) {
            Long removedAt = one.getValue().removedAt();
            if (removedAt != null
                    && System.nanoTime() - removedAt >= REPLACED_WITHIN.toNanos()
                    && kept.remove(one.getKey(), one.getValue())) {
                close(one.getValue().feed());
            }
        }
    }

    @Override
    public void onContextStopped(CamelContext context) {
        kept.values().forEach(one -> close(one.feed()));
        kept.clear();
    }
}
