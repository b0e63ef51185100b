package dev.callout.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured values in order. */
final class Distribution {

    private final double[] sorted;

    Distribution(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalStateException("Nothing was measured");
        }
        sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    int size() {
        return sorted.length;
    }

    /** Returns the smallest value that at least this percentage of all values does not exceed. */
    double percentile(double percent) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100) - 1)];
    }

    double most() {
        return sorted[sorted.length - 1];
    }

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }
}
