package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route files of docs/routes.md, each as it stands there, in a dialler that makes calls. */
class RouteExamplesIT {

    private static final Pattern EXAMPLE = Pattern.compile("(?m)^    # (\\S+\\.camel\\.yaml)\n(?:^    .*\n)+");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private final List<JsonNode> arrived = new CopyOnWriteArrayList<>();

    /** The example files of the page, by name. */
    private static Map<String, String> examples() throws Exception {
        Map<String, String> examples = new LinkedHashMap<>();
        for (MatchResult example : EXAMPLE.matcher(Files.readString(Path.of("docs/routes.md")))
                .results()
                .toList()) {
            examples.put(example.group(1), example.group().replaceAll("(?m)^    ", ""));
        }
        return examples;
    }

    /** A dialler with one of the files, two numbers of which the first answers and the second is busy, dialled to their ends. */
    private Installation dialled(String example, Map<String, String> properties, Consumer<CamelContext> preparation)
            throws Exception {
        String yaml = examples().get(example).replace("file:outcomes?", "file:" + folder + "/outcomes?");
        Files.writeString(folder.resolve(example), yaml);
        Properties given = new Properties();
        given.putAll(properties);
        Installation installation = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .prepared(camelContext -> {
                    camelContext.getPropertiesComponent().setOverrideProperties(given);
                    preparation.accept(camelContext);
                })
                .simulated(simulated -> simulated.callees(call -> call.number().endsWith("0")
                        ? CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(50))
                        : CalleePlan.refuses(486, Duration.ofMillis(20))))
                .start();
        try {
            installation.numbers(installation.campaign("example", Map.of("max_attempts", 1)), "100", 2);
            installation.awaitAllFinished(SOON);
            return installation;
        } catch (Exception | Error e) {
            installation.close();
            throw e;
        }
    }

    @Test
    void everyExampleIsTried() throws Exception {
        assertThat(examples())
                .containsOnlyKeys(
                        "numbers-of-the-evening.camel.yaml",
                        "webhook.camel.yaml",
                        "kafka.camel.yaml",
                        "mail.camel.yaml");
    }

    @Test
    void aRuleSkipsTheNumbersThatItIsFor() throws Exception {
        try (Installation installation = dialled("numbers-of-the-evening.camel.yaml", Map.of(), context -> {})) {
            assertThat(installation.column("SELECT CONCAT(cld, ' ', hangup_cause) FROM campaign_phones ORDER BY cld"))
                    .containsExactly("1000000 switchboard", "1000001 USER_BUSY");
            assertThat(installation.ledger().calls()).hasSize(1);
        }
    }

    @Test
    void webhookGetsEveryOutcomeAndIsTriedAgainWhenItDoesNotTakeOne() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/outcomes", exchange -> {
            boolean good = asked.incrementAndGet() > 1
                    && exchange.getRequestMethod().equals("POST")
                    && "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    && exchange.getRequestHeaders().getFirst("Content-Type").startsWith("application/json");
            if (good) {
                arrived.add(MAPPER.readTree(exchange.getRequestBody()));
            }
            exchange.sendResponseHeaders(good ? 204 : 503, -1);
            exchange.close();
        });
        server.start();
        try (Installation installation = dialled(
                "webhook.camel.yaml",
                Map.of(
                        "outcomes.token",
                        "secret",
                        "outcomes.url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/outcomes"),
                context -> {})) {
            await().atMost(SOON).until(() -> arrived.size() == 2);
            assertThat(asked).hasValue(3);
            assertThat(arrived)
                    .extracting(outcome -> outcome.get("number").asText() + " "
                            + outcome.get("status").asText())
                    .containsExactlyInAnyOrder("1000000 success", "1000001 failure");
            assertThat(installation.column("SELECT call_uuid FROM call_attempts"))
                    .containsExactlyInAnyOrderElementsOf(arrived.stream()
                            .map(outcome -> outcome.get("call").asText())
                            .toList());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void kafkaGetsEveryOutcomeWithTheNumberAsItsKey() throws Exception {
        MockProducer<String, String> producer =
                new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());
        List<String> brokers = new ArrayList<>();
        try (Installation installation =
                dialled("kafka.camel.yaml", Map.of("kafka.brokers", "broker1:9092"), context -> context.getComponent(
                                "kafka", KafkaComponent.class)
                        .setKafkaClientFactory(new DefaultKafkaClientFactory() {
                            @Override
                            @SuppressWarnings("rawtypes")
                            public Producer getProducer(Properties properties) {
                                brokers.add(properties.getProperty("bootstrap.servers"));
                                return producer;
                            }
                        }))) {
            await().atMost(SOON).until(() -> producer.history().size() == 2);
            assertThat(brokers).containsExactly("broker1:9092");
            assertThat(producer.history())
                    .allSatisfy(record -> {
                        assertThat(record.topic()).isEqualTo("outcomes");
                        assertThat(MAPPER.readTree(record.value()).get("number").asText())
                                .isEqualTo(record.key());
                    })
                    .extracting(record -> record.key())
                    .containsExactlyInAnyOrderElementsOf(installation.column("SELECT cld FROM campaign_phones"));
        }
    }

    @Test
    void mailComesForEachNumberThatWasReached() throws Exception {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(SOON.toMillis());
        GreenMail server = new GreenMail(setup);
        server.start();
        try (Installation installation = dialled(
                "mail.camel.yaml",
                Map.of("mail.server", "127.0.0.1:" + server.getSmtp().getPort()),
                context -> {})) {
            assertThat(server.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();
            assertThat(server.getReceivedMessages()).singleElement().satisfies(mail -> {
                assertThat(mail.getSubject()).isEqualTo("1000000 was reached");
                assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("sales@example.com");
                assertThat(mail.getContent().toString())
                        .contains(installation
                                .column("SELECT call_uuid FROM call_attempts ORDER BY number")
                                .get(0));
            });
        } finally {
            server.stop();
        }
    }
}
