package dev.callout.esl.call;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls whose new states one consumer has yet to receive. The feed queues calls, not states, and each call at most
 * once. So a consumer that is slow for a while falls behind without losing anything, and without slowing anybody else.
 */
public final class CallFeed {

    private static final Logger LOG = LoggerFactory.getLogger(CallFeed.class);

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

        /** The call. */
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
    public synchronized void offer(EslCall call) {
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
    public synchronized int hear() {
        paused = false;
        return hearing;
    }

    /** Ends {@link #take} for all current threads. Undelivered states are kept for the next delivery. */
    public synchronized void hearNoMore() {
        hearing++;
        notifyAll();
    }

    /**
     * Waits for the next call with new states and returns it. Null if the feed is closed, or if the delivery with this
     * number has ended.
     */
    public synchronized Story take(int number) throws InterruptedException {
        while (!closed && number == hearing && (paused || waiting.isEmpty())) {
            wait();
        }
        if (closed || number != hearing) {
            return null;
        }
        beingTold++;
        return waiting.remove();
    }

    /** The next state of a taken call that the consumer has not received. Null if there is none, or while paused. */
    public synchronized CallState next(Story story) {
        List<CallState> reached = story.call.reached();
        return paused || story.told == reached.size() ? null : reached.get(story.told++);
    }

    /** The consumer has finished with a taken call. If the call has undelivered states, it is queued again. */
    public synchronized void told(Story story) {
        beingTold--;
        story.queued = false;
        goOn(story);
    }

    private void goOn(Story story) {
        if (story.told < story.call.reached().size()) {
            story.queued = true;
            waiting.add(story);
            notify();
        } else if (story.complete) {
            stories.remove(story.call);
        }
    }

    /** The number of calls with undelivered states. */
    public synchronized int pending() {
        return closed ? 0 : waiting.size() + beingTold;
    }

    /** How often a call's states were turned away because the consumer was too far behind. */
    public synchronized long missed() {
        return missed;
    }

    /** Pauses or resumes delivery. */
    public synchronized void pause(boolean on) {
        paused = on;
        notifyAll();
    }

    /** Whether the feed is closed, so that nothing is delivered any more. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Ends {@link #take} for good. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
