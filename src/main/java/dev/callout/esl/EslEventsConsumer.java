package dev.callout.esl;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.callout.esl.wire.EslEvent;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a route the switch's events as they come. Events that come while the route is suspended are not kept. */
public class EslEventsConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(EslEventsConsumer.class);

    private static final Pattern EVENT_NAME = Pattern.compile("[A-Z_]+");
    private static final long POLL_MS = 500;

    private final PasswordMask mask = new PasswordMask();
    private EventBuffer buffer;
    private ExecutorService threads;
    private volatile boolean listening;

    public EslEventsConsumer(EslEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public EslEndpoint getEndpoint() {
        return (EslEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        buffer = new EventBuffer(getEndpoint().toString(), names(), getEndpoint().getBufferSize());
        threads = getEndpoint().newConsumerThreads(this);
        listening = true;
        for (int i = 0; i < getEndpoint().getConcurrentConsumers(); i++) {
            threads.execute(this::run);
        }
        listen();
    }

    private Set<String> names() {
        String names = getEndpoint().getNames();
        Set<String> set = Stream.of(names == null ? new String[0] : names.split(","))
                .map(String::strip).filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet());
        for (String name : set) {
            if (!EVENT_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Option names of " + getEndpoint().getEndpointBaseUri() + " holds \"" + name
                        + "\": give event names such as CHANNEL_ANSWER, separated by commas");
            }
        }
        return set;
    }

    private void listen() {
        getEndpoint().switches().forEach(from -> from.addBuffer(buffer));
    }

    private void listenNoMore() {
        getEndpoint().switches().forEach(from -> from.removeBuffer(buffer));
    }

    @Override
    protected void doSuspend() throws Exception {
        listenNoMore();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        listen();
    }

    @Override
    protected void doStop() throws Exception {
        listening = false;
        if (buffer != null) {
            listenNoMore();
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(threads);
        }
        super.doStop();
    }

    private void run() {
        try {
            while (listening) {
                EventBuffer.Received received = buffer.poll(POLL_MS);
                if (received != null) {
                    deliver(received);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", getEndpoint());
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(EventBuffer.Received received) {
        Exchange exchange = createExchange(false);
        try {
            fill(exchange.getMessage(), received);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            getExceptionHandler().handleException("Event " + received.event().name() + " was not processed", exchange,
                    exchange.getException());
        }
        releaseExchange(exchange, false);
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
