package dev.callout.lifecycle;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Lets the exchanges that a queue hands on fail each by itself. An exchange notes which error handlers it is in, and
 * {@code seda:} copies the reference to that note, not the note (Camel 4.14, {@code FatalFallbackErrorHandler}). If an
 * error handler has once run for an exchange, all exchanges that come from it share the note. When two of them fail at
 * the same time, Camel takes that for one that fails in its own error handler, and leaves the second one unhandled.
 */
public final class QueueBegins implements RoutePolicyFactory {

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camelContext, String routeId, NamedNode route) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route begun, Exchange exchange) {
                if (begun.getEndpoint() instanceof SedaEndpoint) {
                    exchange.removeProperty(ExchangePropertyKey.FATAL_FALLBACK_ERROR_HANDLER);
                }
            }
        };
    }
}
