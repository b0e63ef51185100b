package dev.callout.store.numbers;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A step forward of the database's clock, as it concerns one table of numbers.
 *
 * @param number the number of the step, from 1
 * @param list   the destination list; "" for {@code campaign_phones}
 * @param seen   when it was seen, by the clock before the step
 * @param by     by how much the clock was set forward
 */
public record ClockStep(long number, String list, Instant seen, Duration by) {
    public ClockStep {
        Objects.requireNonNull(list, "list");
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(by, "by");
    }
}
