package dev.callout.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How fast a campaign dials, and in which order.
 *
 * @param maxConcurrentCalls most lines in use at once, at least 1
 * @param timeBetweenCalls   time between the starts of two calls; zero: none
 * @param strategy           order of fresh numbers
 * @param weight             its share, in proportion to the other campaigns', of what switches and gateways can take
 *                           where that is short, 0 to 1000; 0: only what the others leave
 */
public record Pacing(int maxConcurrentCalls, Duration timeBetweenCalls, CallingStrategy strategy, int weight) {

    private static final int HEAVIEST = 1000;

    /** Refuses missing components. */
    public Pacing {
        Objects.requireNonNull(timeBetweenCalls, "timeBetweenCalls");
        Objects.requireNonNull(strategy, "strategy");
    }

    List<String> problems() {
        return new Problems()
                .unless(
                        maxConcurrentCalls >= 1,
                        "max_concurrent_calls is " + maxConcurrentCalls + ": it must be at least 1")
                .unless(
                        !timeBetweenCalls.isNegative(),
                        "time_between_calls is " + Problems.seconds(timeBetweenCalls) + ": it must not be negative")
                .unless(weight >= 0 && weight <= HEAVIEST, "weight is " + weight + ": it must be 0 to " + HEAVIEST)
                .list();
    }
}
