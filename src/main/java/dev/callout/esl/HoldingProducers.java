package dev.callout.esl;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Makes each producer that holds exchanges a service of its route. Camel tells a route's services that the route is being
 * stopped (ShutdownPrepared) before it waits for exchanges in flight, but not the producers behind the route's steps.
 */
final class HoldingProducers extends LifecycleStrategySupport {

    private final Set<EslOriginateProducer> producers = ConcurrentHashMap.newKeySet();

    void add(EslOriginateProducer producer) {
        producers.add(producer);
    }

    void remove(EslOriginateProducer producer) {
        producers.remove(producer);
    }

    /** Called when a route's producers have been started and its consumer has not. */
    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            producers.stream()
                    .filter(producer -> route.getId().equals(producer.getRouteId()))
                    .forEach(route::addService);
        }
    }
}
