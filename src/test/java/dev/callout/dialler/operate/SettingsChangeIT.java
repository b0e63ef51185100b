package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings that are changed while calls are up. */
class SettingsChangeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String INCARNATION = "SELECT incarnation FROM nodes";
    private static final String UP = "SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'";

    @Test
    void changesTakeEffectOnTheSameConnectionAndNoEndIsLost() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_LEASE_SEC", "6")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .start()) {
            long campaign = callout.campaign("kept", Map.of("max_concurrent_calls", 20, "backoff_sec", 0));
            callout.numbers(campaign, "1", 20);
            await().atMost(PATIENCE).until(() -> callout.number(UP) == 20);
            List<String> incarnation = callout.column(INCARNATION);
            int connections = callout.simulated().connections();

            for (Map.Entry<String, String> option : Map.of(
                            "CALLOUT_DRAIN_SEC",
                            "5",
                            "CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC",
                            "0.5",
                            "CALLOUT_CLAIM_HORIZON_SEC",
                            "1",
                            "CALLOUT_RETRY_BUSY",
                            "never",
                            "CALLOUT_MAX_CALL_SEC",
                            "77",
                            "CALLOUT_DIAL_THREADS",
                            "8",
                            "CALLOUT_NUMBER_PATTERN",
                            "[0-9]{5}",
                            "CALLOUT_SWITCH_SIM_CALLS_PER_SECOND",
                            "2")
                    .entrySet()) {
                assertThat(callout.change(option.getKey(), option.getValue())).satisfies(change -> {
                    assertThat(change.keys()).hasSize(1);
                    assertThat(change.restart()).isEmpty();
                });
            }
            Operator.hangUpAll(callout);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                    .containsExactly("success 1");
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE hangup_cause = 'LOST_RESULT'"))
                    .isZero();

            callout.simulated().callees(call -> CalleePlan.refuses(486, Duration.ofMillis(20)));
            long begun = System.nanoTime();
            callout.numbers(campaign, "2", 5);
            callout.numbers(campaign, "333", 1);
            callout.awaitAllFinished(PATIENCE);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("5 calls at 2 a second")
                    .isGreaterThan(Duration.ofMillis(1900));
            assertThat(callout.column(
                            "SELECT CONCAT(status, ' ', call_count) FROM campaign_phones WHERE cld LIKE '2%'"))
                    .as("busy: never again")
                    .hasSize(5)
                    .containsOnly("failure 1");
            assertThat(callout.ledger().calls("3330000"))
                    .as("a number that no longer matches")
                    .isEmpty();
            assertThat(callout.ledger().calls("20000")).singleElement().satisfies(call -> assertThat(call.line())
                    .contains("sched_hangup\\s+77"));
            assertThat(callout.ledger().calls()).hasSize(25);
            assertThat(callout.column(INCARNATION)).as("its lease").isEqualTo(incarnation);
            assertThat(callout.simulated().connections()).isEqualTo(connections);
        }
    }
}
