package dev.callout.campaign.gateway;

import dev.callout.campaign.SipIdentity;
import dev.callout.campaign.telephone.NumberForm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A gateway, as its row in table {@code gateways} describes it.
 *
 * @param name          as campaigns name it, {@code profile/gateway}; null: {@code callout.campaign.sipproxy}
 * @param enabled       whether calls may leave by it
 * @param switches      the names of the switches that have it; empty: all
 * @param order         which of several gateways is tried first
 * @param increment     in which steps its carrier bills seconds
 * @param served        the callees that it serves
 * @param form          how numbers are written for it
 * @param codecs        the codecs to offer it, separated by commas; null: the campaign's
 * @param identity      how the caller is identified to it
 * @param callerIdPool  the pool for calls that have no other caller ID; null: none
 * @param limit         how many calls it takes
 * @param problems      what is wrong with the row, a sentence each; a gateway with problems gets no calls
 */
public record Gateway(
        String name,
        boolean enabled,
        Set<String> switches,
        Order order,
        Increment increment,
        Served served,
        NumberForm form,
        String codecs,
        SipIdentity identity,
        String callerIdPool,
        Limit limit,
        List<String> problems) {

    private static final int SECONDS = 60;
    /** Of the currency's unit. */
    private static final int DECIMALS = 6;

    /** The cheapest first; those without a price last. */
    private static final Comparator<Gateway> CHEAPEST = Comparator.comparing(
            (Gateway one) -> one.order.costPerMinute, Comparator.nullsLast(Comparator.naturalOrder()));

    /**
     * Which of several gateways is tried first.
     *
     * @param priority      the lowest is tried first
     * @param costPerMinute of the same priority, the lowest is tried first; null: not known, after all others
     * @param weight        of the same priority and cost, its share of the calls; 0: after all others
     */
    public record Order(int priority, BigDecimal costPerMinute, int weight) {

        /** That of a gateway whose row sets nothing. */
        public static final Order DEFAULT = new Order(1, null, 1);
    }

    /**
     * How many calls a gateway takes, over all campaigns, switches and nodes.
     *
     * @param callsPerSecond calls a second, at least 0; fractions are allowed. Null: any number; 0: none
     * @param maxCalls       calls that are up at once, at least 0. Null: any number; 0: none
     */
    public record Limit(Double callsPerSecond, Integer maxCalls) {

        /** That of a gateway whose row sets nothing. */
        public static final Limit NONE = new Limit(null, null);

        /** Returns the rate that its calls keep; empty: none. */
        public Optional<CallRate> rate() {
            return Optional.ofNullable(callsPerSecond).filter(rate -> rate > 0).map(CallRate::new);
        }

        private Optional<String> shut() {
            return callsPerSecond != null && callsPerSecond == 0
                    ? Optional.of("calls_per_second")
                    : maxCalls != null && maxCalls == 0 ? Optional.of("max_calls") : Optional.empty();
        }
    }

    /** Copies the collections. */
    public Gateway {
        switches = Set.copyOf(switches);
        problems = List.copyOf(problems);
    }

    /** Returns a gateway that no row describes. */
    public static Gateway undescribed(String name) {
        return new Gateway(
                name,
                true,
                Set.of(),
                Order.DEFAULT,
                Increment.SECOND,
                Served.ALL,
                NumberForm.AS_DIALLED,
                null,
                SipIdentity.DEFAULT,
                null,
                Limit.NONE,
                List.of());
    }

    /** Returns what an answered call costs of which so many seconds are billed; empty: its price is not known. */
    public Optional<BigDecimal> cost(long billedSec) {
        return Optional.ofNullable(order.costPerMinute).map(price -> price.multiply(BigDecimal.valueOf(billedSec))
                .divide(BigDecimal.valueOf(SECONDS), DECIMALS, RoundingMode.HALF_UP));
    }

    /** Returns whether a switch has it. */
    public boolean isOn(String switchName) {
        return switches.isEmpty() || switches.contains(switchName);
    }

    /** Returns whether calls may leave by it. */
    public boolean isUsable() {
        return enabled && problems.isEmpty() && limit.shut().isEmpty();
    }

    /** Returns why no calls may leave by it; empty if they may. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>(problems);
        if (!enabled) {
            reasons.add("gateway " + name + " is not enabled");
        }
        limit.shut().ifPresent(column -> reasons.add("gateway " + name + " has " + column + " = 0"));
        return reasons;
    }

    /** Returns the same gateway with one more problem. */
    Gateway withProblem(String problem) {
        List<String> more = new ArrayList<>(problems);
        more.add(problem);
        return new Gateway(
                name, enabled, switches, order, increment, served, form, codecs, identity, callerIdPool, limit, more);
    }

    /**
     * Returns gateways in the order in which one call tries them: by priority, then by cost, then drawn by weight.
     *
     * @param call the call's uuid, by which is drawn
     */
    public static List<Gateway> inOrder(List<Gateway> gateways, String call) {
        return gateways.stream()
                .sorted(Comparator.comparingInt((Gateway one) -> one.order.priority)
                        .thenComparing(CHEAPEST)
                        .thenComparing(Draw.by(call, one -> String.valueOf(one.name), one -> one.order.weight)))
                .toList();
    }
}
