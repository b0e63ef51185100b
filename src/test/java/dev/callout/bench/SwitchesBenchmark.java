package dev.callout.bench;

import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.result.Distribution;
import dev.callout.bench.site.Deployment;
import dev.callout.bench.site.JvmProcess;
import dev.callout.bench.site.JvmView;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.testbed.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What connections, signs of life and health checks of many switches cost a dialler that makes no call. */
final class SwitchesBenchmark implements Benchmark {

    private static final Duration RING = Duration.ofSeconds(1);
    private static final int CALLS_PER_SECOND = 10;
    private static final int ASKED = 20;

    @Override
    public String name() {
        return "switches";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        for (int count : full ? List.of(1, 10, 50) : List.of(2)) {
            try (Deployment deployment = new Deployment(folder, RING, RING)) {
                measure(count, full ? 30 : 1, deployment, results);
            }
        }
    }

    private static void measure(int count, int seconds, Deployment deployment, BenchmarkResults results)
            throws Exception {
        String subject = count + (count == 1 ? " switch" : " switches") + ", no call";
        int port = FreePort.next();
        List<SimulatedSwitch> further = new ArrayList<>();
        StringBuilder names = new StringBuilder("sim");
        Map<String, String> environment = new HashMap<>(Map.of("CALLOUT_HTTP_PORT", Integer.toString(port)));
        try {
            for (int i = 1; i < count; i++) {
                SimulatedSwitch one = SimulatedSwitch.builder().start();
                further.add(one);
                names.append(",s").append(i);
                environment.put("CALLOUT_SWITCH_S" + i + "_PORT", Integer.toString(one.port()));
            }
            environment.put("CALLOUT_SWITCHES", names.toString());
            try (JvmProcess dialler = deployment.startDialler(CALLS_PER_SECOND, environment, "-Xmx256m");
                    JvmView view = new JvmView(dialler)) {
                Deployment.await(() -> health(port) == 200, "Not all switches answer");
                // What the start has left to do.
                TimeUnit.SECONDS.sleep(full(seconds) ? 20 : 0);
                Duration cpu = dialler.cpu();
                TimeUnit.SECONDS.sleep(seconds);
                results.add(
                        subject,
                        "ms of the processor in a second",
                        dialler.cpu().minus(cpu).toNanos() / 1e6 / seconds);
                results.add(subject, "threads", view.threads(), "< 60");
                results.add(subject, "MB of heap after GC", view.megabytesAfterGc(), "≤ 256");
                List<Double> times = new ArrayList<>();
                for (int i = 0; i < ASKED; i++) {
                    long began = System.nanoTime();
                    health(port);
                    times.add((System.nanoTime() - began) / 1e6);
                }
                results.add(subject, "ms of GET /health, p50", new Distribution(times).percentile(50));
            }
        } finally {
            further.forEach(SimulatedSwitch::close);
        }
    }

    private static boolean full(int seconds) {
        return seconds > 1;
    }

    /** Returns the status of the answer; 0: there is none. */
    private static int health(int port) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
