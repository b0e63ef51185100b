package dev.callout.bench.result;

/**
 * One measured value.
 *
 * @param benchmark the benchmark's name
 * @param subject   what was measured under which conditions, such as {@code 1000000 rows, random, 99 % finished}
 * @param quantity  the measured quantity, such as {@code numbers/s}
 * @param value     the value
 * @param limit     what must be reached, such as {@code ≥ 1000}; empty if nothing must
 */
public record Result(String benchmark, String subject, String quantity, double value, String limit) {}
