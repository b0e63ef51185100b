package dev.callout.bench;

import dev.callout.bench.model.Point;
import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.result.Distribution;
import dev.callout.bench.site.Deployment;
import dev.callout.bench.site.LoadWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures 1, 2 and 3 diallers on one database and one campaign, with calls of one second: calls per second, what a call costs,
 * and how evenly the lines are shared. All of them, the database and the switch share the machine.
 * {@code -Dbench.lines=600,2500} and {@code -Dbench.seconds=30} choose what is run.
 */
final class NodesBenchmark implements Benchmark {

    private static final Duration RING = Duration.ofMillis(200);
    private static final Duration TALK = Duration.ofMillis(800);
    private static final int CALLS_PER_SECOND = 10_000;

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        int warmUp = full ? 20 : 1;
        int seconds = Integer.getInteger("bench.seconds", full ? 30 : 1);
        String[] lines =
                System.getProperty("bench.lines", full ? "600,2500" : "20").split(",");
        for (int nodes : full ? List.of(1, 2, 3) : List.of(1, 2)) {
            run(nodes, lines, warmUp, seconds, folder, results);
        }
    }

    private static void run(int nodes, String[] lines, int warmUp, int seconds, Path folder, BenchmarkResults results)
            throws Exception {
        List<LoadWatch.Node> running = new ArrayList<>();
        try (Deployment deployment = new Deployment(folder, RING, TALK)) {
            int numbers = 0;
            for (String each : lines) {
                numbers += Integer.parseInt(each) * (warmUp + seconds + 20) * 3 / 2;
            }
            deployment.campaign(Integer.parseInt(lines[0]), 0, numbers);
            try {
                for (int i = 1; i <= nodes; i++) {
                    running.add(LoadWatch.Node.start(deployment, "node" + i, CALLS_PER_SECOND));
                }
                Deployment.await(
                        () -> deployment.number("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA ="
                                        + " DATABASE() AND TABLE_NAME = 'nodes'")
                                == 1,
                        "No dialler makes its tables");
                Deployment.await(
                        () -> deployment.number("SELECT COUNT(*) FROM nodes") == nodes, "Not all diallers start");
                LoadWatch watch = new LoadWatch(deployment, running);
                for (String each : lines) {
                    deployment.execute("UPDATE campaigns SET max_concurrent_calls = " + each);
                    // Long enough for those that begin beside others, which wait for the length of a lease.
                    TimeUnit.SECONDS.sleep(warmUp);
                    add(
                            nodes + (nodes == 1 ? " node, " : " nodes, ") + each + " lines, calls of 1 s",
                            watch.measure(
                                    Integer.parseInt(each), RING.plus(TALK).toMillis() / 1e3, seconds),
                            results);
                }
            } finally {
                running.forEach(LoadWatch.Node::close);
            }
        }
    }

    private static void add(String subject, LoadWatch.Load load, BenchmarkResults results) {
        Point point = load.point();
        results.add(subject, "calls/s", point.calls());
        results.add(subject, "diallers' processor ms per call", point.dialler() / point.calls() * 1e3);
        results.add(subject, "database's processor ms per call", point.database() / point.calls() * 1e3);
        results.add(subject, "switch's processor ms per call", point.simulator() / point.calls() * 1e3);
        results.add(subject, "statements per call", point.statements() / point.calls());
        results.add(subject, "row changes per call", point.rowChanges() / point.calls());
        results.add(subject, "bytes of redo log per call", point.redoBytes() / point.calls());
        results.add(subject, "writes of the redo log per second", point.redoWrites());
        results.add(subject, "claims per second", point.claims());
        results.add(subject, "numbers per claim", point.numbersPerClaim());
        results.add(subject, "ms of a claim", point.claimSeconds() * 1e3);
        Distribution calls = new Distribution(load.calls());
        double equal = calls.mean();
        results.add(subject, "least calls of a node, % of an equal share", calls.percentile(0) / equal * 100, "≥ 80");
        results.add(subject, "most calls of a node, % of an equal share", calls.most() / equal * 100, "≤ 120");
    }
}
