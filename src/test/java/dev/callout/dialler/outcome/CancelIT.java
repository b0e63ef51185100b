package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.CampaignControl;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** mod_dialer's cancel_ratio: the switch itself cancels that share of the calls a second after they begin. */
class CancelIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aCancelledCallIsAFailedAttemptAndComesAgain() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.ringsForEver()))
                .start()) {
            long campaign = callout.campaign(
                    "load", Map.of("cancel_ratio", 100, "max_attempts", 2, "backoff_sec", 1, "finish_on", -1));
            callout.numbers(campaign, "100", 10);
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.ledger().calls()).hasSize(20).allSatisfy(call -> {
                assertThat(call.cause()).isEqualTo("ORIGINATOR_CANCEL");
                assertThat(call.endedBy()).isEqualTo(LedgerCall.EndedBy.COMMAND);
                assertThat(call.ringMs())
                        .as("whole seconds of the switch's clock, and its scheduler's turn")
                        .isBetween(0L, 30_000L);
            });
            assertThat(callout.number("SELECT calls_made FROM campaigns"))
                    .as("count for finish_on")
                    .isEqualTo(20);
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT_WS(' ', status, call_count, hangup_cause, COALESCE(sip_status, 'none'))"
                                    + " FROM campaign_phones"))
                    .containsExactly("failure 2 ORIGINATOR_CANCEL none");
        }
    }

    @Test
    void whoAnswersBeforeIsHungUpAtOnceAndCountedApart() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(1), Duration.ofMinutes(1))))
                .start()) {
            long campaign = callout.campaign("load", Map.of("cancel_ratio", 100, "max_attempts", 1));
            callout.numbers(campaign, "100", 10);
            callout.awaitAllFinished(PATIENCE);

            List<LedgerCall> answered = callout.ledger().calls().stream()
                    .filter(LedgerCall::answered)
                    .toList();
            assertThat(answered).isNotEmpty().allSatisfy(call -> {
                assertThat(call.cause()).isEqualTo("ORIGINATOR_CANCEL");
                assertThat(call.talkMs())
                        .as("hung up by the switch itself, not by the callee in a minute")
                        .isLessThan(30_000);
            });
            assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', finished) FROM campaign_phones"))
                    .containsExactly("failure 1");
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE hangup_cause = 'ORIGINATOR_CANCEL'"
                            + " AND connect_time IS NOT NULL"))
                    .isEqualTo(answered.size());
            CampaignControl control = callout.control();
            assertThat(control.status(campaign).standing().calls().cancelledAnswered())
                    .as("counted apart")
                    .isEqualTo(answered.size());
        }
    }

    @Test
    void theShareIsDrawnForEachCall() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_RANDOM_SEED", "1")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(1), Duration.ofMillis(50))))
                .start()) {
            callout.numbers(
                    callout.campaign("load", Map.of("cancel_ratio", 30, "max_concurrent_calls", 100)), "100", 200);
            callout.numbers(callout.campaign("plain", Map.of("max_concurrent_calls", 100)), "200", 50);
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().size() >= 250);

            assertThat(callout.ledger().calls())
                    .filteredOn(call -> call.variable("api_on_originate") != null)
                    .allMatch(call -> call.number().startsWith("100"))
                    .hasSizeBetween(40, 80);
        }
    }

    @Test
    void theSwitchCancelsAlsoWhenTheDiallerIsGone() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.ringsForEver()))
                .start()) {
            callout.numbers(callout.campaign("load", Map.of("cancel_ratio", 100)), "100", 5);
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> callout.ledger().size() > 0);
            callout.stop();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.ledger().calls())
                            .extracting(LedgerCall::cause)
                            .containsOnly("ORIGINATOR_CANCEL"));
        }
    }
}
