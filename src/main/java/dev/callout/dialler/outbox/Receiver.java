package dev.callout.dialler.outbox;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * The endpoint that {@code callout.outbox.to} names. Of several threads that ask Camel at the same time for an endpoint that is
 * not there yet, each makes one, and one that nobody has started may stay (Camel 4.14): then nothing is sent until the next
 * start. So it is made by one thread, before the others look it up.
 */
final class Receiver {

    /** As route {@code outbox} names it. */
    private static final String URI = "{{callout.outbox.to:direct:no-receiver}}";

    private final CamelContext camelContext;
    private Expression uri;

    Receiver(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /**
     * Makes the endpoint, unless it is there.
     *
     * @param exchange the message, to which the URI may refer
     * @throws RuntimeException if there is no such component, or the URI has a fault
     */
    synchronized void lookUp(Exchange exchange) {
        if (uri == null) {
            uri = camelContext
                    .resolveLanguage("simple")
                    .createExpression(camelContext.resolvePropertyPlaceholders(URI));
            uri.init(camelContext);
        }
        camelContext.getEndpoint(uri.evaluate(exchange, String.class));
    }
}
