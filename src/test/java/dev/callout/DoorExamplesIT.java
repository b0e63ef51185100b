package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of routes/examples that go into doors, each as it stands there, in a dialler that makes calls. */
class DoorExamplesIT {

    private static final Path EXAMPLES = Path.of("routes/examples");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** A dialler with one of the files, and numbers to call. */
    private Installation dialling(
            String example, Map<String, String> properties, List<String> numbers, String... before) throws Exception {
        Files.copy(EXAMPLES.resolve(example), folder.resolve(example));
        Properties given = new Properties();
        given.putAll(properties);
        Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .prepared(context -> context.getPropertiesComponent().setOverrideProperties(given))
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .build();
        for (String sql : before) {
            callout.execute(sql);
        }
        callout.start();
        long campaign = callout.campaign("example", Map.of("max_attempts", 1));
        for (String number : numbers) {
            callout.execute(
                    "INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '" + number + "')");
        }
        return callout;
    }

    @Test
    void everyExampleIsTried() throws Exception {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            // Those of reports by ReportExamplesIT.
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith("report-")))
                    .containsExactlyInAnyOrder(
                            "gateway-by-prefix.camel.yaml",
                            "crm-look-up.camel.yaml",
                            "answers-to-webhook.camel.yaml",
                            "status-table.camel.yaml");
        }
    }

    @Test
    void aNumbersPrefixChoosesItsGateway() throws Exception {
        try (Installation callout =
                dialling("gateway-by-prefix.camel.yaml", Map.of(), List.of("+4930100", "+431100", "+33100"))) {
            callout.awaitAllFinished(SOON);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number, LedgerCall::gateway)
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder(
                            "(\"+4930100\", \"carrier-de\")", "(\"+431100\", \"carrier-at\")", "(\"+33100\", \"gw\")");
        }
    }

    @Test
    void aCrmSaysWhoIsCalledAndOneThatFailsPutsNumbersOff() throws Exception {
        HttpServer crm = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        crm.createContext("/numbers/", exchange -> {
            char last = exchange.getRequestURI()
                    .getPath()
                    .charAt(exchange.getRequestURI().getPath().length() - 1);
            exchange.sendResponseHeaders(last == '0' ? 200 : last == '1' ? 404 : 503, -1);
            exchange.close();
        });
        crm.start();
        try (Installation callout = dialling(
                "crm-look-up.camel.yaml",
                Map.of("crm.url", "http://127.0.0.1:" + crm.getAddress().getPort() + "/numbers"),
                List.of("1000", "1001", "1002"))) {
            await().atMost(SOON)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 2
                            && callout.number(
                                            "SELECT COUNT(*) FROM campaign_phones WHERE finished = 0 AND call_count = 0"
                                                    + " AND next_call > NOW() + INTERVAL 30 SECOND")
                                    == 1);
            assertThat(callout.ledger().calls()).extracting(LedgerCall::number).containsExactly("1000");
            assertThat(callout.column("SELECT hangup_cause FROM campaign_phones WHERE cld = '1001'"))
                    .containsExactly("not in the CRM");
        } finally {
            crm.stop(0);
        }
    }

    @Test
    void anAnswerIsPostedWhileTheCalleeIsOnTheLine() throws Exception {
        Queue<String> posted = new ConcurrentLinkedQueue<>();
        HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        service.createContext("/answers", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        service.start();
        try (Installation callout = dialling(
                "answers-to-webhook.camel.yaml",
                Map.of("answers.url", "http://127.0.0.1:" + service.getAddress().getPort() + "/answers"),
                List.of("1000"))) {
            await().atMost(SOON).until(() -> posted.size() == 1);
            assertThat(posted)
                    .containsExactly("{\"number\":\"1000\",\"call\":\""
                            + callout.ledger().calls().get(0).uuid() + "\"}");
        } finally {
            service.stop(0);
        }
    }

    @Test
    void eachEndIsWrittenIntoATableOfTheUsersToo() throws Exception {
        try (Installation callout = dialling(
                "status-table.camel.yaml",
                Map.of(),
                List.of("1000", "1001"),
                "CREATE TABLE crm_status (number VARCHAR(64), call_uuid VARCHAR(64) PRIMARY KEY, status VARCHAR(32),"
                        + " cause VARCHAR(255))")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(callout.column(
                            "SELECT CONCAT(number, ' ', status, ' ', cause) FROM crm_status ORDER BY number"))
                    .containsExactly("1000 success NORMAL_CLEARING", "1001 success NORMAL_CLEARING"));
        }
    }
}
