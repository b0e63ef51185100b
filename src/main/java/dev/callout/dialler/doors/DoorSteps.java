package dev.callout.dialler.doors;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Records which step of a door has failed. Camel has forgotten it by the time the route that called the door gets the
 * failure.
 */
public final class DoorSteps implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        Door door = Door.ofRoute(CamelContextHelper.getRouteId(definition));
        return door == null
                ? target
                : new DelegateAsyncProcessor(target) {
                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        return super.process(exchange, doneSync -> {
                            if (exchange.getException() != null) {
                                FailedSteps.inDoor(exchange, door, definition.getId());
                            }
                            callback.done(doneSync);
                        });
                    }
                };
    }
}
