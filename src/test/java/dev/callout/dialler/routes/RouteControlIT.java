package dev.callout.dialler.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does to the routes: over JMX, and with files of their own. */
class RouteControlIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String OUTCOMES_TO_FILE =
            """
            - route:
                id: outcomes-to-file
                description: Appends each outcome to a file as a line of JSON.
                from:
                  uri: seda:outcomes?multipleConsumers=true&size=1000&discardWhenFull=true
                  steps:
                    - to:
                        uri: file:%s?fileName=outcomes.jsonl&fileExist=Append&appendChars=\\n
            """;

    private static final String RETRY_OF_THE_USER =
            """
            - route:
                id: retry
                description: Finishes every number after its first call.
                from:
                  uri: direct:retry
                  steps:
                    - bean:
                        ref: results
                        method: ended
                    - to:
                        uri: mock:replaced
                    - to:
                        uri: seda:status
            """;

    @Test
    void suspendingClaimStopsNewCallsAndLeavesRunningOnes() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .start()) {
            long campaign = callout.campaign("suspended", Map.of("max_concurrent_calls", 5));
            callout.numbers(campaign, "100", 10);
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().calls().stream()
                                    .filter(LedgerCall::answered)
                                    .count()
                            == 5);

            route("claim", "suspend");
            callout.simulated().callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50)));
            Operator.hangUpAll(callout);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'success'") >= 5);
            // As a consumer does that was waiting as its route was suspended.
            callout.camelContext()
                    .getRoute("claim")
                    .getProcessor()
                    .process(new DefaultExchange(callout.camelContext()));
            await().during(Duration.ofSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().calls().size() == 5);

            route("claim", "resume");
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls()).hasSize(10);
        }
    }

    @Test
    void aUsersRouteIsLoadedBesideOursAndOneWithOurIdReplacesOurs(@TempDir Path folder) throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("outcomes.camel.yaml"), OUTCOMES_TO_FILE.formatted(folder));
        Files.writeString(routes.resolve("retry.camel.yaml"), RETRY_OF_THE_USER);
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", routes.toString())
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))))
                .start()) {
            callout.numbers(callout.campaign("heard", Map.of()), "100", 10);
            callout.awaitAllFinished(PATIENCE);

            Path outcomes = folder.resolve("outcomes.jsonl");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(outcomes).exists());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(Files.readAllLines(outcomes))
                    .hasSize(10)
                    .allSatisfy(line -> assertThat(line).startsWith("{").contains("\"status\":\"success\"")));
            assertThat(outcomesCounted("Offered")).isEqualTo(10);
            assertThat(outcomesCounted("Unheard")).isZero();
            assertThat(callout.camelContext()
                            .getEndpoint("mock:replaced", org.apache.camel.component.mock.MockEndpoint.class)
                            .getReceivedCounter())
                    .isEqualTo(10);
            assertThat(callout.camelContext().getRoutes().stream()
                            .filter(route -> route.getRouteId().equals("retry"))
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void everyRouteHasADescriptionAndAnIdOnEachStepThatIsTimedOrAddressed() throws Exception {
        try (Installation callout = Installation.builder().start()) {
            assertThat(callout.camelContext().getRoutes()).isNotEmpty().allSatisfy(route -> assertThat(
                            route.getDescription())
                    .as(route.getRouteId())
                    .endsWith("."));
            List<String> steps = ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("org.apache.camel:context=callout,type=processors,*"), null)
                    .stream()
                    .map(name -> name.getKeyProperty("name"))
                    .toList();
            assertThat(steps)
                    .contains(
                            "\"time-between-calls\"",
                            "\"max-concurrent-calls\"",
                            "\"calls-per-second\"",
                            "\"originate\"",
                            "\"mark-sent\"",
                            "\"last-look\"");
        }
    }

    @Test
    void outcomesThatNobodyListensToAreCounted() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))))
                .start()) {
            callout.numbers(callout.campaign("unheard", Map.of()), "100", 10);
            callout.awaitAllFinished(PATIENCE);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(outcomesCounted("Unheard")).isEqualTo(10));
        }
    }

    private static long outcomesCounted(String attribute) throws Exception {
        return (Long) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("org.apache.camel:context=callout,type=callout,name=\"outcomes\""), attribute);
    }

    @Test
    void batchesAreForgottenWhenTheyAreWritten() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(20))))
                .start()) {
            callout.numbers(callout.campaign("short", Map.of("max_concurrent_calls", 100)), "100", 300);
            callout.awaitAllFinished(PATIENCE);

            ObjectName batch = new ObjectName("org.apache.camel:context=callout,type=processors,name=\"batch\"");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(batch, "InProgressCompleteExchanges"))
                    .isEqualTo(0));
        }
    }

    private static void route(String id, String operation) throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("org.apache.camel:context=callout,type=routes,name=\"" + id + "\""),
                        operation,
                        null,
                        null);
    }
}
