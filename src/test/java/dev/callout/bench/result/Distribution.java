package dev.callout.bench.result;

import java.util.Arrays;
import java.util.Collection;

/** Measured values in order. */
public final class Distribution {

    private final double[] sorted;

    /** @throws IllegalStateException if there are no values */
    public Distribution(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalStateException("Nothing was measured");
        }
        sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** Returns the smallest value that at least this percentage of all values does not exceed. */
    public double percentile(double percent) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100) - 1)];
    }

    /** Returns the largest value. */
    public double most() {
        return sorted[sorted.length - 1];
    }

    /** Returns the arithmetic mean. */
    public double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }
}
