package dev.callout.esl;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import dev.callout.esl.wire.EslEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that wait for one consumer. When it is full, further events are discarded and counted. */
final class EventBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(EventBuffer.class);

    private final String consumer;
    private final Set<String> names;
    private final BlockingQueue<Received> waiting;
    private final LongAdder discarded = new LongAdder();
    private final AtomicBoolean warned = new AtomicBoolean();

    /** An event and the switch that sent it. */
    record Received(EslSwitch from, EslEvent event) {
    }

    /**
     * @param consumer whom the events are for, in logs
     * @param names    of the events that are taken; none: all
     * @param size     how many may wait
     */
    EventBuffer(String consumer, Set<String> names, int size) {
        this.consumer = consumer;
        this.names = names;
        this.waiting = new LinkedBlockingQueue<>(size);
    }

    Set<String> names() {
        return names;
    }

    /** Takes the event, passes it over or discards it; never blocks. */
    void offer(EslSwitch from, EslEvent event) {
        if (!names.isEmpty() && !names.contains(event.name())) {
            return;
        }
        if (!waiting.offer(new Received(from, event))) {
            discarded.increment();
            if (warned.compareAndSet(false, true)) {
                LOG.warn("{} is too slow: its buffer is full and events are discarded. Make the route faster, name fewer events"
                        + " or raise bufferSize; MissedByConsumers counts what is lost", consumer);
            }
        }
    }

    /** The next event; null if none comes in time. */
    Received poll(long millis) throws InterruptedException {
        return waiting.poll(millis, TimeUnit.MILLISECONDS);
    }

    long discarded() {
        return discarded.sum();
    }
}
