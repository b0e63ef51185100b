package dev.callout.dialler.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.CommitGate;
import dev.callout.testbed.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes from the end of a call to their receiver, by way of the outbox. */
class OutboxIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ATTEMPTS = "SELECT CONCAT(number, ' ', attempt) FROM call_attempts";

    /** What the receiver has taken, in this order. */
    private final List<JsonNode> taken = new CopyOnWriteArrayList<>();

    private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
    /** What {@code seda:outcomes} has got. */
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();

    private volatile Predicate<JsonNode> refused = outcome -> false;
    /** Which outcomes the receiver marks for rollback, without an exception. */
    private volatile Predicate<JsonNode> rolledBack = outcome -> false;

    private void receiver(CamelContext context) {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:receiver").routeId("receiver").startupOrder(1).process(OutboxIT.this::take);
                    from("direct:my-steps")
                            .routeId("my-steps")
                            .startupOrder(9001)
                            .onException(UnsupportedOperationException.class)
                            .handled(true)
                            .end()
                            .process(OutboxIT.this::take)
                            .filter(exchange -> shown(exchange).endsWith(" 1"))
                            .stop()
                            .end()
                            .filter(exchange -> shown(exchange).endsWith(" 2"))
                            .throwException(new UnsupportedOperationException("handled"))
                            .end();
                    from("direct:rolls-back")
                            .routeId("rolls-back")
                            .startupOrder(9002)
                            .filter(exchange -> rolledBack.test(parsed(exchange)))
                            .markRollbackOnly()
                            .end()
                            .process(OutboxIT.this::take);
                    from("seda:outcomes?multipleConsumers=true")
                            .routeId("listener")
                            .startupOrder(2)
                            .process(exchange -> heard.add(json(exchange)));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(Exchange exchange) throws Exception {
        JsonNode outcome = json(exchange);
        if (refused.test(outcome)) {
            throw new IllegalArgumentException("not this one");
        }
        taken.add(outcome);
        headers.add(new HashMap<>(exchange.getMessage().getHeaders()));
    }

    private static JsonNode json(Exchange exchange) throws Exception {
        return MAPPER.readTree(exchange.getMessage().getBody(String.class));
    }

    private static JsonNode parsed(Exchange exchange) {
        try {
            return json(exchange);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(Exchange exchange) {
        return shown(parsed(exchange));
    }

    private Installation.Builder installation() {
        return Installation.builder()
                .with("CALLOUT_OUTBOX_TO", "direct:receiver")
                .prepared(this::receiver)
                .simulated(simulated -> simulated.callees(call -> call.number().endsWith("0")
                        ? CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(50))
                        : CalleePlan.refuses(486, Duration.ofMillis(20))));
    }

    private static String shown(JsonNode outcome) {
        return outcome.get("number").asText() + " " + outcome.get("attempt").asInt();
    }

    private void awaitEmpty(Installation callout) {
        await().atMost(SOON).until(() -> callout.number("SELECT COUNT(*) FROM outcome_outbox") == 0);
    }

    @Test
    void eachOutcomeOfPhonesAndListsComesOnceAsTheQueueHasItAndLeavesTheTable() throws Exception {
        try (Installation callout = installation()
                .server("sql_mode='ANSI,ORACLE'")
                .with("CALLOUT_ALTER_TABLES", "true")
                .start()) {
            long campaign = callout.campaign("phones", Map.of("max_attempts", 2, "backoff_sec", 1));
            callout.numbers(campaign, "100", 12);
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", 'no;number')");
            callout.execute(
                    "CREATE TABLE callees (number VARCHAR(64), lastcall DATETIME, lastresult VARCHAR(255), calls INT,"
                            + " in_use INT, duration INT, callerid VARCHAR(64), PRIMARY KEY (number)) ENGINE=InnoDB");
            callout.execute("INSERT INTO callees (number) VALUES ('700'), ('701')");
            callout.campaign("list", Map.of("destination_list", "callees", "max_attempts", 1));
            callout.awaitAllFinished(SOON);
            await().atMost(SOON)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM callees WHERE lastresult IS NOT NULL AND calls = 1")
                                    == 2);
            awaitEmpty(callout);

            assertThat(taken)
                    .filteredOn(outcome -> !outcome.get("number").asText().equals("no;number"))
                    .extracting(OutboxIT::shown)
                    .containsExactlyInAnyOrderElementsOf(callout.column(ATTEMPTS));
            assertThat(taken)
                    .filteredOn(outcome -> outcome.get("number").asText().equals("no;number"))
                    .singleElement()
                    .satisfies(
                            outcome -> assertThat(outcome.get("setup").isNull()).isTrue());
            await().atMost(SOON).until(() -> heard.size() == taken.size());
            assertThat(taken).containsExactlyInAnyOrderElementsOf(heard);
            assertThat(headers)
                    .allSatisfy(one -> assertThat(one).containsEntry("Content-Type", "application/json"))
                    .extracting(one -> one.get("Callout-Key"))
                    .contains("campaign_phones:1", "callees:1");
        }
    }

    @Test
    void aRefusedOutcomeHoldsUpItsNumberOnlyAndIsSentAgainBeforeTheLaterOnes() throws Exception {
        refused = outcome -> outcome.get("number").asText().equals("1000001");
        try (Installation callout = installation().start()) {
            callout.numbers(callout.campaign("retried", Map.of("max_attempts", 3, "retry_delays", "busy=0")), "100", 3);
            callout.awaitAllFinished(SOON);
            await().atMost(SOON).until(() -> taken.size() == 4);
            assertThat(callout.column("SELECT number FROM outcome_outbox"))
                    .containsExactly("1000001", "1000001", "1000001");

            refused = outcome -> false;
            awaitEmpty(callout);
            assertThat(taken)
                    .extracting(OutboxIT::shown)
                    .containsSubsequence("1000002 1", "1000002 2", "1000002 3")
                    .containsSubsequence("1000001 1", "1000001 2", "1000001 3")
                    .containsExactlyInAnyOrderElementsOf(callout.column(ATTEMPTS));
        }
    }

    @Test
    void aReceiverThatEndsItsRouteOrHandlesItsExceptionHasTakenTheOutcome() throws Exception {
        try (Installation callout =
                installation().with("CALLOUT_OUTBOX_TO", "direct:my-steps").start()) {
            callout.numbers(callout.campaign("steps", Map.of("max_attempts", 3, "retry_delays", "busy=0")), "100", 2);
            callout.awaitAllFinished(SOON);
            await().atMost(SOON)
                    .until(() -> taken.size() >= callout.column(ATTEMPTS).size());
            awaitEmpty(callout);
            assertThat(taken).extracting(OutboxIT::shown).containsExactlyInAnyOrderElementsOf(callout.column(ATTEMPTS));
        }
    }

    @Test
    void anOutcomeThatTheReceiverMarksForRollbackIsSentAgainBeforeTheLaterOnes() throws Exception {
        rolledBack = outcome -> shown(outcome).equals("1000001 1");
        try (Installation callout =
                installation().with("CALLOUT_OUTBOX_TO", "direct:rolls-back").start()) {
            callout.numbers(callout.campaign("back", Map.of("max_attempts", 2, "retry_delays", "busy=0")), "100", 2);
            callout.awaitAllFinished(SOON);
            await().atMost(SOON)
                    .until(() -> callout.number("SELECT COUNT(*) FROM outcome_outbox WHERE number <> '1000001'") == 0);
            assertThat(callout.column("SELECT number FROM outcome_outbox"))
                    .as("the later one waits behind it")
                    .containsExactly("1000001", "1000001");
            rolledBack = outcome -> false;
            awaitEmpty(callout);
            assertThat(taken)
                    .extracting(OutboxIT::shown)
                    .containsSubsequence("1000001 1", "1000001 2")
                    .containsExactlyInAnyOrderElementsOf(callout.column(ATTEMPTS));
        }
    }

    @Test
    void anOutcomeWhoseTransactionCommitsLateComesThoughLaterRowsWereSentBefore() throws Exception {
        CommitGate gate = new CommitGate("campaign_phones/insert-outbox.sql", 6);
        try (Installation callout = installation().dataSource(gate::around).start()) {
            long campaign = callout.campaign("held", Map.of("max_attempts", 1));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '1000001')");
            gate.awaitClosed();
            // Its row has the lower id, and nobody sees it yet.
            callout.execute(
                    "INSERT INTO outcome_outbox (created, call_uuid, i_campaign, list, i_campaign_phone, number,"
                            + " outcome) VALUES (UTC_TIMESTAMP(3), 'later', 1, '', 99, '9', '{\"number\":\"9\",\"attempt\":1}')");
            await().atMost(SOON).until(() -> taken.size() == 1);
            gate.open();
            await().atMost(SOON).until(() -> taken.size() == 2);
            assertThat(taken).extracting(OutboxIT::shown).containsExactly("9 1", "1000001 1");
            awaitEmpty(callout);
        }
    }

    @Test
    void whatIsWrittenWithoutTheRoutesIsSentToo(@TempDir Path folder) throws Exception {
        String route = Files.readString(Path.of("routes/status.camel.yaml"));
        String failing = route.replace(
                "        - bean:\n            id: write-begins\n",
                "        - throwException:\n            exceptionType: java.lang.IllegalStateException\n"
                        + "            message: broken\n        - bean:\n            id: write-begins\n");
        assertThat(failing).isNotEqualTo(route);
        Files.writeString(folder.resolve("status.camel.yaml"), failing);
        try (Installation callout =
                installation().with("CALLOUT_ROUTES", folder.toString()).start()) {
            callout.numbers(callout.campaign("broken", Map.of("max_attempts", 1)), "100", 2);
            callout.awaitAllFinished(SOON);
            await().atMost(SOON).until(() -> taken.size() == 2);
            awaitEmpty(callout);
        }
    }

    @Test
    void aCopyOfRouteStatusThatPutsNothingInKeepsAllCampaignsIdle(@TempDir Path folder) throws Exception {
        String route = Files.readString(Path.of("routes/status.camel.yaml"));
        Files.writeString(
                folder.resolve("status.camel.yaml"), route.replace("id: insert-outbox\n", "id: my-own-step\n"));
        try (Installation callout =
                installation().with("CALLOUT_ROUTES", folder.toString()).start()) {
            long campaign = callout.campaign("idle", Map.of());
            callout.numbers(campaign, "100", 1);
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            callout.control().status(campaign).whyIdle())
                    .contains("no step insert-outbox"));
            assertThat(callout.ledger().calls()).isEmpty();
        }
    }

    @Test
    void withoutTheSettingNothingIsPutIn() throws Exception {
        try (Installation callout = installation().with("CALLOUT_OUTBOX_TO", "").start()) {
            callout.numbers(callout.campaign("off", Map.of("max_attempts", 1)), "100", 2);
            callout.awaitAllFinished(SOON);
            await().atMost(SOON).until(() -> heard.size() == 2);
            assertThat(callout.number("SELECT COUNT(*) FROM outcome_outbox")).isZero();
            assertThat(callout.camelContext()
                            .getRouteController()
                            .getRouteStatus("outbox")
                            .isStarted())
                    .isFalse();
        }
    }
}
