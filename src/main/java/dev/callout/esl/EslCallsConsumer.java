package dev.callout.esl;

import dev.callout.esl.call.CallFeed;
import dev.callout.esl.call.CallState;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.switches.KeptFeeds;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Delivers the states of each registered call to a route. Each consumer thread waits until the route has finished with
 * one state before it delivers the next. This keeps the states of a call in order, and a slow route delays only itself.
 * While the route is suspended, or stopped in a running context, the states are kept and delivered when the route runs
 * again.
 */
public class EslCallsConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(EslCallsConsumer.class);

    private CallFeed feed;
    private ExecutorService threads;

    public EslCallsConsumer(EslEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public EslEndpoint getEndpoint() {
        return (EslEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CallFeed kept = feeds().take(getRouteId());
        CallFeed source = kept == null
                ? new CallFeed(getEndpoint().toString(), getEndpoint().getMaxPendingCalls())
                : kept;
        feed = source;
        int number = source.hear();
        threads = getEndpoint().newConsumerThreads(this);
        for (int i = 0; i < getEndpoint().getConcurrentConsumers(); i++) {
            threads.execute(() -> run(source, number));
        }
        if (kept == null) {
            getEndpoint().hear(source, from -> from.addFeed(source), from -> from.removeFeed(source));
        }
    }

    private KeptFeeds feeds() {
        return getEndpoint().getComponent().running().keptFeeds();
    }

    @Override
    protected void doSuspend() throws Exception {
        feed.pause(true);
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        feed.pause(false);
    }

    @Override
    protected void doStop() throws Exception {
        if (feed != null) {
            feed.hearNoMore();
            feeds().keep(getRouteId(), feed);
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(threads);
        }
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        return isSuspended() ? 0 : feed.pending();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced) {
            feed.close();
        }
    }

    private void run(CallFeed source, int number) {
        try {
            for (CallFeed.Story story = source.take(number); story != null; story = source.take(number)) {
                try {
                    MDC.put(EslCall.MDC_KEY, story.call().uuid());
                    for (CallState state = source.next(story); state != null; state = source.next(story)) {
                        deliver(story.call(), state);
                    }
                } finally {
                    MDC.remove(EslCall.MDC_KEY);
                    source.told(story);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted", getEndpoint());
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(EslCall call, CallState state) {
        Exchange exchange = createExchange(false);
        try {
            CallHeaders.write(call, state, exchange.getMessage());
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            getExceptionHandler()
                    .handleException(
                            "State " + state + " of call " + call.uuid() + " was not processed",
                            exchange,
                            exchange.getException());
        }
        if (call.toldAt(state) > 0) {
            EslComponent component = getEndpoint().getComponent();
            component
                    .getMeters()
                    .processed(
                            call.switchName(),
                            getRouteId(),
                            component.getClock().millis() - call.toldAt(state));
        }
        releaseExchange(exchange, false);
    }
}
