package dev.callout.bench.model;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one node, its database and the simulated switch need, by measured points. Most of the work is done in batches that
 * come at about the same rate however many calls there are, from some hundred a second on. So a second has a cost of its
 * own, and each call has one.
 *
 * @param delay     seconds that a line is free between two calls, beside waiting for the processor
 * @param dialler   cores, by calls/s
 * @param database  cores, by calls/s
 * @param simulator cores, by calls/s
 * @param claim     seconds of a claim, by its numbers
 * @param write     seconds of a batch of answers and ends, by their number
 * @param redo      bytes of the database's log in a second, by calls/s
 * @param most      the point with most calls/s
 */
public record ServiceTimes(
        double delay, Line dialler, Line database, Line simulator, Line claim, Line write, Line redo, Point most) {

    private static final int ROUNDS = 100;

    /**
     * What the model expects.
     *
     * @param calls    calls/s
     * @param dialler  cores
     * @param database cores
     */
    public record Expected(double calls, double dialler, double database) {}

    /** Fits them to points. */
    public static ServiceTimes of(List<Point> points) {
        return new ServiceTimes(
                delay(points),
                byCalls(points, Point::dialler),
                byCalls(points, Point::database),
                byCalls(points, Point::simulator),
                Line.through(points, Point::numbersPerClaim, Point::claimSeconds),
                Line.through(points, Point::rowsPerWrite, Point::writeSeconds),
                byCalls(points, Point::redoBytes),
                points.stream().max(Comparator.comparingDouble(Point::calls)).orElseThrow());
    }

    /**
     * The median, by Little's law. That is of a point where the processor has spare time, as long as more than half of them
     * are.
     */
    private static double delay(List<Point> points) {
        double[] sorted = points.stream()
                .mapToDouble(point -> Math.max(0, point.lines() / point.calls() - point.callSeconds()))
                .sorted()
                .toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    private static Line byCalls(List<Point> points, ToDoubleFunction<Point> value) {
        return Line.through(points, Point::calls, value);
    }

    /**
     * Returns what so many lines do with calls of this mean length, on a machine that dialler, database and simulated switch
     * share.
     */
    public Expected expect(int lines, double callSeconds, int cores) {
        double calls = lines / (callSeconds + delay);
        for (int round = 0; round < ROUNDS; round++) {
            double demand = (dialler.at(calls) + database.at(calls) + simulator.at(calls)) / calls;
            double next =
                    Queues.closed(lines, callSeconds + delay, demand, cores).throughput();
            // The demand of a call rises as calls get fewer, so whole steps may swing.
            calls = (calls + next) / 2;
        }
        return new Expected(calls, dialler.at(calls), database.at(calls));
    }
}
