package dev.callout.bench;

import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.result.Distribution;
import dev.callout.bench.site.Deployment;
import dev.callout.bench.site.JvmProcess;
import dev.callout.testbed.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long the page waits for what it shows, with a thousand campaigns and a million numbers, half of them called, while
 * another campaign calls.
 */
final class PagesBenchmark implements Benchmark {

    private static final Duration TALK = Duration.ofSeconds(1);
    private static final int LINES = 50;
    private static final int CALLS_PER_SECOND = 100;
    private static final int NUMBERS_EACH = 1_000;

    /**
     * What the page's modules ask for, one after the other. The key of a campaign stands for {@code KEY}, that of a number of
     * it for {@code ROW}, and for {@code DAY} and {@code WEEK} when a day and seven days ago began.
     */
    private static final List<String> REQUESTS = List.of(
            "campaigns?fields=name,paused,state,idle_reason,why_idle,numbers,finished,in_progress,calls_up,talking,ringing,"
                    + "calls_per_minute,max_concurrent_calls,emergency,destination_list,run_started,run_ended,calls_made"
                    + "&limit=1000&after=0",
            "caller",
            "switches",
            "activity",
            "activity?campaign=KEY",
            "campaigns/KEY",
            "campaigns/KEY/numbers?limit=100",
            "campaigns/KEY/numbers/ROW/attempts",
            "campaigns/KEY/preview",
            "imports?campaign=KEY&limit=20",
            "reports?campaign=c1&by=cause",
            "reports?by=day&from=DAY",
            "reports?by=campaign&from=DAY",
            "reports?by=cause&from=DAY",
            "reports?by=campaign&from=WEEK",
            "attempts?limit=50",
            "attempts?limit=50&campaign=KEY",
            "attempts?limit=50&status=failure",
            "numbers?limit=50",
            "numbers?limit=50&cause=USER_BUSY",
            "numbers?limit=50&number=%2B49170000500500",
            "schedules?limit=1000",
            "holiday-calendars?limit=1000",
            "prompts?limit=1000",
            "prompt-files?limit=1000",
            "do-not-call-lists?limit=1000",
            "gateways?limit=1000",
            "gateway-groups?limit=1000",
            "caller-id-pools?limit=1000",
            "audit?limit=50",
            "stop-all");

    /** What nobody sees first, and what takes as long as there are attempts. */
    private static final List<String> LIMITS =
            List.of("reports?by=campaign", "reports?by=hour", "reports?by=hour&zone=callee", "reports?by=cause");

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        int campaigns = full ? 1_000 : 3;
        int times = full ? 60 : 1;
        int port = FreePort.next();
        try (Deployment deployment = new Deployment(folder, Duration.ofMillis(200), TALK)) {
            deployment.campaign(LINES, 0, full ? 100_000 : 1_000);
            fill(deployment, campaigns);
            try (JvmProcess dialler = deployment.startDialler(
                    CALLS_PER_SECOND, Map.of("CALLOUT_HTTP_PORT", Integer.toString(port)), "-Xmx512m")) {
                deployment.awaitOriginate(dialler);
                String key = Long.toString(deployment.number("SELECT MAX(i_campaign) FROM campaigns"));
                String row = Long.toString(deployment.number("SELECT MAX(i_campaign_phone) FROM campaign_phones"));
                String subject = String.format("%,d campaigns of %,d numbers, beside calls", campaigns, NUMBERS_EACH);
                for (String request : REQUESTS) {
                    URI uri = uri(port, request.replace("KEY", key).replace("ROW", row));
                    results.add(subject, "ms of " + title(request) + ", p95", p95(uri, times), "≤ 200");
                }
                for (String request : LIMITS) {
                    results.add(subject, "ms of " + request + ", all attempts, p95", p95(uri(port, request), times));
                }
                URI health = URI.create("http://127.0.0.1:" + port + "/health");
                results.add("limit: " + subject, "ms of health, p95", p95(health, times));
                dialler.requireAlive();
            }
        }
    }

    private static URI uri(int port, String request) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + port + "/api/"
                + request.replace("DAY", now.minus(Duration.ofDays(1)).toString())
                        .replace("WEEK", now.minus(Duration.ofDays(7)).toString()));
    }

    private static String title(String request) {
        return request.startsWith("campaigns?") ? "campaigns, those of the overview" : request;
    }

    /** Half of the numbers have been called: one attempt each, half of these answered. */
    private static void fill(Deployment deployment, int campaigns) throws Exception {
        deployment.execute("INSERT INTO campaigns (name, profile_gateway, action_on_answer, paused)"
                + " SELECT CONCAT('c', seq), 'gw', 'echo()', 1 FROM seq_1_to_" + campaigns);
        deployment.execute("INSERT INTO campaign_phones (i_campaign, cld, finished, call_count, status, hangup_cause)"
                + " SELECT c.i_campaign, CONCAT('+', 49170000000000 + c.i_campaign * 1000 + s.seq), s.seq % 2, s.seq % 2,"
                + " IF(s.seq % 2, IF(s.seq % 4 = 1, 'success', 'failure'), 'idle'),"
                + " IF(s.seq % 2, IF(s.seq % 4 = 1, 'NORMAL_CLEARING', 'USER_BUSY'), NULL)"
                + " FROM campaigns AS c JOIN seq_1_to_" + NUMBERS_EACH + " AS s WHERE c.name LIKE 'c%'");
        deployment.execute(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                        + " connect_time, disconnect_time, status, hangup_cause)"
                        + " SELECT UUID(), i_campaign, i_campaign_phone, cld, 1, began, IF(status = 'success', began, NULL),"
                        + " began + INTERVAL 20 SECOND, status, hangup_cause"
                        + " FROM (SELECT p.*, UTC_TIMESTAMP(3) - INTERVAL p.i_campaign_phone SECOND AS began FROM campaign_phones AS p"
                        + " WHERE p.finished = 1) AS called");
        deployment.execute("ANALYZE TABLE campaign_phones, call_attempts");
    }

    private double p95(URI uri, int times) throws IOException, InterruptedException {
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            taken.add((System.nanoTime() - begun) / 1e6);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + " is answered by " + answer.statusCode() + ": " + answer.body());
            }
        }
        return new Distribution(taken).percentile(95);
    }
}
