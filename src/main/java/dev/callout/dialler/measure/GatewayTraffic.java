package dev.callout.dialler.measure;

import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.HangupCauses;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What this node has dialled by each gateway since it was started. Thread-safe. */
public final class GatewayTraffic {

    /** Names calls that leave by {@code callout.campaign.sipproxy}. */
    public static final String PROXY = "proxy";

    private static final String OTHER = "other";
    /** More than are in use; routes may choose by any name. */
    private static final int MOST = 10_000;

    private final Map<String, Counters> counters = new ConcurrentHashMap<>();
    private final Attempts attempts;
    private final LongSupplier nanoTime;

    /**
     * The counts of one gateway.
     *
     * @param up         calls that are up
     * @param made       calls for which a switch has created a channel
     * @param lastMinute those of them in the last sixty seconds
     * @param causes     how many calls have ended by each hang-up cause
     */
    public record Counts(int up, long made, int lastMinute, Map<String, Long> causes) {}

    private static final class Counters {
        private final LongAdder made = new LongAdder();
        private final LastMinute lastMinute = new LastMinute();
        private final Map<String, LongAdder> causes = new ConcurrentHashMap<>();
    }

    /** @param attempts the attempts in progress */
    public GatewayTraffic(Attempts attempts, LongSupplier nanoTime) {
        this.attempts = attempts;
        this.nanoTime = nanoTime;
    }

    /** Returns the name under which calls by a gateway are counted; null: {@code callout.campaign.sipproxy}. */
    public static String nameOf(String gateway) {
        return gateway == null ? PROXY : gateway.replace("::", "/");
    }

    /** A switch has created a channel for a call. */
    public void sent(Attempt attempt) {
        Counters of = of(nameOf(attempt.gateway()));
        of.made.increment();
        of.lastMinute.add(second());
    }

    /** A call has ended. */
    public void ended(Attempt attempt, CallResult result) {
        String cause = result.cause().name();
        boolean isNamed = HangupCauses.contains(cause) || CauseClass.LOST_RESULT.equals(cause);
        of(nameOf(attempt.gateway()))
                .causes
                .computeIfAbsent(isNamed ? cause : OTHER, fresh -> new LongAdder())
                .increment();
    }

    /** Returns the counts of a gateway, by the name under which it is counted; all zero if nothing left by it. */
    public Counts counts(String name) {
        Counters of = counters.getOrDefault(name, new Counters());
        Map<String, Long> causes = new TreeMap<>();
        of.causes.forEach((cause, calls) -> causes.put(cause, calls.sum()));
        return new Counts(up(name), of.made.sum(), of.lastMinute.calls(second()), Collections.unmodifiableMap(causes));
    }

    private int up(String name) {
        return (int) attempts.all().stream()
                .filter(one -> one.has(Fact.HAS_CHANNEL)
                        && one.written() == null
                        && nameOf(one.gateway()).equals(name))
                .count();
    }

    /** Forgets the counts of all gateways but these. */
    public void keepOnly(Set<String> names) {
        counters.keySet().retainAll(names);
    }

    private Counters of(String name) {
        return counters.size() < MOST || counters.containsKey(name)
                ? counters.computeIfAbsent(name, fresh -> new Counters())
                : new Counters();
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
    }
}
