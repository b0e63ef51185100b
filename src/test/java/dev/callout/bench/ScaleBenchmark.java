package dev.callout.bench;

import dev.callout.bench.model.Carried;
import dev.callout.bench.model.Carried.Range;
import dev.callout.bench.model.Point;
import dev.callout.bench.model.ServiceTimes;
import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.site.Deployment;
import dev.callout.bench.site.LoadWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures one dialler with different numbers of lines and lengths of calls, fits a model to every second of these points,
 * checks it on the others, and carries it to rates that one machine does not make, as ranges. {@code -Dbench.seconds=20} chooses how long each point is measured.
 */
final class ScaleBenchmark implements Benchmark {

    private static final int CALLS_PER_SECOND = 10_000;
    private static final double DAY = 86_400;
    /** 10⁹ numbers a day, evenly over 24 hours. */
    private static final int BILLION_A_DAY = (int) (1e9 / DAY);

    private record Setting(Duration ring, Duration talk, List<Integer> lines) {

        double callSeconds() {
            return ring.plus(talk).toMillis() / 1e3;
        }
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        int seconds = Integer.getInteger("bench.seconds", full ? 20 : 1);
        List<Setting> settings = full
                ? List.of(
                        new Setting(
                                Duration.ofMillis(200),
                                Duration.ofMillis(800),
                                List.of(100, 250, 500, 900, 1400, 2000)),
                        new Setting(
                                Duration.ofMillis(500),
                                Duration.ofMillis(2500),
                                List.of(450, 1000, 2000, 3300, 4800, 6600)))
                : List.of(new Setting(Duration.ofMillis(100), Duration.ofMillis(200), List.of(10, 20, 40, 60)));
        List<Point> points = new ArrayList<>();
        for (Setting setting : settings) {
            points.addAll(measure(setting, full ? 25 : 1, full ? 12 : 1, seconds, folder, results));
        }
        List<Point> fitted = new ArrayList<>();
        List<Point> checked = new ArrayList<>();
        // In the order of the settings, so that each half has all lengths of calls, and few lines as well as many.
        for (int i = 0; i < points.size(); i++) {
            (i % 2 == 0 ? fitted : checked).add(points.get(i));
        }
        ServiceTimes times = ServiceTimes.of(fitted);
        tell(times, results);
        Carried carried = new Carried(times, check("checked", times, checked, results));
        check("the other way round", ServiceTimes.of(checked), fitted, results);
        limits(carried, results);
        for (int calls : List.of(1_000, 5_000, BILLION_A_DAY, 20_000)) {
            carry(carried, calls, results);
        }
    }

    private static List<Point> measure(
            Setting setting, int warmUp, int settle, int seconds, Path folder, BenchmarkResults results)
            throws Exception {
        List<Point> points = new ArrayList<>();
        try (Deployment deployment = new Deployment(folder, setting.ring(), setting.talk())) {
            int most = Collections.max(setting.lines());
            int numbers = (int) (most / setting.callSeconds() * (warmUp + 20));
            for (int lines : setting.lines()) {
                numbers += (int) (lines / setting.callSeconds() * (settle + seconds + 10));
            }
            // It begins with most lines, so that the JVM has compiled what it needs before anything is measured.
            deployment.campaign(most, 0, numbers);
            try (LoadWatch.Node node = LoadWatch.Node.start(deployment, "bench", CALLS_PER_SECOND)) {
                deployment.awaitOriginate(node.process());
                LoadWatch watch = new LoadWatch(deployment, List.of(node));
                TimeUnit.SECONDS.sleep(warmUp);
                for (int lines : setting.lines()) {
                    deployment.execute("UPDATE campaigns SET max_concurrent_calls = " + lines);
                    // The dialler reads it at its next scan.
                    TimeUnit.SECONDS.sleep(settle);
                    Point point =
                            watch.measure(lines, setting.callSeconds(), seconds).point();
                    points.add(point);
                    show(point, results);
                }
            }
            results.add(
                    "calls of " + setting.callSeconds() + " s",
                    "bytes of an attempt, with its indexes",
                    deployment.bytesOfRow("call_attempts"));
            results.add(
                    "calls of " + setting.callSeconds() + " s",
                    "bytes of a number, with its indexes",
                    deployment.bytesOfRow("campaign_phones"));
        }
        return points;
    }

    private static String subject(Point point) {
        return point.lines() + " lines, calls of " + point.callSeconds() + " s";
    }

    private static void show(Point point, BenchmarkResults results) {
        String subject = subject(point);
        results.add(subject, "calls/s", point.calls());
        results.add(subject, "dialler's processor ms per call", point.dialler() / point.calls() * 1e3);
        results.add(subject, "database's processor ms per call", point.database() / point.calls() * 1e3);
        results.add(subject, "switch's processor ms per call", point.simulator() / point.calls() * 1e3);
        results.add(subject, "claims per second", point.claims());
        results.add(subject, "numbers per claim", point.numbersPerClaim());
        results.add(subject, "ms of a claim", point.claimSeconds() * 1e3);
        results.add(subject, "rows per batch of answers and ends", point.rowsPerWrite());
        results.add(subject, "ms of such a batch", point.writeSeconds() * 1e3);
        results.add(subject, "statements per call", point.statements() / point.calls());
        results.add(subject, "row changes per call", point.rowChanges() / point.calls());
        results.add(subject, "bytes of redo log per call", point.redoBytes() / point.calls());
        results.add(subject, "writes of the redo log per second", point.redoWrites());
    }

    private static void tell(ServiceTimes times, BenchmarkResults results) {
        String subject = "fitted to half of the points";
        results.add(subject, "ms that a line is free", times.delay() * 1e3);
        results.add(subject, "dialler's cores without calls", times.dialler().fixed());
        results.add(subject, "dialler's ms for one more call", times.dialler().each() * 1e3);
        results.add(subject, "database's cores without calls", times.database().fixed());
        results.add(subject, "database's ms for one more call", times.database().each() * 1e3);
        results.add(subject, "ms of a claim of none", times.claim().fixed() * 1e3);
        results.add(subject, "ms for one more number", times.claim().each() * 1e3);
        results.add(subject, "ms of a batch without rows", times.write().fixed() * 1e3);
        results.add(subject, "ms for one more row", times.write().each() * 1e3);
        results.add(subject, "bytes of redo for one more call", times.redo().each());
    }

    /** Returns the largest relative error. */
    private static double check(String what, ServiceTimes times, List<Point> points, BenchmarkResults results) {
        double largest = 0;
        int cores = Runtime.getRuntime().availableProcessors();
        for (Point point : points) {
            ServiceTimes.Expected expected = times.expect(point.lines(), point.callSeconds(), cores);
            String subject = what + ": " + subject(point);
            double calls = error(expected.calls(), point.calls());
            double dialler = error(expected.dialler(), point.dialler());
            double database = error(expected.database(), point.database());
            results.add(subject, "% too many calls", calls * 100, "± 15");
            results.add(subject, "% too many cores of the dialler", dialler * 100, "± 15");
            results.add(subject, "% too many cores of the database", database * 100, "± 15");
            largest = Math.max(largest, Math.max(Math.abs(calls), Math.max(Math.abs(dialler), Math.abs(database))));
        }
        results.add(what, "% of error, at most", largest * 100, "≤ 15");
        return largest;
    }

    private static double error(double expected, double measured) {
        return measured == 0 ? 0 : expected / measured - 1;
    }

    private static void limits(Carried carried, BenchmarkResults results) {
        add("limit: one campaign's row", "calls a second", carried.callsOfCampaign(), results);
        add("limit: one node's writer of ends", "calls a second", carried.callsOfWriter(), results);
        for (int cores : List.of(2, 8, 32)) {
            add(
                    "limit: " + cores + " cores of one dialler and its database",
                    "calls a second",
                    carried.callsOfCores(cores),
                    results);
        }
    }

    private static void carry(Carried carried, int calls, BenchmarkResults results) {
        String subject = "carried to " + calls + " calls/s";
        Range nodes = carried.nodes(calls);
        add(subject, "nodes", nodes, results);
        Range campaigns = carried.campaigns(calls);
        add(subject, "campaigns", campaigns, results);
        results.add(
                subject,
                "ms until each node has claimed once, with most of both",
                carried.claimRound(calls / campaigns.most(), (int) nodes.most()) * 1e3);
        add(subject, "busy cores of diallers", carried.diallerCores(calls, (int) nodes.least()), results);
        add(subject, "busy cores of the database", carried.databaseCores(calls, (int) nodes.least()), results);
        add(
                subject,
                "cores of the database to buy",
                Carried.bought(carried.databaseCores(calls, (int) nodes.least())),
                results);
        add(subject, "MB of redo log a second", carried.redoMegabytes(calls), results);
    }

    private static void add(String subject, String quantity, Range range, BenchmarkResults results) {
        results.add(subject, quantity + ", from", range.least());
        results.add(subject, quantity + ", to", range.most());
    }
}
