package dev.callout.dialler.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.callout.settings.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final String SECRET = "a-secret-of-thirty-two-characters-or-more";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService served = Executors.newCachedThreadPool();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private Webhook webhook;
    /** Returns the status of an answer; 0: none ever. */
    private volatile ToIntFunction<String> answers = body -> 204;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(served);
        server.createContext("/outcomes", this::answer);
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        webhook = webhook(server.getAddress().getPort());
    }

    private Webhook webhook(int port) {
        return new Webhook(
                new Settings.Webhook(URI.create("http://127.0.0.1:" + port + "/outcomes?key=hidden"), SECRET),
                Webhook.client().build(),
                timer,
                InstantSource.system(),
                Duration.ofMillis(5),
                Duration.ofMillis(500));
    }

    @AfterEach
    void stop() {
        over.countDown();
        webhook.close();
        timer.shutdownNow();
        server.stop(0);
        served.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requireSigned(exchange, body);
        bodies.add(body);
        int status = answers.applyAsInt(body);
        if (status == 0) {
            // The head of an answer whose end never comes.
            exchange.sendResponseHeaders(200, 0);
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        if (status == 307) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        if (status == 204) {
            accepted.add(body);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** As a receiver does it by the words of the documentation alone. */
    private static void requireSigned(HttpExchange exchange, String body) throws IOException {
        try {
            String[] parts =
                    exchange.getRequestHeaders().getFirst("Callout-Signature").split("[=,]");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String expected =
                    HexFormat.of().formatHex(mac.doFinal((parts[1] + "." + body).getBytes(StandardCharsets.UTF_8)));
            boolean right = parts[3].equals(expected)
                    && Math.abs(Instant.now().getEpochSecond() - Long.parseLong(parts[1])) < 60
                    && body.contains(exchange.getRequestHeaders().getFirst("Callout-Delivery"));
            if (!right) {
                throw new IOException("the signature is wrong");
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void take(long id, int attempt) throws Exception {
        webhook.take("{\"id\":" + id + ",\"list\":null,\"attempt\":" + attempt + ",\"number\":\"ö\",\"call\":\"call-"
                + id + "-" + attempt + "\"}");
    }

    private Webhook.State state() {
        return webhook.state().orElseThrow();
    }

    @Test
    void outcomesOfANumberGoOutInOrderAlthoughEachFailsAtFirst() throws Exception {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        answers = body -> {
            int number = tries.merge(body, 1, Integer::sum);
            return number == 1 ? 500 : number == 2 ? 0 : number == 3 ? 307 : 204;
        };
        for (int attempt = 1; attempt <= 3; attempt++) {
            for (long id = 1; id <= 20; id++) {
                take(id, attempt);
            }
        }
        await().atMost(SOON).until(() -> state().accepted() == 60);
        for (long id = 1; id <= 20; id++) {
            String own = "{\"id\":" + id + ",";
            assertThat(accepted.stream()
                            .filter(body -> body.startsWith(own))
                            .map(body -> body.replaceAll(".*\"attempt\":(\\d).*", "$1")))
                    .containsExactly("1", "2", "3");
        }
        assertThat(elsewhere).as("redirects that were followed").hasValue(0);
        assertThat(state())
                .returns(0, Webhook.State::waiting)
                .returns(false, Webhook.State::failing)
                .satisfies(state -> assertThat(state.lastSuccess()).isNotNull())
                .satisfies(state -> assertThat(state.receiver()).doesNotContain("hidden"));
    }

    @Test
    void anOutcomeThatTheReceiverCannotTakeKeepsNoOtherBack() throws Exception {
        answers = body -> body.contains("\"id\":3,") ? 422 : body.contains("\"id\":4,") ? 500 : 204;
        take(3, 1);
        take(3, 2);
        take(4, 1);
        webhook.take("{\"id\":5,\"list\":null,\"call\":\"no\\nheader\"}");
        for (long id = 5; id < 40; id++) {
            take(id, 1);
        }
        await().atMost(SOON).until(() -> state().waiting() == 0);
        assertThat(state().refused()).isEqualTo(4);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new WebhookMeters(webhook).bindTo(meters);
        assertThat(meters.get("callout.webhook.outcomes")
                        .tag("result", "refused")
                        .functionCounter()
                        .count())
                .isEqualTo(4);
        assertThat(meters.get("callout.webhook.outcomes")
                        .tag("result", "dropped")
                        .functionCounter()
                        .count())
                .isZero();
        assertThat(state().accepted()).isEqualTo(35);
        assertThat(bodies.stream().filter(body -> body.contains("\"id\":3,"))).hasSize(2);
        assertThat(bodies.stream().filter(body -> body.contains("\"id\":4,"))).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void theConnectionOfAnAnswerThatNeverEndsIsClosed() throws Exception {
        try (ServerSocket dribbling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            webhook.close();
            webhook = webhook(dribbling.getLocalPort());
            take(1, 1);
            try (Socket first = dribbling.accept()) {
                OutputStream out = first.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().atMost(SOON).until(() -> isBroken(out));
            }
            await().atMost(SOON).until(() -> state().reason() != null);
            assertThat(state().reason()).contains("Timeout");
        }
    }

    /** Writes one more byte. */
    private static boolean isBroken(OutputStream out) {
        try {
            out.write('x');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whileTheReceiverIsAwayOutcomesWaitUpToABoundAndNobodyWaitsForThem() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        long begun = System.nanoTime();
        for (int id = 0; id < Webhook.MOST + 5; id++) {
            take(id, 1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(state().waiting()).isEqualTo(Webhook.MOST);
        assertThat(state().dropped()).isEqualTo(5);
        await().atMost(SOON).until(() -> state().failing() && state().reason().contains("ConnectException"));
        assertThat(state().refused()).isZero();

        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(served);
        server.createContext("/outcomes", this::answer);
        server.start();
        await().atMost(Duration.ofSeconds(120)).until(() -> state().accepted() > 500);
        assertThat(state().refused()).isZero();
    }
}
