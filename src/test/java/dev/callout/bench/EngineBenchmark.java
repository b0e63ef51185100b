package dev.callout.bench;

import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.result.Distribution;
import dev.callout.bench.site.BareOriginator;
import dev.callout.bench.site.CommitWatch;
import dev.callout.bench.site.Deployment;
import dev.callout.bench.site.JvmProcess;
import dev.callout.bench.site.SwitchLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures complete calls per second, from the claim to the final status in the table, with calls of one second each.
 * The number of lines is the number of calls per second that would be possible if no line were ever idle.
 * {@code -Dbench.lines=500,2500} and {@code -Dbench.seconds=60} choose what is run. With {@code -Dbench.limits=true}, the
 * gateway has limits that all calls are counted against, and that are never reached. With
 * {@code -Dbench.options=callout.country=DE,callout.calling-rules=bench}, rules bind all calls: hours in the callee's zone, and a
 * cap.
 */
final class EngineBenchmark implements Benchmark {

    private static final Duration RING = Duration.ofMillis(200);
    private static final Duration TALK = Duration.ofMillis(800);
    private static final int CALLS_PER_SECOND = 10_000;

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        int warmUp = full ? 20 : 1;
        int seconds = Integer.getInteger("bench.seconds", full ? 60 : 1);
        for (String lines :
                System.getProperty("bench.lines", full ? "500,1200,2500" : "20").split(",")) {
            run(Integer.parseInt(lines), warmUp, seconds, folder, results);
        }
    }

    private static void run(int lines, int warmUp, int seconds, Path folder, BenchmarkResults results)
            throws Exception {
        String subject = lines + " lines, calls of 1 s";
        try (Deployment deployment = new Deployment(folder, RING, TALK)) {
            try (BareOriginator bare = new BareOriginator(deployment.port(), lines)) {
                results.add(
                        "limit: ESL client and switch alone, " + subject,
                        "calls/s",
                        bare.callsPerSecond(warmUp / 4 + 1, seconds / 4 + 1));
            }
            deployment.campaign(lines, 0, lines * (warmUp + seconds + 10) * 3 / 2);
            if (Boolean.getBoolean("bench.limits")) {
                deployment.execute("INSERT INTO gateways (name, calls_per_second, max_calls) VALUES ('gw', "
                        + CALLS_PER_SECOND + ", " + 2 * lines + ")");
            }
            deployment.execute("INSERT INTO schedules (i_schedule, name) VALUES (1, 'always')");
            deployment.execute("INSERT INTO schedule_records (i_schedule) VALUES (1)");
            deployment.execute("INSERT INTO calling_rules (i_calling_rule, name, i_schedule) VALUES (1, 'bench', 1)");
            deployment.execute("INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours) VALUES (1, 3, 24)");
            try (CommitWatch watch = new CommitWatch(deployment);
                    JvmProcess dialler = deployment.startDialler(CALLS_PER_SECOND, jvmOptions())) {
                long begun = CommitWatch.now();
                deployment.awaitOriginate(dialler);
                deployment.awaitTelephones();
                TimeUnit.SECONDS.sleep(warmUp);
                long from = CommitWatch.now();
                List<Duration> before = cpu(dialler, deployment);
                TimeUnit.SECONDS.sleep(seconds);
                // One more than were in progress: it was dialled in the meantime, on a line that was used before.
                Deployment.await(() -> watch.endsSince(from) > lines, "Calls do not end");
                List<Duration> after = cpu(dialler, deployment);
                long to = CommitWatch.now();
                // Everything that has ended by now is committed before the watch ends.
                TimeUnit.SECONDS.sleep(1);
                Map<String, Long> committed = watch.stop();
                long calls = committed.values().stream()
                        .filter(at -> at >= from && at < to)
                        .count();
                results.add(subject, "calls/s", calls * 1e6 / (to - from), lines > 2000 ? "≥ 1,000, goal 2,000" : "");
                add(
                        subject,
                        "ms from a free line to its originate",
                        deployment.ledger().since(begun).idleTimes(lines, from, to),
                        results);
                add(
                        subject,
                        "ms from a call's end to its commit",
                        untilCommitted(deployment.ledger().since(begun), committed, from, to),
                        results);
                Distribution sinceMark =
                        new Distribution(deployment.ledger().since(from).sinceSentMark(deployment.sentMarks()));
                results.add(subject, "ms from the sent mark to the originate, p50", sinceMark.percentile(50));
                results.add(subject, "ms from the sent mark to the originate, p99", sinceMark.percentile(99), "≤ 50");
                List<String> who = List.of("dialler", "database", "switch");
                for (int i = 0; i < who.size(); i++) {
                    results.add(
                            subject,
                            who.get(i) + "'s processor ms per call",
                            (after.get(i).toMillis() - before.get(i).toMillis()) / (double) calls);
                }
            }
        }
    }

    private static List<Duration> cpu(JvmProcess dialler, Deployment deployment) throws Exception {
        return List.of(
                dialler.cpu(), deployment.databaseCpu(), deployment.simulated().cpu());
    }

    private static List<Double> untilCommitted(SwitchLedger ledger, Map<String, Long> committed, long from, long to) {
        return ledger.calls().stream()
                .filter(call -> call.ended() >= from && call.ended() < to)
                .map(call -> (committed.getOrDefault(call.uuid(), to + 1_000_000) - call.ended()) / 1000.0)
                .toList();
    }

    private static void add(String subject, String quantity, List<Double> values, BenchmarkResults results) {
        Distribution distribution = new Distribution(values);
        results.add(subject, quantity + ", p50", distribution.percentile(50));
        results.add(subject, quantity + ", p99", distribution.percentile(99), "≤ 250");
    }

    /** For a profiler: {@code -Dbench.jvm=-XX:StartFlightRecording=...}. */
    private static String[] jvmOptions() {
        return Arrays.stream(System.getProperty("bench.jvm", "").split(" "))
                .filter(one -> !one.isBlank())
                .toArray(String[]::new);
    }
}
