package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreshDatabase;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import dev.callout.testbed.Relay;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** That a database or switch that is away is told in a line, and that all goes on by itself when it is back. */
class OutageIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void theDatabaseMayBeAwayAtTheStartAndLater() throws Exception {
        String url = FreshDatabase.create();
        int port = Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
        try (Relay relay = new Relay(port);
                Installation callout = quickToConnect()
                        .with("CALLOUT_DB_URL", url.replace(":" + port, ":" + relay.port()))
                        .simulated(sim ->
                                sim.callees(Installation.talking(Duration.ofMillis(100), Duration.ofMillis(400))))
                        .build()) {
            callout.numbers(callout.campaign("tried", Map.of("cli", "4930", "max_concurrent_calls", 5)), "100", 100);
            relay.cut();
            try (LogCapture log = new LogCapture()) {
                callout.start();
                awaitDown(callout, "database");
                await().atMost(SOON).until(() -> !log.warnings().isEmpty());
                relay.mend();
                await().atMost(SOON).until(() -> callout.ledger().peak() == 5);
                awaitDown(callout);
                assertThat(log.warnings())
                        .hasSize(1)
                        .first()
                        .asString()
                        .startsWith("Outages: The database cannot be used");

                relay.cut();
                await().atMost(SOON)
                        .until(() ->
                                log.warnings().size() > 1 && callout.ledger().callsUp() == 0);
                awaitDown(callout, "database");
                // What was marked as sent before is still originated.
                await().during(Duration.ofSeconds(2))
                        .atMost(SOON)
                        .until(() -> callout.ledger().callsUp() == 0);
                assertThat(callout.ledger().size()).isLessThan(100);
                relay.mend();
                awaitDown(callout);
                callout.awaitAllFinished(SOON);

                assertThat(log.warnings())
                        .hasSize(2)
                        .last()
                        .asString()
                        .startsWith("Outages: The database cannot be used");
                await().atMost(SOON).untilAsserted(() -> assertThat(log.messages())
                        .filteredOn(message -> message.equals("The database answers again"))
                        .hasSize(2));
                assertThat(log.stackTraces()).isEmpty();
                awaitDown(callout);
            }
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(100)
                    .doesNotHaveDuplicates();
            assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                    .containsExactly("success 1");
        }
    }

    @Test
    void aDatabaseThatHangsIsAwayAndRefusesNothing() throws Exception {
        String url = FreshDatabase.create();
        int port = Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
        try (Relay relay = new Relay(port);
                Installation callout = quickToConnect()
                        .with("CALLOUT_DB_URL", url.replace(":" + port, ":" + relay.port()))
                        .simulated(sim ->
                                sim.callees(Installation.talking(Duration.ofMillis(100), Duration.ofMillis(400))))
                        .build()) {
            callout.numbers(callout.campaign("tried", Map.of("cli", "4930", "max_concurrent_calls", 5)), "100", 60);
            callout.start();
            await().atMost(SOON).until(() -> callout.ledger().peak() == 5);
            try (LogCapture log = new LogCapture()) {
                relay.freeze();
                await().during(Duration.ofSeconds(10))
                        .atMost(SOON)
                        .until(() -> log.warnings().size() <= 1);
                relay.thaw();
                callout.awaitAllFinished(SOON);

                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("Outages: The database cannot be used");
                assertThat(log.stackTraces()).isEmpty();
            }
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(60)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aSwitchMayBeAwayAtTheStartAndLater() throws Exception {
        try (Installation callout = quickToConnect()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(100), Duration.ofSeconds(3))))
                .build()) {
            callout.numbers(callout.campaign("tried", Map.of("cli", "4930", "max_concurrent_calls", 5)), "100", 15);
            callout.simulated().stopListening();
            try (LogCapture log = new LogCapture()) {
                callout.start();
                awaitDown(callout, "component:esl");
                await().atMost(SOON).until(() -> !log.warnings().isEmpty());
                await().during(Duration.ofSeconds(2))
                        .atMost(SOON)
                        .until(() -> log.warnings().size() == 1);
                callout.simulated().listenAgain();
                await().atMost(SOON)
                        .until(() ->
                                callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 5);
                awaitDown(callout);

                callout.simulated().stopListening();
                callout.simulated().dropConnections();
                await().atMost(SOON)
                        .until(() ->
                                log.warnings().size() > 1 && callout.ledger().callsUp() == 0);
                assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1"))
                        .as("calls that nobody saw end")
                        .isLessThan(callout.ledger().size());
                callout.simulated().listenAgain();
                callout.awaitAllFinished(SOON);

                assertThat(log.warnings())
                        .as("away, lost, away: each once")
                        .hasSizeBetween(2, 3)
                        .allSatisfy(warning -> assertThat(warning).startsWith("EslClient: sim (127.0.0.1:"));
                assertThat(log.stackTraces()).isEmpty();
            }
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(15)
                    .doesNotHaveDuplicates();
            assertThat(callout.column("SELECT DISTINCT status FROM campaign_phones"))
                    .containsExactly("success");
        }
    }

    @Test
    void aSwitchThatReadsNoCommandsWhereItSendsEventsIsDialledAllTheSame() throws Exception {
        try (Installation callout = quickToConnect()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .build()) {
            callout.start();
            awaitDown(callout);
            callout.simulated().stallListeners(true);
            callout.numbers(callout.campaign("dialled", Map.of()), "100", 30);
            callout.awaitAllFinished(SOON);

            assertThat(callout.ledger().size()).isEqualTo(30);
            assertThat(callout.column("SELECT DISTINCT status FROM campaign_phones"))
                    .containsExactly("success");
        }
    }

    @Test
    void aWrongPasswordIsSaidOnceAndTheRightOneFound() throws Exception {
        try (Installation callout = quickToConnect()
                        .with("CALLOUT_SWITCH_SIM_PASSWORD", "hunter2")
                        .simulated(sim -> sim.password("swordfish")
                                .callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                        .build();
                LogCapture log = new LogCapture()) {
            callout.numbers(callout.campaign("locked out", Map.of()), "100", 3);
            callout.start();
            await().atMost(SOON).until(() -> !log.warnings().isEmpty());
            await().during(Duration.ofSeconds(3))
                    .atMost(SOON)
                    .until(() -> log.warnings().size() == 1);
            awaitDown(callout, "component:esl");
            assertThat(HealthCheckHelper.invokeReadiness(callout.camelContext()))
                    .extracting(result -> result.getMessage().orElse(""))
                    .anySatisfy(message -> assertThat(message).contains("password"))
                    .noneMatch(OutageIT::tellsAPassword);
            assertThat(callout.ledger().calls()).isEmpty();
            assertThat(log.warnings()).allSatisfy(warning -> assertThat(warning).contains("password"));
            assertThat(log.messages()).noneMatch(OutageIT::tellsAPassword);
            assertThat(log.stackTraces()).isEmpty();
        }
    }

    @Test
    void aSwitchThatLetsUsInAfterAllIsUsed() throws Exception {
        try (Installation callout = quickToConnect()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .build()) {
            callout.simulated().refuseAuth(true);
            callout.numbers(callout.campaign("let in", Map.of()), "100", 3);
            callout.start();
            awaitDown(callout, "component:esl");
            callout.simulated().refuseAuth(false);
            callout.awaitAllFinished(SOON);
            awaitDown(callout);
        }
    }

    /** Tries again after a second at most, so that a test sees several tries in a short time. */
    private static Installation.Builder quickToConnect() {
        return Installation.builder()
                .property("camel.component.esl.switches[sim].reconnectDelay", "250")
                .property("camel.component.esl.switches[sim].maxReconnectDelay", "1000");
    }

    private static boolean tellsAPassword(String text) {
        return text.contains("hunter2") || text.contains("swordfish");
    }

    /** Waits until these are told to be away, and no others. */
    private static void awaitDown(Installation callout, String... checks) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(HealthCheckHelper.invokeReadiness(callout.camelContext()).stream()
                                .filter(result -> result.getState() != HealthCheck.State.UP)
                                .map(result -> result.getCheck().getId()))
                        .containsExactly(checks));
    }
}
