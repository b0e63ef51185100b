package dev.callout.bench;

import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.site.Deployment;
import dev.callout.bench.site.JvmProcess;
import dev.callout.bench.site.JvmView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures the time from the start of the process to its first originate from a full table, and to the adoption of all
 * calls that an earlier process left: after SIGTERM, and after a kill, when its lease must have expired first. The
 * limit is a JVM that only prints its version.
 */
final class StartBenchmark implements Benchmark {

    private static final Duration RING = Duration.ofSeconds(1);
    private static final Duration TALK = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int CALLS_PER_SECOND = 1_000;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        int numbers = full ? 1_000_000 : 1_000;
        int calls = full ? 5_000 : 50;
        results.add("limit: --version", "s", version(folder));
        try (Deployment deployment = new Deployment(folder, RING, TALK)) {
            deployment.campaign(calls, 0, numbers);
            long begun = System.nanoTime();
            try (JvmProcess dialler = deployment.startDialler(CALLS_PER_SECOND)) {
                deployment.awaitOriginate(dialler);
                results.add(String.format("%,d due numbers", numbers), "s to the first originate", secondsSince(begun));
                awaitCallsUp(calls, dialler);
                // There are no calls but the adopted ones.
                deployment.execute("UPDATE campaigns SET paused = 1");
                TimeUnit.SECONDS.sleep(full ? 5 : 1);
            }
            String subject = String.format("%,d calls up", calls);
            long up = deployment.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL");
            try (JvmProcess dialler = restart(subject + ", after SIGTERM", (int) up, deployment, results)) {
                dialler.kill();
            }
            if (!full) {
                return;
            }
            up = deployment.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL");
            restart(subject + ", after a kill, with 6 s of lease", (int) up, deployment, results)
                    .close();
        }
    }

    private static double version(Path folder) throws Exception {
        long begun = System.nanoTime();
        try (JvmProcess process = JvmProcess.start(folder.resolve("version.log"), List.of(), Map.of(), "--version")) {
            process.awaitEnd();
        }
        return secondsSince(begun);
    }

    private static JvmProcess restart(String subject, int calls, Deployment deployment, BenchmarkResults results)
            throws Exception {
        long begun = System.nanoTime();
        JvmProcess dialler = deployment.startDialler(CALLS_PER_SECOND);
        try {
            // A few may end in the meantime.
            awaitCallsUp(calls - calls / 100, dialler);
        } catch (Exception e) {
            dialler.close();
            throw e;
        }
        results.add(subject, "s until all are adopted", secondsSince(begun), "≤ 10");
        return dialler;
    }

    private static void awaitCallsUp(int calls, JvmProcess dialler) throws Exception {
        long begun = System.nanoTime();
        try (JvmView view = new JvmView(dialler)) {
            while (view.callsUp() < calls) {
                dialler.requireAlive();
                if (System.nanoTime() - begun > LONGEST.toNanos()) {
                    throw new IllegalStateException("Only " + view.callsUp() + " of " + calls + " calls are followed");
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
