package dev.callout.esl.switches;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Turns a counter into a rate, measured over about the last second. */
final class CommandRate {

    private static final long SPAN_MS = 1_000;

    private final InstantSource clock;
    private final LongSupplier counter;
    private long since;
    private long countThen;
    private volatile double perSecond;

    CommandRate(InstantSource clock, LongSupplier counter) {
        this.clock = clock;
        this.counter = counter;
        this.since = clock.millis();
    }

    /** Must be called by one thread, more often than once a second. */
    void tick() {
        long now = clock.millis();
        if (now - since >= SPAN_MS) {
            long count = counter.getAsLong();
            perSecond = (count - countThen) * 1000.0 / (now - since);
            since = now;
            countThen = count;
        }
    }

    double perSecond() {
        return perSecond;
    }
}
