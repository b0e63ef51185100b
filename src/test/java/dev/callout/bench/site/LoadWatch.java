package dev.callout.bench.site;

import dev.callout.bench.model.Point;
import dev.callout.testbed.FreePort;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Measures what diallers, their database and their switch need for the calls of some seconds. */
public final class LoadWatch {

    private final Deployment deployment;
    private final List<Node> nodes;

    /**
     * A running dialler.
     *
     * @param port where it serves its metrics
     */
    public record Node(JvmProcess process, int port) implements AutoCloseable {

        /**
         * Starts a dialler.
         *
         * @param name           its {@code callout.node}
         * @param callsPerSecond what the switch takes from all diallers together
         */
        public static Node start(Deployment deployment, String name, int callsPerSecond) throws IOException {
            int port = FreePort.next();
            return new Node(
                    deployment.startDialler(
                            callsPerSecond, Map.of("CALLOUT_NODE", name, "CALLOUT_HTTP_PORT", Integer.toString(port))),
                    port);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private record Sample(
            long nanos,
            List<Duration> diallers,
            Duration database,
            Duration simulator,
            ServerCounters counters,
            List<DiallerMetrics> metrics) {}

    /**
     * What was measured.
     *
     * @param point  all nodes together
     * @param calls  the calls that ended, of each node
     * @param seconds how long it was measured
     */
    public record Load(Point point, List<Double> calls, double seconds) {}

    public LoadWatch(Deployment deployment, List<Node> nodes) {
        this.deployment = deployment;
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Measures.
     *
     * @param lines       how many calls may be up
     * @param callSeconds how long they last
     * @param seconds     how long to measure; longer if no call ends meanwhile
     */
    public Load measure(int lines, double callSeconds, int seconds) throws Exception {
        Sample before = sample();
        TimeUnit.SECONDS.sleep(seconds);
        Deployment.await(() -> grown(before, metrics(), "callout_calls_ended_total") > 0, "No call ends");
        Sample after = sample();
        return load(lines, callSeconds, before, after);
    }

    private Sample sample() throws SQLException, IOException, InterruptedException {
        List<DiallerMetrics> metrics = metrics();
        List<Duration> diallers =
                nodes.stream().map(node -> node.process().cpu()).toList();
        return new Sample(
                System.nanoTime(),
                diallers,
                deployment.databaseCpu(),
                deployment.simulated().cpu(),
                deployment.counters(),
                metrics);
    }

    private List<DiallerMetrics> metrics() throws IOException, InterruptedException {
        List<DiallerMetrics> metrics = new ArrayList<>();
        for (Node node : nodes) {
            metrics.add(DiallerMetrics.of(node.port()));
        }
        return metrics;
    }

    private static double grown(Sample before, List<DiallerMetrics> after, String name) {
        return IntStream.range(0, after.size())
                .mapToDouble(
                        i -> after.get(i).value(name) - before.metrics().get(i).value(name))
                .sum();
    }

    private static Load load(int lines, double callSeconds, Sample before, Sample after) {
        double seconds = (after.nanos() - before.nanos()) / 1e9;
        Map<String, Double> grown = Map.of(
                "calls", grown(before, after.metrics(), "callout_calls_ended_total"),
                "claims", grown(before, after.metrics(), "callout_claim_seconds_count"),
                "claiming", grown(before, after.metrics(), "callout_claim_seconds_sum"),
                "claimed", grown(before, after.metrics(), "callout_numbers_claimed_total"),
                "writes", grown(before, after.metrics(), "callout_status_write_seconds_count"),
                "writing", grown(before, after.metrics(), "callout_status_write_seconds_sum"),
                "written", grown(before, after.metrics(), "callout_status_write_rows_sum"));
        ServerCounters counters = after.counters();
        Point point = new Point(
                lines,
                callSeconds,
                grown.get("calls") / seconds,
                IntStream.range(0, after.diallers().size())
                                .mapToDouble(i -> used(
                                        before.diallers().get(i),
                                        after.diallers().get(i)))
                                .sum()
                        / seconds,
                used(before.database(), after.database()) / seconds,
                used(before.simulator(), after.simulator()) / seconds,
                grown.get("claims") / seconds,
                ratio(grown.get("claiming"), grown.get("claims")),
                ratio(grown.get("claimed"), grown.get("claims")),
                grown.get("writes") / seconds,
                ratio(grown.get("writing"), grown.get("writes")),
                ratio(grown.get("written"), grown.get("writes")),
                counters.since(before.counters(), "questions") / seconds,
                counters.since(before.counters(), "handler_write", "handler_update", "handler_delete") / seconds,
                counters.since(before.counters(), "innodb_lsn_current") / seconds,
                counters.since(before.counters(), "innodb_log_writes") / seconds);
        List<Double> calls = IntStream.range(0, after.metrics().size())
                .mapToObj(i -> after.metrics().get(i).value("callout_calls_ended_total")
                        - before.metrics().get(i).value("callout_calls_ended_total"))
                .toList();
        return new Load(point, calls, seconds);
    }

    private static double ratio(double sum, double count) {
        return count == 0 ? 0 : sum / count;
    }

    private static double used(Duration before, Duration after) {
        return after.minus(before).toNanos() / 1e9;
    }
}
