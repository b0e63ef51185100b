package dev.callout.dialler.measure;

import dev.callout.campaign.gateway.CallerIdPool;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.dialler.attempt.Attempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts how calls end by the gateway that they leave by and by the caller ID that callees see, so that one whose calls
 * nobody answers, or hardly anybody stays on, is seen. Labels name only gateways that tables name and caller IDs of
 * table {@code caller_ids}, {@value #MOST} of each at most; all others are counted together. Thread-safe.
 */
public final class AnswerMeters {

    /** A call that was answered and ended sooner is short. Carriers count so. */
    static final Duration SHORT = Duration.ofSeconds(6);

    static final int MOST = 1_000;

    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Supplier<WaysOut> waysOut;
    private final Map<String, Map<Result, Counter>> gateways = new ConcurrentHashMap<>();
    private final Map<String, Map<Result, Counter>> callerIds = new ConcurrentHashMap<>();
    private volatile Known known = new Known(WaysOut.NONE, Set.of());

    /** How a call ended. */
    private enum Result {
        UNANSWERED,
        SHORT,
        TALKED
    }

    /** The caller IDs that calls can show, as {@code origination_caller_id_number} has them. */
    private record Known(WaysOut of, Set<String> callerIds) {}

    /** @param waysOut gives the gateways and caller IDs as they were last read */
    public AnswerMeters(MeterRegistry registry, Supplier<WaysOut> waysOut) {
        this.registry = registry;
        this.waysOut = waysOut;
    }

    /**
     * A call has ended. What a lost result, an operator or a stopping switch has ended shows nothing about either. What the
     * network has failed on its way to the callee shows nothing about the caller ID.
     */
    public void ended(Attempt attempt, CallResult result, CauseClass how) {
        if (how == CauseClass.LOST || how == CauseClass.OURS) {
            return;
        }
        Result ended = !result.answered()
                ? Result.UNANSWERED
                : result.lastedMillis() < SHORT.toMillis() ? Result.SHORT : Result.TALKED;
        // The way of a call that was taken over may not be known.
        if (attempt.gateway() != null || !attempt.isTakenOver()) {
            count(gateways, "gateway", gateway(attempt), ended);
        }
        if (attempt.rendered().callerId() != null && !failedOnTheWay(result, how)) {
            count(callerIds, "caller_id", callerId(attempt.rendered().callerId()), ended);
        }
    }

    /** Whether no callee can have seen the caller ID, because the network or the settings failed the call before. */
    private static boolean failedOnTheWay(CallResult result, CauseClass how) {
        return (how == CauseClass.ROUTE || how == CauseClass.CONFIG)
                && !result.answered()
                && result.times().ringingAt() == null;
    }

    private void count(Map<String, Map<Result, Counter>> counters, String label, String value, Result ended) {
        String shown = counters.containsKey(value) || counters.size() < MOST ? value : OTHER;
        counters.computeIfAbsent(shown, fresh -> counters(label, fresh))
                .get(ended)
                .increment();
    }

    /** All results from the start, so that the share of one that never comes is 0, and not unknown. */
    private Map<Result, Counter> counters(String label, String value) {
        Map<Result, Counter> counters = new EnumMap<>(Result.class);
        for (Result result : Result.values()) {
            counters.put(
                    result,
                    Counter.builder("callout." + label.replace('_', '.') + ".calls")
                            .description("Calls that have ended, by their " + label.replace('_', ' ')
                                    + " and by whether they were answered")
                            .tag(label, value)
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return counters;
    }

    private String gateway(Attempt attempt) {
        String gateway = attempt.gateway();
        if (gateway == null) {
            return GatewayTraffic.PROXY;
        }
        boolean isNamed = gateway.equals(attempt.campaign().wayOut().gateway())
                || waysOut.get().describes(gateway)
                || waysOut.get().of(attempt.campaign()).stream().anyMatch(one -> gateway.equals(one.name()));
        return isNamed ? GatewayTraffic.nameOf(gateway) : OTHER;
    }

    private String callerId(String shown) {
        WaysOut current = waysOut.get();
        if (known.of() != current) {
            known = new Known(
                    current,
                    current.pools().values().stream()
                            .map(CallerIdPool::callerIds)
                            .flatMap(Collection::stream)
                            .map(one -> PhoneNumber.withoutSeparators(one.number()))
                            .collect(Collectors.toCollection(HashSet::new)));
        }
        return known.callerIds().contains(shown) ? shown : OTHER;
    }
}
