package dev.callout.bench;

import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.result.Distribution;
import dev.callout.bench.site.CommitWatch;
import dev.callout.bench.site.Deployment;
import dev.callout.bench.site.JvmProcess;
import dev.callout.bench.site.SwitchLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Compares the times between originates, as the switch receives them, with those of a timer that ticks at the same time
 * on the same machine and does nothing else.
 */
final class PaceBenchmark implements Benchmark {

    private static final Duration RING = Duration.ofMillis(200);
    private static final Duration TALK = Duration.ofMillis(800);
    /** For this long after the first originate the code is still being compiled. This time is left out. */
    private static final int WARM_UP_SECONDS = 5;

    @Override
    public String name() {
        return "pace";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        for (int rate : full ? new int[] {1, 10, 100} : new int[] {50}) {
            run(rate, full ? Math.max(30, Math.min(120, 1000 / rate)) : 2, full ? WARM_UP_SECONDS : 1, folder, results);
        }
    }

    private static void run(int rate, int seconds, int warmUp, Path folder, BenchmarkResults results) throws Exception {
        double gap = 1000.0 / rate;
        try (Deployment deployment = new Deployment(folder, RING, TALK)) {
            deployment.campaign(10 * rate, gap / 1000, rate * (seconds + 60));
            List<Double> ticks;
            SwitchLedger ledger;
            try (JvmProcess dialler = deployment.startDialler(1_000)) {
                deployment.awaitOriginate(dialler);
                TimeUnit.SECONDS.sleep(warmUp);
                long from = CommitWatch.now();
                ticks = ticks(gap, (int) (seconds * 1000 / gap));
                Deployment.await(() -> deployment.ledger().since(from).calls().size() > 1, "Nothing is dialled");
                ledger = deployment.ledger().since(from);
            }
            List<Double> distances = new ArrayList<>();
            for (int i = 1; i < ledger.calls().size(); i++) {
                distances.add((ledger.calls().get(i).nanos()
                                - ledger.calls().get(i - 1).nanos())
                        / 1e6);
            }
            add(rate + " calls/s", distances, gap, "≤ 5", results);
            Distribution sinceMark = new Distribution(ledger.sinceSentMark(deployment.sentMarks()));
            results.add(rate + " calls/s", "ms from the sent mark to the originate, p50", sinceMark.percentile(50));
            results.add(
                    rate + " calls/s", "ms from the sent mark to the originate, p99", sinceMark.percentile(99), "≤ 50");
            add("limit: a timer alone, " + rate + "/s", ticks, gap, "", results);
        }
    }

    private static void add(
            String subject, List<Double> distances, double gap, String limit, BenchmarkResults results) {
        Distribution errors = new Distribution(
                distances.stream().map(distance -> Math.abs(distance - gap)).toList());
        results.add(subject, "ms between two, mean", new Distribution(distances).mean());
        results.add(subject, "ms of error, p50", errors.percentile(50));
        results.add(subject, "ms of error, p99", errors.percentile(99), limit);
        results.add(subject, "ms of error, at most", errors.most());
    }

    /** Returns the times between this many ticks of a timer. */
    private static List<Double> ticks(double gap, int count) throws InterruptedException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        List<Double> distances = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(count + 1);
        long[] last = {0};
        timer.scheduleAtFixedRate(
                () -> {
                    long now = System.nanoTime();
                    if (last[0] != 0 && done.getCount() > 0) {
                        distances.add((now - last[0]) / 1e6);
                    }
                    last[0] = now;
                    done.countDown();
                },
                0,
                (long) (gap * 1e6),
                TimeUnit.NANOSECONDS);
        done.await();
        timer.shutdown();
        timer.awaitTermination(1, TimeUnit.SECONDS);
        return distances;
    }
}
