package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.operate.CampaignStatus;
import dev.callout.dialler.operate.Standing;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What happens to numbers whose originate the switch refuses. */
class RefusalIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of a database that stood still for seconds there are others. */
    private static final Predicate<String> FROM_SWITCHES = warning -> warning.startsWith("Switches: ");

    @Test
    void aNumberRefusedForLoadIsNotChargedAndComesAgain() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "60")
                .simulated(sim -> sim.sessionsPerSecond(15)
                        .callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start()) {
            long campaign = callout.campaign("refused", Map.of("max_concurrent_calls", 500, "max_attempts", 1));
            callout.numbers(campaign, "100", 80);
            callout.awaitAllFinished(PATIENCE);

            List<LedgerCall> refused = callout.ledger().calls().stream()
                    .filter(call -> !call.accepted())
                    .toList();
            assertThat(refused).as("the switch refused some").isNotEmpty();
            assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                    .containsExactly("success 1");
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(80);
            assertThat(refused.size())
                    .as("refusals; at an unchanged 60 a second there would be some 270")
                    .isLessThan(160);
        }
    }

    @Test
    void aSwitchThatRefusesEveryCallIsSeenUntilItTakesOneAgain() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                        .build()) {
            callout.simulated().pause(true);
            long campaign = callout.campaign("refused", Map.of("max_attempts", 1, "cli", "4989100"));
            callout.numbers(campaign, "100", 30);
            callout.start();
            await().atMost(PATIENCE).until(() -> log.warnings().stream().anyMatch(FROM_SWITCHES));

            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).untilAsserted(() -> {
                CampaignStatus status = callout.control().status(campaign);
                Standing here = status.standing();
                assertThat(here.idle()).isEqualTo(new Idle(Idle.Reason.REFUSED, "switch sim refuses all calls"));
                assertThat(status.state()).isEqualTo("idle");
                assertThat(List.of(here.calls().made(), (long) here.callsUp(), (long)
                                here.calls().lastMinute()))
                        .containsOnly(0L);
            });
            callout.simulated().pause(false);
            callout.awaitAllFinished(PATIENCE);

            assertThat(log.warnings())
                    .filteredOn(FROM_SWITCHES)
                    .singleElement()
                    .asString()
                    .startsWith("Switches: Switch sim refuses all calls (-ERR DESTINATION_OUT_OF_ORDER): it is paused");
            assertThat(log.messages()).contains("Switch sim takes calls again");
            await().atMost(PATIENCE).untilAsserted(() -> {
                CampaignStatus status = callout.control().status(campaign);
                assertThat(List.of(status.standing().calls().made(), (long)
                                status.standing().callsUp()))
                        .containsExactly(30L, 0L);
                assertThat(status.whyIdle()).startsWith("no number is due");
            });
        }
    }

    @Test
    void aGatewayThatDoesNotExistRestsItsCampaignAndChargesNobody() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.gateway("there")
                        .callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start()) {
            long wrong = callout.campaign("wrong", Map.of("profile_gateway", "absent"));
            callout.numbers(wrong, "100", 500);
            callout.numbers(callout.campaign("right", Map.of("profile_gateway", "there")), "200", 50);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE cld LIKE '200%' AND finished = 1")
                            == 50);
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            assertThat(callout.number(
                            "SELECT SUM(COALESCE(call_count, 0)) FROM campaign_phones WHERE i_campaign = " + wrong))
                    .isZero();
            assertThat(callout.ledger().calls().stream()
                            .filter(call -> call.number().startsWith("100"))
                            .count())
                    .as("it was tried, and not once a number")
                    .isBetween(1L, 100L);
        }
    }
}
