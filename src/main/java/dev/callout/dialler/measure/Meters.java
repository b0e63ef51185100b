package dev.callout.dialler.measure;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.HandedOver;
import dev.callout.campaign.outcome.HangupCauses;
import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.dialler.attempt.StatusRow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * Counts and times what the dialler does, for monitoring. The values of a label are bounded: switches that are or were
 * configured, causes that FreeSWITCH has names for, and "other"; never a campaign or a number.
 */
public final class Meters {

    private static final String WRITE_BEGAN = "CalloutWriteBegan";
    private static final String SWITCH = "switch";
    private static final String REASON = "reason";
    private static final String RESULT = "result";
    private static final String BUSY = "busy";
    private static final String OTHER = "other";
    private static final Duration[] BUCKETS = Stream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Set<String> switches = ConcurrentHashMap.newKeySet();
    private final MeterProvider<Counter> attempts;
    private final MeterProvider<Counter> answered;
    private final MeterProvider<Counter> refused;
    private final MeterProvider<Counter> ended;
    private final MeterProvider<Counter> failedSteps;
    private final MeterProvider<Counter> handOvers;
    private final Counter abandoned;
    private final Counter undialable;
    private final Counter claimed;
    private final Counter givenBack;
    private final Timer claim;
    private final Timer write;
    private final DistributionSummary rows;

    /** @param switches the names of the configured switches */
    public Meters(MeterRegistry registry, Collection<String> switches) {
        attempts = counter("callout.attempts", "Originates sent").withRegistry(registry);
        answered = counter("callout.calls.answered", "Calls answered").withRegistry(registry);
        refused = counter("callout.calls.refused", "Originates that the switch refused: busy if it is over its limits")
                .withRegistry(registry);
        ended = counter("callout.calls.ended", "Calls that have ended, by their outcome and hang-up cause")
                .withRegistry(registry);
        failedSteps = counter(
                        "callout.steps.failed", "Failures of steps in the routes that numbers and calls go through")
                .withRegistry(registry);
        handOvers = counter("callout.hand.overs", "Callees to be handed over, by result")
                .withRegistry(registry);
        Arrays.stream(HandedOver.Result.values()).forEach(result -> handOvers.withTag(RESULT, result.word()));
        abandoned = counter("callout.calls.abandoned", "Callees who were to be handed over, and were left in silence")
                .register(registry);
        undialable = counter("callout.numbers.undialable", "Numbers finished without a call: they cannot be dialled")
                .register(registry);
        claimed = counter("callout.numbers.claimed", "Numbers claimed to be dialled")
                .register(registry);
        givenBack = counter("callout.numbers.given.back", "Numbers claimed but not called, refused ones not counted")
                .register(registry);
        claim = timer("callout.claim", "Time to claim numbers for one campaign").register(registry);
        write = timer("callout.status.write", "Time from a batch of answers and ends to its commit")
                .register(registry);
        rows = DistributionSummary.builder("callout.status.write.rows")
                .description("Answers and ends in a batch")
                .register(registry);
        switchesAre(switches);
        failedSteps.withTags("route", "dial", "step", "none");
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(name).description(description);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
    }

    /** Counts for these switches, too, from now on. Counts of others stay, because their calls may still be up. */
    public void switchesAre(Collection<String> names) {
        switches.addAll(names);
        // From the start, so that a rate can be computed from the first call on.
        names.forEach(name -> {
            attempts.withTag(SWITCH, name);
            answered.withTag(SWITCH, name);
            refused.withTags(SWITCH, name, REASON, BUSY);
            refused.withTags(SWITCH, name, REASON, OTHER);
        });
    }

    /** An originate is being sent. */
    public void attempt(String switchName) {
        attempts.withTag(SWITCH, known(switchName)).increment();
    }

    /** A callee has answered. */
    public void answer(String switchName) {
        answered.withTag(SWITCH, known(switchName)).increment();
    }

    /** A call has ended. */
    public void ended(NumberStatus outcome, String cause) {
        String bounded = HangupCauses.contains(cause) || CauseClass.LOST_RESULT.equals(cause) ? cause : OTHER;
        ended.withTags("outcome", outcome.name().toLowerCase(Locale.ROOT), "cause", bounded)
                .increment();
    }

    /** A callee was to be handed over. */
    public void handedOver(HandedOver handedOver) {
        handOvers.withTag(RESULT, handedOver.result().word()).increment();
        if (handedOver.abandoned()) {
            abandoned.increment();
        }
    }

    /**
     * A switch has refused an originate.
     *
     * @param busy whether the reason is that it is over its limits
     */
    public void refused(String switchName, boolean busy) {
        refused.withTags(SWITCH, known(switchName), REASON, busy ? BUSY : OTHER).increment();
    }

    /** A number cannot be dialled. */
    public void undialable() {
        undialable.increment();
    }

    /** A claimed number is given back without a call. */
    public void givenBack() {
        givenBack.increment();
    }

    /** A step of a route has failed. If {@code step} is {@code none}, the route has ended before its work was done. */
    public void stepFailed(String route, String step) {
        failedSteps.withTags("route", route, "step", step).increment();
    }

    /** Numbers have been claimed. */
    public void claimed(int numbers) {
        claimed.increment(numbers);
    }

    /**
     * A claim has ended, successfully or not.
     *
     * @param began when it began, by {@link System#nanoTime()}
     */
    public void claimTook(long began) {
        claim.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    /** A batch of answers and ends is about to be written. */
    public void writeBegins(Exchange exchange) {
        exchange.setProperty(WRITE_BEGAN, System.nanoTime());
    }

    /** The batch has been committed. */
    public void written(@ExchangeProperty(WRITE_BEGAN) long began, @Body List<StatusRow> batch) {
        write.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        rows.record(batch.size());
    }

    /** An adopted call may be on a switch that is no longer configured. */
    private String known(String switchName) {
        return switchName != null && switches.contains(switchName) ? switchName : OTHER;
    }
}
