package dev.callout.dialler.outbox;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on why the outbox could not be read, or why outcomes that were sent could not be deleted. Both are tried again. */
public final class OutboxFaults implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxFaults.class);

    private final CamelContext camelContext;
    private final Processor outages;

    /** @param outages receives an exchange with the exception that was caught, as from an error handler */
    public OutboxFaults(CamelContext camelContext, Processor outages) {
        this.camelContext = camelContext;
        this.outages = outages;
    }

    @Override
    public void handleException(Throwable exception) {
        Exchange exchange = new DefaultExchange(camelContext);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, exception);
        try {
            outages.process(exchange);
        } catch (Exception e) {
            LOG.warn("The outbox cannot be read, and is read again", exception);
        }
    }

    @Override
    public void handleException(String message, Throwable exception) {
        handleException(exception);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        handleException(exception);
    }
}
