package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That max_concurrent_calls holds, as the switch counted. */
class CapIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theCapHoldsOverCallsOfAllLengthsAndIsReached() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> dev.callout.simulator.callee.CalleePlan.answers(
                        Duration.ofMillis(30),
                        Duration.ofMillis(50 + Math.floorMod(call.number().hashCode(), 400)))))
                .start()) {
            long campaign = callout.campaign("capped", Map.of("max_concurrent_calls", 7));
            callout.numbers(campaign, "100", 100);
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.ledger().peak()).isEqualTo(7);
            assertThat(callout.ledger().overlaps()).isEmpty();
            assertThat(callout.ledger().calls()).hasSize(100);
        }
    }

    @Test
    void aChangedCapWorksWithinOneScan() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(30), Duration.ofMinutes(10))))
                .start()) {
            long campaign = callout.campaign("growing", Map.of("max_concurrent_calls", 3));
            callout.numbers(campaign, "100", 50);
            await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() == 3);

            callout.execute("UPDATE campaigns SET max_concurrent_calls = 10 WHERE i_campaign = " + campaign);
            await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() == 10);
            assertThat(callout.ledger().peak()).isEqualTo(10);
        }
    }

    @Test
    void theCountOfLinesFollowsNumbersThatAreDeletedDuringTheirCallsWithinOneScan() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(30), Duration.ofMinutes(10))))
                .start()) {
            long campaign = callout.campaign("edited", Map.of("max_concurrent_calls", 6));
            callout.numbers(campaign, "100", 50);
            await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() == 6);

            callout.execute("DELETE FROM campaign_phones WHERE call_switch IS NOT NULL LIMIT 2");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT SUM(claimed - ended) FROM campaign_lines") == 4);
            assertThat(callout.ledger().peak())
                    .as("the node that follows the calls knows that they are up")
                    .isEqualTo(6);
        }
    }
}
