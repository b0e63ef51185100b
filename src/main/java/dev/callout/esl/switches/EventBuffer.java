package dev.callout.esl.switches;

import dev.callout.esl.wire.EslEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that wait for one consumer. When the buffer is full, further events are discarded and counted. */
public final class EventBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(EventBuffer.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
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
    void offer(EslSwitch from, EslEvent event) {
        if (!names.isEmpty() && !names.contains(event)) {
            return;
        }
        lock.lock();
        try {
            if (waiting.size() < size) {
                waiting.add(new Received(from, event));
                moved.signal();
            } else if (discarded++ == 0) {
                LOG.warn(
                        "{} is too slow: its buffer is full and events are discarded. Make the route faster, name fewer events"
                                + " or raise bufferSize; MissedByConsumers counts what is lost",
                        consumer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next event, also while paused, and returns it. Null when closed. */
    public Received take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && (paused || waiting.isEmpty())) {
                moved.await();
            }
            return closed ? null : waiting.remove();
        } finally {
            lock.unlock();
        }
    }

    /** Holds back the waiting events, or releases them. */
    public void pause(boolean on) {
        lock.lock();
        try {
            paused = on;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #take} for good. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    long discarded() {
        lock.lock();
        try {
            return discarded;
        } finally {
            lock.unlock();
        }
    }
}
