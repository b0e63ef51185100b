package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.CampaignControl;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway's row says how the caller is identified to it, and hides no caller ID that a calling rule demands. */
class SipIdentityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theRowReachesTheSwitchAndAHiddenCallerIdIsNoneForACallingRule() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(20))))
                .start()) {
            callout.execute("INSERT INTO gateways (name, attest, privacy, asserted_identity) VALUES"
                    + " ('external/hides', 'a', 1, 'tel:+4930999'), ('external/bad', 'D', NULL, NULL)");
            callout.execute("INSERT INTO calling_rules (name, applies_to, shortest_ring_sec, caller_id_required)"
                    + " VALUES ('shown', 'DE', 15, 1)");
            Map<String, Object> hiding =
                    Map.of("profile_gateway", "external/hides", "country", "DE", "cli", "+4930111", "timeout_sec", 30);
            callout.numbers(callout.campaign("free", hiding), "+493023125", 1);
            long ruled = callout.campaign("ruled", hiding);
            callout.execute("UPDATE campaigns SET calling_rules = 'shown' WHERE i_campaign = " + ruled);
            callout.numbers(ruled, "+493023126", 1);
            callout.numbers(callout.campaign("bad", Map.of("profile_gateway", "external/bad")), "7", 1);
            CampaignControl control = callout.control();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(control.status(ruled).whyIdle()).contains("external/hides hides it", "column privacy");
                assertThat(control.status(control.idOf("bad")).whyIdle()).contains("column attest: 'D'");
                assertThat(callout.ledger().size()).isEqualTo(1);
            });
            assertThat(callout.ledger().calls()).singleElement().satisfies(call -> {
                assertThat(call.variable("sip_stir_shaken_attest")).isEqualTo("A");
                assertThat(call.variable("sip_h_P-Asserted-Identity")).isEqualTo("<tel:+4930999>");
                assertThat(call.variable("sip_h_Privacy")).isEqualTo("id");
                assertThat(call.variable("origination_caller_id_number")).isEqualTo("+4930111");
            });

            callout.execute("UPDATE gateways SET privacy = 0, attest = NULL");
            await().atMost(PATIENCE).until(() -> callout.ledger().size() == 3);
        }
    }
}
