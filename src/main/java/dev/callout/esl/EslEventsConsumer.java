package dev.callout.esl;

import dev.callout.esl.switches.EventBuffer;
import dev.callout.esl.switches.EventNames;
import dev.callout.esl.wire.EslEvent;
import java.util.Objects;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Delivers the switch's events to a route as they come. While the route is suspended, no event is delivered. Events
 * that were already waiting are delivered when the route resumes. Events that the switch sends in the meantime are not.
 */
public class EslEventsConsumer extends EslConsumer {

    private final PasswordMask mask = new PasswordMask();
    private EventBuffer buffer;

    EslEventsConsumer(EslEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EventNames names = EventNames.of(Objects.toString(getEndpoint().getNames(), ""));
        EventBuffer events =
                new EventBuffer(getEndpoint().toString(), names, getEndpoint().getBufferSize());
        buffer = events;
        startThreads(() -> deliver(events));
        listen();
    }

    private void listen() {
        EventBuffer events = buffer;
        getEndpoint().hear(events, from -> from.furtherEvents().add(events), from -> from.furtherEvents()
                .remove(events));
    }

    private void listenNoMore() {
        getEndpoint().getComponent().running().hearNoMore(buffer);
    }

    @Override
    protected void doSuspend() throws Exception {
        buffer.pause(true);
        listenNoMore();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        buffer.pause(false);
        listen();
    }

    @Override
    protected void doStop() throws Exception {
        if (buffer != null) {
            buffer.close();
            listenNoMore();
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(threads);
        }
        super.doStop();
    }

    /** The number of events that wait for the route. */
    int waiting() {
        return buffer.waiting();
    }

    private void deliver(EventBuffer events) throws InterruptedException {
        for (EventBuffer.Received received = events.take(); received != null; received = events.take()) {
            EventBuffer.Received one = received;
            deliver("Event " + one.event().name(), message -> fill(message, one));
        }
    }

    private void fill(Message message, EventBuffer.Received received) {
        EslEvent event = mask.mask(received.event());
        message.setBody(event);
        message.setHeader(EslConstants.EVENT_NAME, event.name());
        message.setHeader(EslConstants.SWITCH, received.from().getName());
        setIfPresent(message, EslConstants.CALL_UUID, event.get("Unique-ID"));
        setIfPresent(message, EslConstants.JOB_UUID, event.get("Job-UUID"));
        setIfPresent(message, EslConstants.CORE_UUID, event.get("Core-UUID"));
    }

    private static void setIfPresent(Message message, String header, String value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
