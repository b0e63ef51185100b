package dev.callout.dialler.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.testbed.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doors that a call does not wait for, each replaced by a user's route that does well, fails or does not come back. */
class DoorsBesideCallsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    /** An installation in which a door runs this. */
    private Installation.Builder with(String door, Processor rule) throws Exception {
        return UsersDoor.running(folder, door, rule);
    }

    private Installation.Builder with(String door, String steps) throws Exception {
        return UsersDoor.with(folder, door, steps);
    }

    private static String number(Exchange exchange) {
        return UsersDoor.number(exchange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-ringing", "on-answer", "on-end"})
    void aDoorBesideTheCallThatBlocksOrFailsHoldsUpNoCallAndLosesNoEnd(String door) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (Installation callout = with(door, exchange -> {
                    if (number(exchange).startsWith("9")) {
                        never.await();
                    }
                    told.add(number(exchange));
                    throw new IllegalStateException("no answer for " + number(exchange));
                })
                .with("CALLOUT_DIAL_THREADS", "4")
                .start()) {
            callout.numbers(callout.campaign("blocked", Map.of("max_concurrent_calls", 10)), "9", 50);
            callout.numbers(callout.campaign("failing", Map.of("max_concurrent_calls", 10)), "1", 50);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'success'"))
                    .isEqualTo(100);
            await().atMost(PATIENCE).until(() -> told.size() == 50);
            assertThat(UsersDoor.timesCalled(callout)).hasSize(100).allSatisfy((number, times) -> assertThat(times)
                    .isEqualTo(1));
            never.countDown();
            await().atMost(PATIENCE).until(() -> told.size() == 100);
            assertThat(told).doesNotHaveDuplicates();
        } finally {
            never.countDown();
        }
    }

    @Test
    void anEndIsToldWithItsOutcomeOnceItsRowIsWritten() throws Exception {
        Queue<JsonNode> told = new ConcurrentLinkedQueue<>();
        try (Installation callout = with(
                        "on-end",
                        """
                        - to:
                            uri: "sql:INSERT INTO crm (number, `call`, status) VALUES (:#${header.CalloutNumber}, :#${header.CalloutCall}, :#${header.CalloutStatus})"
                            parameters:
                              dataSource: "#callout"
                        - process:
                            ref: rule
                """)
                .prepared(context -> context.getRegistry().bind("rule", (Processor) exchange ->
                        told.add(MAPPER.readTree(exchange.getMessage().getBody(String.class)))))
                .build()) {
            callout.execute("CREATE TABLE crm (number VARCHAR(64), `call` VARCHAR(64), status VARCHAR(32))");
            callout.start();
            callout.numbers(callout.campaign("crm", Map.of()), "1", 10);
            await().atMost(PATIENCE).until(() -> told.size() == 10);
            assertThat(callout.column("SELECT CONCAT(`call`, number, status) FROM crm"))
                    .containsExactlyInAnyOrderElementsOf(callout.column(
                            "SELECT CONCAT(call_uuid, number, status) FROM call_attempts WHERE status = 'success'"));
            assertThat(told)
                    .allSatisfy(outcome ->
                            assertThat(outcome.get("finished").asInt()).isEqualTo(1));
        }
    }

    @Test
    void anEndIsToldOnceThoughAStepBehindItFailsAndTheBatchIsWrittenAgain() throws Exception {
        String ours = Files.readString(Path.of("routes/status.camel.yaml"));
        String before = "        - bean:\n            id: committed\n";
        assertThat(ours).contains(before);
        Files.writeString(
                folder.resolve("status.camel.yaml"),
                ours.replace(before, "        - process:\n            ref: fails\n" + before));
        Queue<String> told = new ConcurrentLinkedQueue<>();
        AtomicInteger failures = new AtomicInteger(3);
        try (Installation callout = with("on-end", "        - process:\n            ref: rule\n")
                .prepared(context -> {
                    context.getRegistry().bind("rule", (Processor) exchange -> told.add(number(exchange)));
                    context.getRegistry().bind("fails", (Processor) exchange -> {
                        if (failures.getAndDecrement() > 0) {
                            throw new IllegalStateException("fails");
                        }
                    });
                })
                .start()) {
            callout.numbers(callout.campaign("told", Map.of("max_concurrent_calls", 5)), "1", 10);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 10
                            && told.size() >= 10
                            && bean(callout, "attempts", Attempts.class).size() == 0);
            assertThat(failures.get()).isNegative();
            assertThat(told).hasSize(10).doesNotHaveDuplicates();
        }
    }

    private static <T> T bean(Installation callout, String name, Class<T> type) {
        return callout.camelContext().getRegistry().lookupByNameAndType(name, type);
    }
}
