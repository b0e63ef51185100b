package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** From the end of a call to the receiver of the webhook. */
class WebhookIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void theOutcomeOfACallIsPostedAndTheApiShowsIt() throws Exception {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            posted.add(exchange.getRequestHeaders().getFirst("Callout-Signature") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        int port = FreePort.next();
        try (Installation callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with(
                        "CALLOUT_WEBHOOK_URL",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path")
                .with("CALLOUT_WEBHOOK_SECRET", "a-secret-of-thirty-two-characters-or-more")
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(200))))
                .start()) {
            long campaign = callout.campaign(
                    "told", Map.of("profile_gateway", "trunk", "action_on_answer", "echo()", "threshold_msec", 0));
            callout.numbers(campaign, "500", 3);
            await().atMost(SOON).until(() -> posted.size() == 3);
            assertThat(posted).allSatisfy(one -> assertThat(one)
                    .startsWith("t=")
                    .contains("\"status\":\"success\"")
                    .contains("\"campaign\":" + campaign));
            ApiClient api = new ApiClient(port);
            await().atMost(SOON)
                    .until(() -> api.get("/api/webhook").json().get("accepted").equals(3));
            assertThat(api.get("/api/webhook").json())
                    .containsEntry("waiting", 0)
                    .containsEntry("failing", false);
            assertThat(api.get("/api/webhook").text()).doesNotContain("secret");
        } finally {
            server.stop(0);
        }
    }
}
