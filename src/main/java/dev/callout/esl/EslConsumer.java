package dev.callout.esl;

import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer with threads of its own. Each thread waits until the route has finished with a message. */
abstract class EslConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(EslConsumer.class);

    /** Null before the first start. The subclass ends them. */
    ExecutorService threads;

    /** Delivers until there is nothing more to deliver. */
    interface Delivery {

        void run() throws InterruptedException;
    }

    EslConsumer(EslEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public EslEndpoint getEndpoint() {
        return (EslEndpoint) super.getEndpoint();
    }

    final void startThreads(Delivery delivery) {
        threads = getEndpoint().newConsumerThreads(this);
        for (int i = 0; i < getEndpoint().getConcurrentConsumers(); i++) {
            threads.execute(() -> {
                try {
                    delivery.run();
                } catch (InterruptedException e) {
                    LOG.debug("{} was interrupted", getEndpoint());
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /**
     * Delivers one message and waits until the route has finished with it.
     *
     * @param what    names the message to an operator if the route fails
     * @param content writes its body and headers
     */
    final void deliver(String what, Consumer<Message> content) {
        Exchange exchange = createExchange(false);
        try {
            content.accept(exchange.getMessage());
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            getExceptionHandler().handleException(what + " was not processed", exchange, exchange.getException());
        }
        releaseExchange(exchange, false);
    }
}
