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
 */
public record Pacing(int maxConcurrentCalls, Duration timeBetweenCalls, CallingStrategy strategy) {

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
                .list();
    }
}
