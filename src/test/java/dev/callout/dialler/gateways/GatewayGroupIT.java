package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.CampaignControl;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rows of gateways, groups and caller IDs decide how calls leave; what cannot be meant keeps them from leaving. */
class GatewayGroupIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CalleePlan SHORT = CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(20));

    private static Installation installation() throws Exception {
        return Installation.builder()
                .simulated(sim -> sim.callees(call -> SHORT))
                .start();
    }

    private static Map<String, List<LedgerCall>> byGateway(Installation callout) {
        return callout.ledger().calls().stream().collect(Collectors.groupingBy(LedgerCall::gateway));
    }

    @Test
    void eachNumberLeavesByAGatewayThatServesItInItsFormWithItsCallerId() throws Exception {
        try (Installation callout = installation()) {
            callout.execute("INSERT INTO caller_id_pools (i_caller_id_pool, name) VALUES (1, 'sales'), (2, 'spare')");
            callout.execute("INSERT INTO caller_ids (i_caller_id_pool, number, enabled, prefix) VALUES"
                    + " (1, '+4930111', 1, NULL), (1, '+4930222', 1, '+4930'), (1, '+4930333', 0, '+4930'),"
                    + " (2, '+4940444', 1, NULL)");
            callout.execute("INSERT INTO gateways"
                    + " (name, priority, prefixes, dial_format, strip, prefix, codecs, caller_id_pool) VALUES"
                    + " ('external/home', NULL, 'DE', 'national', 1, '9', 'PCMA', NULL),"
                    + " ('external/abroad', NULL, '+43 +33', 'e164', NULL, '00', NULL, 'spare'),"
                    + " ('external/never', 9, NULL, NULL, NULL, NULL, NULL, NULL)");
            callout.execute(
                    "INSERT INTO gateway_groups (name, gateways) VALUES"
                            + " ('all', 'external/home, external/abroad,external/never'), ('eu', 'external/home external/abroad')");
            long pooled = callout.campaign(
                    "pooled", Map.of("gateway_group", "ALL", "caller_id_pool", "Sales", "country", "DE", "cli", "555"));
            long plain = callout.campaign("plain", Map.of("gateway_group", "eu", "country", "DE"));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, callerid) VALUES"
                    + " (" + pooled + ", '030 23125001', NULL), (" + pooled + ", '089 23125002', NULL),"
                    + " (" + pooled + ", '030 23125003', '777'), (" + plain + ", '+43 1 2345678', NULL),"
                    + " (" + plain + ", '+44 20 7946 0018', NULL)");
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.ledger().calls())
                    .extracting(call -> call.gateway() + " " + call.number() + " "
                            + call.variable("origination_caller_id_number") + " "
                            + call.variable("absolute_codec_string"))
                    .containsExactlyInAnyOrder(
                            "external::home 93023125001 +4930222 PCMA",
                            "external::home 98923125002 +4930111 PCMA",
                            "external::home 93023125003 777 PCMA",
                            "external::abroad 004312345678 +4940444 null");
            assertThat(callout.column(
                            "SELECT CONCAT(number, ' ', hangup_cause) FROM campaign_phones WHERE status = 'failure'"
                                    .replace("number", "cld")))
                    .containsExactly("+44 20 7946 0018 NOT_SERVED");
            assertThat(callout.column("SELECT DISTINCT call_gateway FROM call_attempts WHERE call_gateway IS NOT NULL"
                            + " ORDER BY 1"))
                    .containsExactly("external/abroad", "external/home");
            assertThat(callout.column("SELECT number FROM call_attempts WHERE number LIKE '9%' OR number LIKE '00%'"))
                    .as("numbers of attempts in a gateway's form")
                    .isEmpty();
        }
    }

    @Test
    void aGatewayOfAGroupThatFailsRestsAndTheOtherCarriesTheWholeRate() throws Exception {
        try (Installation callout = installation()) {
            callout.simulated().gatewayFails("dead", 503, 1);
            callout.execute("INSERT INTO gateways (name, priority) VALUES ('external/dead', 1), ('external/sound', 2)");
            callout.execute(
                    "INSERT INTO gateway_groups (name, gateways) VALUES ('two', 'external/dead,external/sound')");
            long campaign = callout.campaign(
                    "two",
                    Map.of("gateway_group", "two", "max_concurrent_calls", 20, "backoff_sec", 1, "max_attempts", 10));
            callout.numbers(campaign, "77", 300);
            callout.awaitAllFinished(PATIENCE);

            assertThat(byGateway(callout).get("external::dead").size())
                    .as("calls by the dead gateway, which rests after 16 and is then tried with single calls")
                    .isBetween(16, 60);
            assertThat(callout.column("SELECT 1 FROM campaign_phones WHERE status <> 'success'"))
                    .isEmpty();
        }
    }

    @Test
    void whatCannotBeMeantKeepsTheCampaignIdleAndSaysWhyUntilItIsMended() throws Exception {
        try (Installation callout = installation()) {
            callout.execute("INSERT INTO gateways (name, enabled, dial_format) VALUES"
                    + " ('external/off', 0, NULL), ('external/odd', 1, 'e-164')");
            callout.execute("INSERT INTO gateway_groups (name, gateways) VALUES ('odd', 'external/off,external/odd')");
            callout.numbers(callout.campaign("nogroup", Map.of("gateway_group", "nowhere")), "71", 1);
            callout.numbers(callout.campaign("odd", Map.of("gateway_group", "odd")), "72", 1);
            callout.numbers(callout.campaign("off", Map.of("profile_gateway", "external/off")), "73", 1);
            callout.numbers(callout.campaign("nopool", Map.of("caller_id_pool", "none")), "74", 1);
            callout.numbers(callout.campaign("sound", Map.of()), "75", 1);
            CampaignControl control = callout.control();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(control.status(control.idOf("nogroup")).whyIdle()).contains("gateway_group", "nowhere");
                assertThat(control.status(control.idOf("odd")).whyIdle())
                        .contains("external/off is not enabled", "column dial_format: 'e-164'");
                assertThat(control.status(control.idOf("off")).whyIdle()).contains("external/off is not enabled");
                assertThat(control.status(control.idOf("nopool")).whyIdle()).contains("caller_id_pool names 'none'");
            });
            await().atMost(PATIENCE).until(() -> callout.ledger().size() == 1);

            callout.execute("UPDATE gateways SET enabled = 1, dial_format = 'e164'");
            callout.execute("UPDATE campaigns SET gateway_group = 'odd' WHERE name = 'nogroup'");
            callout.execute("INSERT INTO caller_id_pools (name) VALUES ('none')");
            callout.execute("INSERT INTO caller_ids (i_caller_id_pool, number)"
                    + " SELECT i_caller_id_pool, '100' FROM caller_id_pools");
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls()).hasSize(5);
        }
    }
}
