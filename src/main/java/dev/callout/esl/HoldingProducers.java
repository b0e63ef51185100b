package dev.callout.esl;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Registers each producer that holds exchanges as a service of its route. Before Camel waits for exchanges in flight,
 * it tells a route's services that the route is stopping (ShutdownPrepared). It does not tell the producers behind the
 * route's steps.
 */
final class HoldingProducers extends LifecycleStrategySupport {

    private final Set<EslOriginateProducer> producers = ConcurrentHashMap.newKeySet();

    /** The producers that are started. */
    Set<EslOriginateProducer> producers() {
        return producers;
    }

    /** Camel calls this when a route's producers have been started and its consumer has not. */
    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            producers.stream()
                    .filter(producer -> route.getId().equals(producer.getRouteId()))
                    .forEach(route::addService);
        }
    }
}
