package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.settings.SettingsChange;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP that is given another address, or switched off and on, while the dialler runs. */
class HttpAddressIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PORT = "CALLOUT_HTTP_PORT";
    private static final String BIND = "CALLOUT_HTTP_BIND";
    private static final List<String> PATHS =
            List.of("/", "/page.js", "/api/campaigns", "/openapi.json", "/health?live=true");

    private final int first = FreePort.next();
    private Installation callout;

    @AfterEach
    void stop() {
        if (callout != null) {
            callout.close();
        }
    }

    private void startAt(String port) throws Exception {
        callout = Installation.builder()
                .with(PORT, port)
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(
                        Duration.ofMillis(20),
                        Duration.ofMillis(ThreadLocalRandom.current().nextInt(50, 1_000)))))
                .start();
    }

    @Test
    void anotherPortAndOffAndOnTouchNoCall() throws Exception {
        startAt(Integer.toString(first));
        int second = FreePort.next();
        long campaign = callout.campaign("goes on", Map.of("max_concurrent_calls", 30, "max_attempts", 1));
        callout.numbers(campaign, "1", 600);
        await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() > 10);
        List<String> incarnation = callout.column("SELECT incarnation FROM nodes");
        int connections = callout.simulated().connections();
        ApiClient before = new ApiClient(first);
        assertAnswers(before);

        assertThat(callout.change(PORT, Integer.toString(second)).restart()).isEmpty();
        assertAnswers(new ApiClient(second));
        assertAnswersNoLonger(before);
        assertThat(callout.camelContext().getEndpoints())
                .extracting(Endpoint::getEndpointUri)
                .noneMatch(uri -> uri.contains(":" + first))
                .anyMatch(uri -> uri.contains(":" + second + "/api/campaigns"));

        callout.change(PORT, "");
        assertAnswersNoLonger(new ApiClient(second));
        callout.change(PORT, Integer.toString(first));
        assertAnswers(new ApiClient(first));

        assertThat(callout.ledger().size()).as("so far").isLessThan(600);
        callout.awaitAllFinished(PATIENCE);
        assertThat(callout.ledger().calls())
                .hasSize(600)
                .extracting(LedgerCall::number)
                .doesNotHaveDuplicates();
        assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                .containsExactly("success 1");
        assertThat(callout.simulated().connections()).isEqualTo(connections);
        assertThat(callout.column("SELECT incarnation FROM nodes")).isEqualTo(incarnation);
    }

    @Test
    void itIsSwitchedOnWhereItWasOffAtTheStart() throws Exception {
        startAt("");
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertBusy(busy);
        }
        callout.change(PORT, Integer.toString(first));
        assertAnswers(new ApiClient(first));
        importsNumbers(new ApiClient(first));
    }

    @Test
    void whereItCannotListenItStaysWhereItIsWithAllThatWasToChange() throws Exception {
        startAt(Integer.toString(first));
        ApiClient api = new ApiClient(first);
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertBusy(busy);
        }
        assertAnswers(api);
        // An address of nobody, found out only when the routes are put there.
        callout.change("CALLOUT_HTTP_TOKEN", "open-sesame-open-sesame");
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> callout.change(BIND, "192.0.2.1"))
                .withMessageStartingWith("callout.http.port " + first + " on 192.0.2.1 cannot be used: ");
        assertThat(withToken(api)).isEqualTo(200);
        callout.change(BIND, "0.0.0.0");
        assertThat(withToken(api)).isEqualTo(200);
        assertThat(api.get("/api/campaigns").status()).isEqualTo(401);
    }

    @Test
    void whatIsUnderWayIsAnsweredAtTheEarlierPortAndIdleConnectionsEnd() throws Exception {
        startAt(Integer.toString(first));
        callout.campaign("imported", Map.of("paused", 1));
        callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, name, file) VALUES (1, 'one', 'one.wav')");
        String body = "cld\n1001\n1002\n";
        try (Socket upload = connect();
                Socket waiting = connect();
                Socket idle = connect();
                Connection holder = callout.dataSource().getConnection()) {
            send(idle, "GET /health?live=true HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(idle.getInputStream().read()).isPositive();
            send(
                    upload,
                    "POST /api/campaigns/imported/numbers HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body.substring(0, 5));
            holder.setAutoCommit(false);
            holder.createStatement().execute("UPDATE ivr_prompts SET file = 'two.wav' WHERE i_ivr_prompt = 1");
            String change = "{\"file\": \"three.wav\"}";
            send(
                    waiting,
                    "PATCH /api/prompts/1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + change.length() + "\r\n\r\n" + change);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
                            > 0);

            int second = FreePort.next();
            CompletableFuture<SettingsChange> changing = CompletableFuture.supplyAsync(() -> {
                try {
                    return callout.change(PORT, Integer.toString(second));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await("the idle connection ends")
                    .atMost(PATIENCE)
                    .until(() -> idle.getInputStream().readAllBytes() != null);
            send(upload, body.substring(5));
            assertThat(answer(upload))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("connection: close")
                    .contains("\"accepted\":2");
            holder.rollback();
            assertThat(answer(waiting))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("connection: close")
                    .contains("three.wav");
            changing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            importsNumbers(new ApiClient(second));
        }
    }

    private void assertBusy(ServerSocket busy) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> callout.change(PORT, Integer.toString(busy.getLocalPort())))
                .withMessageStartingWith("callout.http.port " + busy.getLocalPort() + " on 127.0.0.1 cannot be used: ");
    }

    private void importsNumbers(ApiClient api) throws Exception {
        long campaign = callout.campaign("imported by " + api.port(), Map.of("paused", 1));
        assertThat(api.send("POST", "/api/campaigns/" + campaign + "/numbers", "text/csv", "cld\n1003\n")
                        .status())
                .isEqualTo(200);
    }

    private static void assertAnswers(ApiClient api) throws Exception {
        for (String path : PATHS) {
            assertThat(api.get(path).status()).as(path).isEqualTo(200);
        }
    }

    private static void assertAnswersNoLonger(ApiClient api) {
        for (String path : PATHS) {
            assertThatThrownBy(() -> api.get(path)).as(path).isInstanceOf(ConnectException.class);
        }
    }

    private static int withToken(ApiClient api) throws Exception {
        return api.send(api.request("/api/campaigns").header("Authorization", "Bearer open-sesame-open-sesame"))
                .status();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), first);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** All that is sent until the connection ends. */
    private static String answer(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "cut: " + e.getMessage();
        }
    }
}
