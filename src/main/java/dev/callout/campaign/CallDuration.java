package dev.callout.campaign;

import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * How long an answered call is let last before the switch hangs it up: mod_dialer's duration parameters. Seconds throughout.
 *
 * @param gaussian    whether durations are normally distributed; the number's own duration, min and max then do not count
 * @param mean        mean of the distribution
 * @param stdv        its standard deviation
 * @param minDuration least of the uniform distribution; 0 with {@code maxDuration} 0: none
 * @param maxDuration greatest of the uniform distribution; 0: none
 */
public record CallDuration(boolean gaussian, double mean, double stdv, int minDuration, int maxDuration) {

    /** Nothing is drawn: calls last until they end, or reach the installation's ceiling. */
    public static final CallDuration UNLIMITED = new CallDuration(false, 0, 0, 0, 0);

    /** What is wrong, naming the columns; empty if nothing is. */
    public List<String> problems() {
        return List.of();
    }

    /**
     * Draws the duration of one call.
     *
     * @param rowDuration the number's own {@code duration}; null or 0: none
     * @param ceiling     {@code callout.max-call-sec}, at least 1
     * @return 1 to {@code ceiling}; empty if the call is limited by nothing but the ceiling
     */
    public OptionalInt draw(Integer rowDuration, int ceiling, RandomGenerator random) {
        return OptionalInt.empty();
    }
}
