package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.doors.UsersDoor;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a guard pauses a campaign whose calls fail for what its callees have no part in, and no other one. */
class CampaignGuardIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UNAVAILABLE = 503;
    private static final int NOT_ACCEPTABLE_HERE = 488;
    private static final int BUSY_HERE = 486;

    @TempDir
    private Path folder;

    @Test
    void aCampaignWithoutACommonCodecIsPausedOnceAndCountsAnewAfterAResume() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.refuses(
                        call.number().startsWith("1") ? NOT_ACCEPTABLE_HERE : BUSY_HERE, Duration.ofMillis(20))))
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "100")
                .start()) {
            long wrong = callout.campaign("wrong", Map.of("max_concurrent_calls", 4, "guard_percent", 80));
            long busy = callout.campaign("busy", Map.of("max_concurrent_calls", 4, "guard_percent", 1));
            callout.numbers(busy, "2", 70);
            long unguarded = callout.campaign("unguarded", Map.of("max_concurrent_calls", 4));
            callout.numbers(unguarded, "13", 70);
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM audited_campaigns WHERE i_campaign = " + wrong) == 1);
            callout.numbers(wrong, "1", 300);

            awaitPaused(callout, wrong);
            long first = calls(callout, wrong);
            assertThat(first)
                    .as("the calls that were judged, and those made until the pause was written")
                    .isBetween(50L, 100L);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(wrong))
                            .matches("paused by the guard: (4\\d|50) of the last 50 calls failed:"
                                    + " (4\\d|50) with INCOMPATIBLE_DESTINATION by .*"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.column("SELECT CONCAT_WS(' ', who, action) FROM audit"
                                    + " WHERE object = 'campaign " + wrong + " wrong' AND action <> 'campaign.create'"))
                            .containsExactly("Callout campaign.pause"));

            callout.control().resume(wrong);
            callout.camelContext()
                    .createProducerTemplate()
                    .requestBodyAndHeaders(
                            "seda:pause",
                            null,
                            Map.of(
                                    "CalloutPauseCampaign",
                                    wrong,
                                    "CalloutPauseReason",
                                    "what another node counted before",
                                    "CalloutPauseSince",
                                    1));
            assertThat(callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + wrong))
                    .as("what was counted before the campaign was resumed does not pause it again")
                    .isZero();
            awaitPaused(callout, wrong);
            assertThat(calls(callout, wrong) - first).isBetween(50L, 100L);

            await().atMost(PATIENCE).until(() -> calls(callout, busy) == 70 && calls(callout, unguarded) == 70);
            assertThat(callout.column("SELECT i_campaign FROM campaigns WHERE paused <> 0"))
                    .containsExactly(Long.toString(wrong));
        }
    }

    @Test
    void anAttemptWhoseNextLegIsNotMadeCountsAsTheLegBeforeEnded() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        try (Installation callout = UsersDoor.running(folder, "may-be-dialled", exchange -> {
                    if (!asked.add(UsersDoor.number(exchange))) {
                        exchange.getMessage().setHeader("CalloutPutOff", "1");
                    }
                })
                .simulated(sim -> sim.callees(call -> CalleePlan.refuses(UNAVAILABLE, Duration.ofMillis(20))))
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "100")
                .start()) {
            callout.execute("INSERT INTO gateway_groups (name, gateways) VALUES ('all', 'a, b, c, d, e, f')");
            long campaign = callout.campaign(
                    "no second leg", Map.of("max_concurrent_calls", 4, "guard_percent", 80, "gateway_group", "all"));
            callout.numbers(campaign, "1", 300);

            awaitPaused(callout, campaign);
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', leg, status) FROM call_attempts"))
                    .as("second legs were asked for, and none was made")
                    .containsExactly("1 failure");
            assertThat(asked).hasSizeBetween(50, 100);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                            .startsWith("paused by the guard: 50 of the last 50 calls failed:"));
        }
    }

    private static void awaitPaused(Installation callout, long campaign) {
        await().atMost(PATIENCE)
                .until(() ->
                        callout.number("SELECT COALESCE(paused, 0) FROM campaigns WHERE i_campaign = " + campaign) == 1
                                && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"
                                                + " AND i_campaign = " + campaign)
                                        == 0);
    }

    private static long calls(Installation callout, long campaign) throws Exception {
        return callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign);
    }
}
