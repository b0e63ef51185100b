package dev.callout.esl;

import dev.callout.esl.call.CallFeed;
import dev.callout.esl.call.CallState;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.switches.KeptFeeds;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.slf4j.MDC;

/**
 * Delivers the states of each registered call to a route. Each consumer thread waits until the route has finished with
 * one state before it delivers the next. This keeps the states of a call in order, and a slow route delays only itself.
 * While the route is suspended, or stopped in a running context, the states are kept and delivered when the route runs
 * again.
 */
public class EslCallsConsumer extends EslConsumer implements ShutdownAware {

    private CallFeed feed;

    EslCallsConsumer(EslEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
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
        startThreads(() -> deliver(source, number));
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

    private void deliver(CallFeed source, int number) throws InterruptedException {
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
    }

    private void deliver(EslCall call, CallState state) {
        deliver("State " + state + " of call " + call.uuid(), message -> CallHeaders.write(call, state, message));
        if (call.toldAt(state) > 0) {
            EslComponent component = getEndpoint().getComponent();
            long millis = component.getClock().millis() - call.toldAt(state);
            component.getMeters().processed(call.switchName(), getRouteId(), millis);
        }
    }
}
