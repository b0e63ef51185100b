package dev.callout.esl;

import dev.callout.esl.call.CallState;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.switches.EslSwitch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Dials the dial string in the body, or adopts a call, and holds the exchange until the call has ended or was refused.
 * A failed call is a result, reported in headers. An exception means that nothing was sent to the switch, or that the
 * route is stopping.
 */
public class EslOriginateProducer extends DefaultAsyncProducer implements RouteIdAware, ShutdownPrepared {

    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private String routeId;

    EslOriginateProducer(EslEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public EslEndpoint getEndpoint() {
        return (EslEndpoint) super.getEndpoint();
    }

    /** Null if the producer belongs to no route, such as that of a ProducerTemplate. */
    @Override
    public String getRouteId() {
        return routeId;
    }

    @Override
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        EslCall call;
        try {
            if (stopping) {
                throw new EslNotSentException("The route is stopping: nothing more is dialled");
            }
            OriginateRequest request = OriginateRequest.of(exchange);
            EslSwitch to = getEndpoint().switchFor(exchange);
            call = request.isAdoption() ? carryOut(request, to) : originate(request, to, exchange);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        Held one = new Held(call, exchange, callback, new AtomicBoolean());
        held.add(one);
        call.ended()
                .whenCompleteAsync(
                        (ended, fault) -> {
                            try {
                                if (fault != null) {
                                    notSent(exchange);
                                }
                            } finally {
                                end(one, fault);
                            }
                        },
                        getEndpoint().getComponent().running().workers());
        if (stopping) {
            detach(one);
        }
        return false;
    }

    private EslCall originate(OriginateRequest request, EslSwitch to, Exchange exchange) {
        Predicate<Exchange> mayBeSent = getEndpoint().getComponent().getMayBeSent();
        if (mayBeSent != null && !mayBeSent.test(exchange)) {
            throw new EslNotSentException(
                    "Call " + request.callUuid() + " was sent already, or must not be sent any more");
        }
        try {
            return carryOut(request, to);
        } catch (RuntimeException | Error e) {
            notSent(exchange);
            throw e;
        }
    }

    private EslCall carryOut(OriginateRequest request, EslSwitch to) {
        return request.carryOutOn(
                to,
                getEndpoint().getComponent().getClock().millis(),
                Duration.ofMillis(getEndpoint().getJobTimeout()));
    }

    private void notSent(Exchange exchange) {
        Consumer<Exchange> hears = getEndpoint().getComponent().getNotSent();
        if (hears != null) {
            hears.accept(exchange);
        }
    }

    /**
     * Runs on the thread that stops the route, so that this thread need not wait and check again whether all exchanges
     * are done.
     */
    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (!suspendOnly) {
            detachAll();
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        getEndpoint().getComponent().holdingProducers().producers().add(this);
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getComponent().holdingProducers().producers().remove(this);
        detachAll();
        super.doStop();
    }

    private void detachAll() {
        stopping = true;
        held.forEach(this::detach);
    }

    /**
     * An exchange that waits for the end of its call. The end of the call and the stop of the route race to complete
     * it; exactly one wins.
     */
    private record Held(EslCall call, Exchange exchange, AsyncCallback callback, AtomicBoolean done) {}

    private void end(Held one, Throwable fault) {
        if (!one.done.compareAndSet(false, true)) {
            return;
        }
        if (fault == null) {
            List<CallState> reached = one.call.reached();
            CallHeaders.write(one.call, reached.get(reached.size() - 1), one.exchange.getMessage());
        } else {
            one.exchange.setException(fault);
        }
        held.remove(one);
        one.callback.done(false);
    }

    private void detach(Held one) {
        end(one, new CallDetachedException(one.call.uuid(), one.call.switchName()));
    }
}
