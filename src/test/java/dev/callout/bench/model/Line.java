package dev.callout.bench.model;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Something that costs a fixed part and a part for each: processor time of a second with so many calls, or the time of a
 * transaction with so many numbers.
 *
 * @param fixed the fixed part, 0 or more
 * @param each  the part for each, 0 or more
 */
public record Line(double fixed, double each) {

    /**
     * Finds the line with the least squares of relative errors, so that small values count as much as large ones. Neither
     * part is negative: nothing is earned by work.
     *
     * @param points at least one, with two different {@code x} if both parts are to be found
     */
    public static <T> Line through(List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        double w = 0;
        double wx = 0;
        double wy = 0;
        double wxx = 0;
        double wxy = 0;
        for (T point : points) {
            double atX = x.applyAsDouble(point);
            double atY = y.applyAsDouble(point);
            double weight = atY == 0 ? 1 : 1 / (atY * atY);
            w += weight;
            wx += weight * atX;
            wy += weight * atY;
            wxx += weight * atX * atX;
            wxy += weight * atX * atY;
        }
        double spread = w * wxx - wx * wx;
        if (spread <= 1e-12 * w * wxx) {
            return new Line(0, wx == 0 ? 0 : wy / wx);
        }
        double each = (w * wxy - wx * wy) / spread;
        double fixed = (wy - each * wx) / w;
        return each < 0 ? new Line(wy / w, 0) : fixed < 0 ? new Line(0, wxy / wxx) : new Line(fixed, each);
    }

    /** Returns the cost of so many. */
    public double at(double count) {
        return fixed + each * count;
    }
}
