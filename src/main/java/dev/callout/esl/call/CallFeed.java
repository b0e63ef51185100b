package dev.callout.esl.call;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls whose new states one consumer has yet to receive. The feed queues calls, not states, and each call at most
 * once. So a consumer that is slow for a while falls behind without losing anything, and without slowing anybody else.
 */
public final class CallFeed {

    private static final Logger LOG = LoggerFactory.getLogger(CallFeed.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<EslCall, Story> stories = new HashMap<>();
    private final Queue<Story> waiting = new ArrayDeque<>();
    private final String consumer;
    private final int most;
    private int beingTold;
    private long missed;
    private boolean paused;
    private int hearing;
    private boolean closed;

    /**
     * A call and how many of its states the consumer has received. One thread holds it from {@link #take} to
     * {@link #told}.
     */
    public static final class Story {

        private final EslCall call;
        private int told;
        private boolean queued;
        /**
         * No further states will be offered. The consumer may already have received more states than were offered, so
         * only this flag ends a story.
         */
        private boolean complete;

        private Story(EslCall call) {
            this.call = call;
        }

        public EslCall call() {
            return call;
        }
    }

    /**
     * @param consumer the consumer's name, for logs
     * @param most     calls that may be open for the consumer; beyond that it misses further calls completely, never
     *                 parts of one
     */
    public CallFeed(String consumer, int most) {
        this.consumer = consumer;
        this.most = most;
    }

    /**
     * A call has reached a new state. Must be called once for each change of a call, in order. Never blocks for long.
     */
    public void offer(EslCall call) {
        lock.lock();
        try {
            Story story = stories.get(call);
            if (story == null) {
                if (closed || stories.size() >= most) {
                    turnAway();
                    return;
                }
                story = new Story(call);
                stories.put(call, story);
            }
            story.complete = call.isOver();
            if (!story.queued) {
                goOn(story);
            }
        } finally {
            lock.unlock();
        }
    }

    private void turnAway() {
        if (!closed && missed++ == 0) {
            LOG.warn(
                    "{} is {} calls behind and misses further ones. Make the route faster or raise maxPendingCalls;"
                            + " MissedByConsumers counts what is lost",
                    consumer,
                    most);
        }
    }

    /** Starts delivery. Returns the number of this delivery, which ends at {@link #hearNoMore}. */
    public int hear() {
        lock.lock();
        try {
            paused = false;
            return hearing;
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #take} for all current threads. Undelivered states are kept for the next delivery. */
    public void hearNoMore() {
        lock.lock();
        try {
            hearing++;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next call with new states and returns it. Null if the feed is closed, or if the delivery with this
     * number has ended.
     */
    public Story take(int number) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && number == hearing && (paused || waiting.isEmpty())) {
                moved.await();
            }
            if (closed || number != hearing) {
                return null;
            }
            beingTold++;
            return waiting.remove();
        } finally {
            lock.unlock();
        }
    }

    /** The next state of a taken call that the consumer has not received. Null if there is none, or while paused. */
    public CallState next(Story story) {
        lock.lock();
        try {
            List<CallState> reached = story.call.reached();
            return paused || story.told == reached.size() ? null : reached.get(story.told++);
        } finally {
            lock.unlock();
        }
    }

    /** The consumer has finished with a taken call. If the call has undelivered states, it is queued again. */
    public void told(Story story) {
        lock.lock();
        try {
            beingTold--;
            story.queued = false;
            goOn(story);
        } finally {
            lock.unlock();
        }
    }

    private void goOn(Story story) {
        if (story.told < story.call.reached().size()) {
            story.queued = true;
            waiting.add(story);
            moved.signal();
        } else if (story.complete) {
            stories.remove(story.call);
        }
    }

    /** The number of calls with undelivered states. */
    public int pending() {
        lock.lock();
        try {
            return closed ? 0 : waiting.size() + beingTold;
        } finally {
            lock.unlock();
        }
    }

    /** How often a call's states were turned away because the consumer was too far behind. */
    public long missed() {
        lock.lock();
        try {
            return missed;
        } finally {
            lock.unlock();
        }
    }

    /** Pauses or resumes delivery. */
    public void pause(boolean on) {
        lock.lock();
        try {
            paused = on;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the feed is closed, so that nothing is delivered any more. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
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
}
