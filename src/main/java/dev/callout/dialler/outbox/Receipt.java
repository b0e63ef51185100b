package dev.callout.dialler.outbox;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Whether the receiver has taken an outcome. The receiver may be a route that shares the exchange: one that has ended its route, or
 * has handled its own exception, would end the sender's route, too, and the outcome would be sent again and again.
 */
public final class Receipt implements AggregationStrategy {

    /** The receiver has marked an outcome for rollback, without an exception. */
    private static final class RolledBackException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private RolledBackException() {
            super("it has marked the message for rollback");
        }
    }

    /** Leaves an exception if the receiver has not taken the outcome, and nothing that ends the sender's route otherwise. */
    @Override
    public Exchange aggregate(Exchange none, Exchange sent) {
        if (sent.getException() == null && (sent.isRollbackOnly() || sent.isRollbackOnlyLast())) {
            sent.setException(new RolledBackException());
        }
        sent.setRollbackOnly(false);
        sent.setRollbackOnlyLast(false);
        sent.setRouteStop(false);
        sent.getExchangeExtension().setErrorHandlerHandled(null);
        return sent;
    }
}
