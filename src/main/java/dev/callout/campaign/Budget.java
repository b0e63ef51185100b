package dev.callout.campaign;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What the calls of a campaign may cost on one day of its time zone. No call starts once the bills of the day's ended calls
 * have reached it, so it is exceeded by the calls that are up then, at most.
 *
 * @param maxCost    {@code max_cost}, in the currency of {@code gateways.cost_per_minute}; null: any
 * @param maxMinutes {@code max_minutes}: billed minutes; null: any
 */
public record Budget(BigDecimal maxCost, BigDecimal maxMinutes) {

    /** That of a campaign whose row sets nothing. */
    public static final Budget UNLIMITED = new Budget(null, null);

    private static final BigDecimal SECONDS = BigDecimal.valueOf(60);
    private static final int CENTS = 2;

    /** Returns whether there is a limit. */
    public boolean isLimited() {
        return maxCost != null || maxMinutes != null;
    }

    /**
     * Returns the limit that the bills of a day have reached, such as {@code max_cost 50.00}; empty: none.
     *
     * @param cost      what the day's calls cost so far
     * @param billedSec how many seconds of them are billed
     */
    public Optional<String> reachedBy(BigDecimal cost, long billedSec) {
        if (maxCost != null && cost.compareTo(maxCost) >= 0) {
            return Optional.of("max_cost " + shown(maxCost, CENTS));
        }
        return maxMinutes != null && BigDecimal.valueOf(billedSec).compareTo(maxMinutes.multiply(SECONDS)) >= 0
                ? Optional.of("max_minutes " + shown(maxMinutes, 0))
                : Optional.empty();
    }

    private static String shown(BigDecimal limit, int decimals) {
        BigDecimal exact = limit.stripTrailingZeros();
        return exact.setScale(Math.max(decimals, exact.scale())).toPlainString();
    }

    List<String> problems() {
        return new Problems()
                .unless(
                        maxCost == null || maxCost.signum() >= 0,
                        "max_cost is " + maxCost + ": it must not be negative")
                .unless(
                        maxMinutes == null || maxMinutes.signum() >= 0,
                        "max_minutes is " + maxMinutes + ": it must not be negative")
                .list();
    }
}
