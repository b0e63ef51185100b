package dev.callout.dialler.measure;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.HangupCauses;
import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.dialler.attempt.StatusRow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * Counts and times what the dialler does, for monitoring. The values of a label are bounded: switches that are or were
 * configured, causes that FreeSWITCH has names for, and "other"; never a campaign or a number.
 */
public final class Meters {

    private static final String WRITE_BEGAN = "CalloutWriteBegan";
    private static final String OTHER = "other";
    private static final Duration[] BUCKETS =
            List.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000).stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Set<String> switches = ConcurrentHashMap.newKeySet();
    private final Map<String, Counter> attempts = new ConcurrentHashMap<>();
    private final Map<String, Counter> answered = new ConcurrentHashMap<>();
    private final Map<Refusal, Counter> refused = new ConcurrentHashMap<>();
    private final Map<End, Counter> ended = new ConcurrentHashMap<>();
    private final Map<Step, Counter> failedSteps = new ConcurrentHashMap<>();
    private final Counter undialable;
    private final Counter claimed;
    private final Counter givenBack;
    private final Timer claim;
    private final Timer write;
    private final DistributionSummary rows;

    private record Refusal(String switchName, String reason) {}

    private record Step(String route, String id) {}

    private record End(NumberStatus outcome, String cause) {}

    /** @param switches the names of the configured switches */
    public Meters(MeterRegistry registry, Collection<String> switches) {
        this.registry = registry;
        switchesAre(switches);
        failures(new Step("dial", "none"));
        undialable = Counter.builder("callout.numbers.undialable")
                .description("Numbers finished without a call, since they cannot be dialled")
                .register(registry);
        claimed = Counter.builder("callout.numbers.claimed")
                .description("Numbers claimed to be dialled")
                .register(registry);
        givenBack = Counter.builder("callout.numbers.given.back")
                .description("Claimed numbers that were not called after all, refused ones not counted")
                .register(registry);
        claim = Timer.builder("callout.claim")
                .description("Time that claiming numbers for one campaign took")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        write = Timer.builder("callout.status.write")
                .description("Time from a batch of answers and ends to its commit")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        rows = DistributionSummary.builder("callout.status.write.rows")
                .description("Answers and ends in a batch")
                .register(registry);
    }

    /** Counts for these switches, too, from now on. Counts of others stay, because their calls may still be up. */
    public void switchesAre(Collection<String> names) {
        switches.addAll(names);
        // From the start, so that a rate can be computed from the first call on.
        names.forEach(name -> {
            attempts(name);
            answered(name);
            refused(new Refusal(name, "busy"));
            refused(new Refusal(name, OTHER));
        });
    }

    /** An originate is being sent. */
    public void attempt(String switchName) {
        attempts(known(switchName)).increment();
    }

    /** A callee has answered. */
    public void answer(String switchName) {
        answered(known(switchName)).increment();
    }

    /** A call has ended. */
    public void ended(NumberStatus outcome, String cause) {
        String bounded = HangupCauses.contains(cause) || CauseClass.LOST_RESULT.equals(cause) ? cause : OTHER;
        ended.computeIfAbsent(new End(outcome, bounded), end -> Counter.builder("callout.calls.ended")
                        .description("Calls that have ended, by their outcome and hang-up cause")
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .tag("cause", bounded)
                        .register(registry))
                .increment();
    }

    /**
     * A switch has refused an originate.
     *
     * @param busy whether the reason is that it has too much to do
     */
    public void refused(String switchName, boolean busy) {
        refused(new Refusal(known(switchName), busy ? "busy" : OTHER)).increment();
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
        failures(new Step(route, step)).increment();
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

    private Counter failures(Step step) {
        return failedSteps.computeIfAbsent(step, key -> Counter.builder("callout.steps.failed")
                .description("Failures of steps that a call, or a number on its way to one, had come to")
                .tag("route", key.route())
                .tag("step", key.id())
                .register(registry));
    }

    private Counter attempts(String switchName) {
        return attempts.computeIfAbsent(switchName, name -> Counter.builder("callout.attempts")
                .description("Originates sent")
                .tag("switch", name)
                .register(registry));
    }

    private Counter answered(String switchName) {
        return answered.computeIfAbsent(switchName, name -> Counter.builder("callout.calls.answered")
                .description("Calls answered")
                .tag("switch", name)
                .register(registry));
    }

    private Counter refused(Refusal refusal) {
        return refused.computeIfAbsent(refusal, key -> Counter.builder("callout.calls.refused")
                .description("Originates that the switch refused: busy if it has too much to do")
                .tag("switch", key.switchName())
                .tag("reason", key.reason())
                .register(registry));
    }

    /** An adopted call may be on a switch that is no longer configured. */
    private String known(String switchName) {
        return switchName != null && switches.contains(switchName) ? switchName : OTHER;
    }
}
