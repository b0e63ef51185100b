package dev.callout.esl.switches;

import dev.callout.esl.wire.EslEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that wait for one consumer. When the buffer is full, further events are discarded and counted. */
public final class EventBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(EventBuffer.class);

    private final Queue<Received> waiting = new ArrayDeque<>();
    private final String consumer;
    private final EventNames names;
    private final int size;
    private long discarded;
    private boolean paused;
    private boolean closed;

    /** An event and the switch that sent it. */
    public record Received(EslSwitch from, EslEvent event) {}

    /**
     * @param consumer the consumer's name, for logs
     * @param names    names of the events to accept; none: all
     * @param size     how many events may wait
     */
    public EventBuffer(String consumer, EventNames names, int size) {
        this.consumer = consumer;
        this.names = names;
        this.size = size;
    }

    EventNames names() {
        return names;
    }

    /** Accepts the event, ignores it, or discards it. Never blocks for long. */
    synchronized void offer(EslSwitch from, EslEvent event) {
        if (!names.isEmpty() && !names.contains(event)) {
            return;
        }
        if (waiting.size() < size) {
            waiting.add(new Received(from, event));
            notify();
        } else if (discarded++ == 0) {
            LOG.warn(
                    "{} is too slow: its buffer is full and events are discarded. Make the route faster, name fewer events"
                            + " or raise bufferSize; MissedByConsumers counts what is lost",
                    consumer);
        }
    }

    /** Waits for the next event, also while paused, and returns it. Null when closed. */
    public synchronized Received take() throws InterruptedException {
        while (!closed && (paused || waiting.isEmpty())) {
            wait();
        }
        return closed ? null : waiting.remove();
    }

    /** Holds back the waiting events, or releases them. */
    public synchronized void pause(boolean on) {
        paused = on;
        notifyAll();
    }

    /** Ends {@link #take} for good. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** How many events wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    synchronized long discarded() {
        return discarded;
    }
}
