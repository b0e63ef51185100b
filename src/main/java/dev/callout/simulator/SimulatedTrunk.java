package dev.callout.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A carrier's trunk with limits, which gateways of several switches of this process may share. It answers 503 to a call
 * over one of them. Thread-safe.
 */
public final class SimulatedTrunk {

    private final int calls;
    private final long nanos;
    private final int channels;
    private final Deque<Long> taken = new ArrayDeque<>();
    private int up;
    private int peak;
    private int total;
    private int refused;

    /**
     * @param calls    how many calls it takes in any span of this length
     * @param span     the span, wherever it begins: a second for most carriers
     * @param channels how many calls may be up at once
     */
    public SimulatedTrunk(int calls, Duration span, int channels) {
        this.calls = calls;
        this.nanos = span.toNanos();
        this.channels = channels;
    }

    /** Takes a call, or refuses it. */
    synchronized boolean take() {
        long now = System.nanoTime();
        while (!taken.isEmpty() && now - taken.peek() >= nanos) {
            taken.remove();
        }
        if (taken.size() >= calls || up >= channels) {
            refused++;
            return false;
        }
        taken.add(now);
        up++;
        total++;
        peak = Math.max(peak, up);
        return true;
    }

    /** A call that it has taken is over. */
    synchronized void over() {
        up--;
    }

    /** How many calls it has taken. */
    public synchronized int total() {
        return total;
    }

    /** How many calls it has refused. */
    public synchronized int refused() {
        return refused;
    }

    /** How many calls were up at once at most. */
    public synchronized int peak() {
        return peak;
    }
}
