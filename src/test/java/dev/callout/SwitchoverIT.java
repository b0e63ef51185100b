package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import dev.callout.testbed.Primary;
import dev.callout.testbed.Relay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** A primary that turns read-only and stays up, while its address moves to another server. */
class SwitchoverIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void diallingGoesOnAtTheNewPrimaryAndHealthIsDownUntilThen() throws Exception {
        try (Primary old = new Primary();
                Primary next = new Primary();
                Relay address = new Relay(old.port());
                Installation callout = Installation.builder()
                        .with("CALLOUT_DB_URL", "jdbc:mariadb://127.0.0.1:" + address.port() + "/callout")
                        .with("CALLOUT_DB_USER", "dialler")
                        .simulated(sim ->
                                sim.callees(Installation.talking(Duration.ofMillis(100), Duration.ofMillis(400))))
                        .build()) {
            callout.numbers(
                    callout.campaign("moved", Map.of("cli", "4930", "max_concurrent_calls", 5, "max_attempts", 1)),
                    "100",
                    100);
            callout.start();
            await().atMost(SOON).until(() -> callout.ledger().size() > 10);
            awaitDatabase(callout, true);

            try (LogCapture log = new LogCapture()) {
                old.readOnly(true);
                await().atMost(SOON).until(() -> callout.ledger().callsUp() == 0);
                awaitDatabase(callout, false);
                int made = callout.ledger().size();
                await().during(Duration.ofSeconds(3))
                        .atMost(SOON)
                        .until(() -> callout.ledger().size() == made);
                next.takeOver(old);
                address.leadTo(next.port());
                long moved = System.nanoTime();

                callout.awaitAllFinished(SOON);

                assertThat(Duration.ofNanos(callout.ledger().calls().get(made).nanos() - moved))
                        .as("until the next call")
                        .isLessThan(Duration.ofSeconds(15));
                awaitDatabase(callout, true);
                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("Outages: The database cannot be used")
                        .contains("read-only");
            }
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(100)
                    .doesNotHaveDuplicates();
            assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                    .containsExactly("success 1");
        }
    }

    private static void awaitDatabase(Installation callout, boolean up) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(HealthCheckHelper.invokeReadiness(callout.camelContext()).stream()
                                .filter(result -> result.getState() != HealthCheck.State.UP)
                                .map(result -> result.getCheck().getId()))
                        .containsExactlyElementsOf(up ? List.of() : List.of("database")));
    }
}
