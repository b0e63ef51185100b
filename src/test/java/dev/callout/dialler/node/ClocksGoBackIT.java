package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.ClockChange;
import dev.callout.testbed.FreshDatabase;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Summer time of the database server's zone ends within the back-off of a call. */
class ClocksGoBackIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void nobodyIsCalledAgainBeforeItsBackOffHasPassed() throws Exception {
        String url = FreshDatabase.create();
        String zone = ClockChange.zone(
                url, Instant.now().plus(Duration.ofMinutes(5)), Duration.ofHours(2), Duration.ofHours(1));
        try (Installation callout = Installation.builder()
                .with("CALLOUT_DB_URL", url + "&sessionVariables=time_zone='" + zone + "'")
                .simulated(sim -> sim.callees(call -> CalleePlan.ringsThenRefuses(486, Duration.ofMillis(100))))
                .start()) {
            callout.numbers(callout.campaign("autumn", Map.of("max_attempts", 4, "backoff_sec", 600)), "49", 5);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'failure'") == 5);

            await().during(Duration.ofMillis(1500))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().size() == 5);
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE next_call < NOW()"))
                    .as("numbers whose local next_call has passed once already")
                    .isEqualTo(5);
        }
    }
}
