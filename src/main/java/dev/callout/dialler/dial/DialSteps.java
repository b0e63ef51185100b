package dev.callout.dialler.dial;

import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.doors.DialThreads;
import dev.callout.dialler.doors.Door;
import dev.callout.dialler.doors.DoorRoutes;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Intercepts each step of the route that reads {@code seda:dial}, whoever wrote the route. From the first step on, the
 * step's number is known. Each step runs on one of the {@link DialThreads}, not on the thread on which the step before
 * it ended. The time limit of the doors starts with the first step. A built-in door is skipped.
 */
public final class DialSteps implements InterceptStrategy {

    private static final String QUEUE = "seda:/*dial(\\?.*)?";

    private final HandOver handOver;
    private final DialThreads threads;
    private final DoorRoutes doorRoutes;
    private final Supplier<Duration> doorTime;
    /** Whether the route calls the doors at all: a user's copy of it may have left them out. */
    private volatile boolean asksDoors;

    /** @param doorTime gives how long the doors may take for a number, including waiting for a thread */
    public DialSteps(HandOver handOver, DialThreads threads, DoorRoutes doorRoutes, Supplier<Duration> doorTime) {
        this.doorRoutes = doorRoutes;
        this.handOver = handOver;
        this.threads = threads;
        this.doorTime = doorTime;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        if (!carriesNumbers(definition)) {
            return target;
        }
        Door door = definition instanceof ToDefinition to ? Door.at(to.getEndpointUri()) : null;
        asksDoors |= door != null;
        return new Step(door, target);
    }

    private static boolean carriesNumbers(NamedNode definition) {
        NamedNode node = definition;
        while (node != null && !(node instanceof NamedRoute)) {
            node = node.getParent();
        }
        return node instanceof NamedRoute route && route.getEndpointUrl().matches(QUEUE);
    }

    private final class Step extends DelegateAsyncProcessor {

        private final Door door;

        /** @param door the door that the step calls; null for any other step */
        private Step(Door door, Processor processor) {
            super(processor);
            this.door = door;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            // The property may still hold an earlier number, which stayed on the exchange that asked for the claim.
            if (exchange.getMessage().getBody() instanceof Attempt attempt
                    && attempt != exchange.getProperty(Attempt.PROPERTY, Attempt.class)) {
                handOver.begin(exchange, attempt);
                if (asksDoors && doorRoutes.anyOpenOnTheWay()) {
                    handOver.waitFor(attempt, doorTime.get());
                }
            }
            if (door != null && !doorRoutes.isOpen(door)) {
                callback.done(true);
                return true;
            }
            Attempt attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
            if (attempt == null || threads.isOn(attempt.campaign().id())) {
                return super.process(exchange, callback);
            }
            try {
                threads.execute(attempt.campaign().id(), () -> goOn(exchange, callback));
                return false;
            } catch (NotNowException e) {
                exchange.setException(e);
                callback.done(true);
                return true;
            }
        }

        private void goOn(Exchange exchange, AsyncCallback callback) {
            // The caller has already been told that this continues asynchronously.
            super.process(exchange, doneSync -> callback.done(false));
        }
    }
}
