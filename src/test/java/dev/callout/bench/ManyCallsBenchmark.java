package dev.callout.bench;

import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.result.Distribution;
import dev.callout.bench.site.Deployment;
import dev.callout.bench.site.JvmProcess;
import dev.callout.bench.site.JvmView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** 10,000 calls up at once in a small heap: memory and threads, in comparison with the same dialler without a call. */
final class ManyCallsBenchmark implements Benchmark {

    private static final Duration RING = Duration.ofSeconds(1);
    private static final Duration TALK = Duration.ofHours(1);
    private static final Duration UNTIL_UP = Duration.ofMinutes(3);
    private static final int CALLS_PER_SECOND = 1_000;
    /** About a hundredth of the calls ends early and is replaced all the time. */
    private static final double UP = 0.99;

    @Override
    public String name() {
        return "many-calls";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        int calls = full ? 10_000 : 100;
        int seconds = full ? 60 : 1;
        String subject = String.format("%,d calls up for %d s, -Xmx256m", calls, seconds);
        try (Deployment deployment = new Deployment(folder, RING, TALK)) {
            deployment.campaign(calls, 0, calls * 2);
            deployment.execute("UPDATE campaigns SET paused = 1");
            try (JvmProcess dialler =
                    deployment.startDialler(CALLS_PER_SECOND, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError")) {
                try (JvmView view = new JvmView(dialler)) {
                    await(view::connected, "The dialler does not connect", dialler);
                    double idle = view.megabytesAfterGc();
                    results.add("limit: no call, -Xmx256m", "MB of heap after GC", idle);
                    results.add("limit: no call, -Xmx256m", "threads", view.threads());
                    deployment.execute("UPDATE campaigns SET paused = 0");
                    await(() -> view.callsUp() >= calls * UP, "Not all calls get up", dialler);
                    List<Double> up = new ArrayList<>();
                    long threads = 0;
                    for (int i = 0; i < seconds; i++) {
                        TimeUnit.SECONDS.sleep(1);
                        dialler.requireAlive();
                        up.add((double) view.callsUp());
                        threads = Math.max(threads, view.threads());
                    }
                    double heap = view.megabytesAfterGc();
                    results.add(
                            subject,
                            "calls up, median",
                            new Distribution(up).percentile(50),
                            "≥ " + (int) (calls * UP));
                    results.add(subject, "MB of heap after GC", heap, "≤ 256");
                    results.add(subject, "kB of heap per call", (heap - idle) * 1000 / calls);
                    results.add(subject, "threads, at most", threads, "< 60");
                }
            }
        }
    }

    private static void await(Callable<Boolean> condition, String otherwise, JvmProcess dialler) throws Exception {
        long begun = System.nanoTime();
        while (!condition.call()) {
            dialler.requireAlive();
            if (System.nanoTime() - begun > UNTIL_UP.toNanos()) {
                throw new IllegalStateException(otherwise);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
