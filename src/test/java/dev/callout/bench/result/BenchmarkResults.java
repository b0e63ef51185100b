package dev.callout.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Collects the values that a benchmark measures, and prints each at once. So a long benchmark that fails has shown its
 * values until then.
 */
public final class BenchmarkResults {

    private final String benchmark;
    private final List<Result> results = new ArrayList<>();

    /** @param benchmark the name of the benchmark */
    public BenchmarkResults(String benchmark) {
        this.benchmark = benchmark;
    }

    /** Adds a value that nothing is required of. */
    public void add(String subject, String quantity, double value) {
        add(subject, quantity, value, "");
    }

    /**
     * Adds a value.
     *
     * @param limit what must be reached. It is printed but not checked, because a busy machine must not fail a build
     */
    public void add(String subject, String quantity, double value, String limit) {
        results.add(new Result(benchmark, subject, quantity, value, limit));
        System.out.printf("  %-62s %-34s %14s  %s%n", subject, quantity, text(value), limit);
    }

    /** Returns the values so far. */
    public List<Result> all() {
        return List.copyOf(results);
    }

    /** Prints at least three significant digits, and no exponent. */
    private static String text(double value) {
        double size = Math.abs(value);
        String format =
                size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
