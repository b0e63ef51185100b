package dev.callout.campaign;

import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * How long an answered call may last before the switch hangs up: mod_dialer's duration parameters. All values are in
 * seconds.
 *
 * @param gaussian    whether durations are normally distributed; then the number's own duration, min and max do not
 *                    count
 * @param mean        mean of the distribution
 * @param stdv        its standard deviation
 * @param minDuration minimum of the uniform distribution; 0 with {@code maxDuration} 0: none
 * @param maxDuration maximum of the uniform distribution; 0: none
 */
public record CallDuration(boolean gaussian, double mean, double stdv, int minDuration, int maxDuration) {

    /** Nothing is drawn: calls last until they end, or until they reach the installation's ceiling. */
    public static final CallDuration UNLIMITED = new CallDuration(false, 0, 0, 0, 0);

    /** Returns what is wrong and names the columns; empty if nothing is. Values that are not used are not checked. */
    public List<String> problems() {
        if (gaussian) {
            String rule = ": with gaussian_distribution on it must be above 0";
            return new Problems()
                    .unless(mean > 0 && Double.isFinite(mean), "gaussian_distribution_mean is " + mean + rule)
                    .unless(stdv > 0 && Double.isFinite(stdv), "gaussian_distribution_stdv is " + stdv + rule)
                    .list();
        }
        return new Problems()
                .unless(minDuration >= 0, "call_min_duration is " + minDuration + ": it must be 0 or more seconds")
                .unless(maxDuration >= 0, "call_max_duration is " + maxDuration + ": it must be 0 or more seconds")
                .unless(
                        maxDuration < 0 || minDuration <= maxDuration,
                        "call_min_duration is " + minDuration + ", above call_max_duration, which is " + maxDuration)
                .list();
    }

    /**
     * Draws the duration of one call: normally distributed if that is on, else the number's own, else uniform.
     *
     * @param rowDuration the number's own {@code duration}; null, 0 or less: none
     * @param ceiling     {@code callout.max-call-sec}, at least 1
     * @return 1 to {@code ceiling}; empty if only the ceiling limits the call
     */
    public OptionalInt draw(Integer rowDuration, int ceiling, RandomGenerator random) {
        if (gaussian) {
            return OptionalInt.of(bounded(Math.round(mean + stdv * random.nextGaussian()), ceiling));
        }
        if (rowDuration != null && rowDuration > 0) {
            return OptionalInt.of(bounded(rowDuration, ceiling));
        }
        if (maxDuration > 0) {
            return OptionalInt.of(bounded(random.nextLong(minDuration, maxDuration + 1L), ceiling));
        }
        return OptionalInt.empty();
    }

    /**
     * Returns whether a call to this number ends at a duration of its own, and not only at the installation's ceiling.
     */
    public boolean limits(Integer rowDuration) {
        return gaussian || maxDuration > 0 || rowDuration != null && rowDuration > 0;
    }

    private static int bounded(long seconds, int ceiling) {
        return (int) Math.max(1, Math.min(seconds, ceiling));
    }
}
