package dev.callout.dialler.measure;

import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.dialler.attempt.StatusRow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** What this node has dialled for each campaign since it was started. Thread-safe. */
public final class Traffic {

    private final Map<Long, Counters> counters = new ConcurrentHashMap<>();
    /** Of a campaign of which nothing was dialled. */
    private final Counters none = new Counters();

    private final LongSupplier nanoTime;
    private final LongPredicate known;

    /**
     * The counts of one campaign.
     *
     * @param made              calls for which a switch has created a channel
     * @param answered          calls that were answered
     * @param cancelledAnswered those of them that were to be cancelled and were hung up at once
     * @param talkSeconds       seconds of talk of the calls that have ended
     * @param lastMinute        the calls of {@code made} in the last sixty seconds
     */
    public record Counts(long made, long answered, long cancelledAnswered, long talkSeconds, int lastMinute) {}

    private static final class Counters {
        private final LongAdder made = new LongAdder();
        private final LongAdder answered = new LongAdder();
        private final LongAdder cancelledAnswered = new LongAdder();
        private final LongAdder talkMillis = new LongAdder();
        private final LastMinute lastMinute = new LastMinute();
    }

    /** @param known whether there is a campaign with that id; counts of other ids are dropped when a new one comes */
    public Traffic(LongSupplier nanoTime, LongPredicate known) {
        this.nanoTime = nanoTime;
        this.known = known;
    }

    /** A switch has created a channel for a call. */
    public void dialled(long campaign) {
        Counters of = of(campaign);
        of.made.increment();
        of.lastMinute.add(second());
    }

    /**
     * A call has ended.
     *
     * @param call what is written about it
     */
    public void ended(CallResult result, StatusRow call) {
        Counters of = of(call.key().campaign());
        if (result.answered()) {
            of.answered.increment();
            if (CauseClass.CANCELLED.equals(result.cause().name())) {
                of.cancelledAnswered.increment();
            }
            of.talkMillis.add(
                    result.times().billMs() == null ? 0 : result.times().billMs());
        }
    }

    /** The counts of one campaign; all zero if nothing of it was dialled. */
    public Counts counts(long campaign) {
        Counters of = counters.getOrDefault(campaign, none);
        return new Counts(
                of.made.sum(),
                of.answered.sum(),
                of.cancelledAnswered.sum(),
                TimeUnit.MILLISECONDS.toSeconds(of.talkMillis.sum()),
                of.lastMinute.calls(second()));
    }

    /** For how many campaigns anything is kept. */
    int size() {
        return counters.size();
    }

    private Counters of(long campaign) {
        Counters one = counters.get(campaign);
        if (one == null) {
            counters.keySet().removeIf(id -> !known.test(id));
            one = counters.computeIfAbsent(campaign, id -> new Counters());
        }
        return one;
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
    }
}
