package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.Voice;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Callees who are handed over, to whom, and what is written of it. */
class HandOverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RING = Duration.ofMillis(20);

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static void campaign(Installation callout, String name, Map<String, Object> columns) throws Exception {
        Map<String, Object> all = new HashMap<>(columns);
        all.put("backoff_sec", 3600);
        long campaign = callout.campaign(name, all);
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '" + name + "')");
    }

    private static List<String> attempts(Installation callout) throws Exception {
        return callout.column(
                "SELECT CONCAT_WS(' ', number, status, IF(status = 'failure', hangup_cause, NULL), hand_over,"
                        + " agent, IF(number = '16', NULL, ROUND(waited_ms / 1000)), ROUND(talked_ms / 1000), IF(abandoned, 'abandoned', NULL))"
                        + " FROM call_attempts ORDER BY number");
    }

    private static void ended(Installation callout, long attempts) {
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NULL"
                                + " AND status NOT IN ('idle', 'dialling')")
                        == attempts);
    }

    @Test
    void calleesTalkWithAnAgentHearTheMessageOrAreAbandoned() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                            case "15" -> CalleePlan.answers(RING, millis(3400));
                            case "17" -> CalleePlan.answers(RING, millis(600));
                            default -> CalleePlan.answers(RING);
                        })
                        .agents(agent -> switch (agent) {
                            case "sofia/gateway/gw/bot" -> CalleePlan.answers(millis(1000), millis(2000));
                            case "sofia/gateway/gw/busy" -> CalleePlan.refuses(486, millis(10));
                            case "sofia/gateway/gw/away" -> CalleePlan.ringsForEver();
                            case "queue:sales" -> CalleePlan.answers(millis(3000), millis(1000));
                            case "extension:1000" -> CalleePlan.answers(millis(1000), millis(1000));
                            default -> null;
                        }))
                .start()) {
            callout.simulated().bePunctual();
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/sorry-500ms.wav')");
            Map<String, Object> two = Map.of("hand_over_sec", 2, "i_no_agent_prompt", 1);
            campaign(callout, "11", with(two, "hand_over", "bridge:sofia/gateway/gw/bot"));
            campaign(callout, "12", with(two, "hand_over", "bridge:sofia/gateway/gw/busy"));
            campaign(callout, "13", with(Map.of("hand_over_sec", 3), "hand_over", "bridge:sofia/gateway/gw/away"));
            campaign(callout, "14", Map.of("hand_over", "queue:sales", "i_ivr_prompt", 1));
            campaign(callout, "15", Map.of("hand_over", "queue:empty", "hand_over_sec", 60));
            campaign(callout, "16", Map.of("hand_over", "queue:empty", "hand_over_sec", 1, "i_no_agent_prompt", 1));
            campaign(callout, "17", Map.of("hand_over", "queue:empty", "threshold_msec", 3000));
            campaign(callout, "18", Map.of("hand_over", "extension:1000"));
            campaign(callout, "19", Map.of("transfer_on_answer", "1000", "threshold_msec", 500));
            ended(callout, 9);

            assertThat(attempts(callout))
                    .containsExactly(
                            "11 success answered sofia/external/bot 1 2",
                            "12 failure NO_AGENT no-agent 0",
                            "13 failure NO_AGENT no-agent 3 abandoned",
                            "14 success answered anna 3 1",
                            "15 failure NO_AGENT hung-up 3 abandoned",
                            "16 failure NO_AGENT no-agent",
                            "17 premature hangup hung-up 1",
                            "18 success answered sofia/internal/1000 1 1",
                            "19 success answered sofia/internal/1000 1 1");
            // The switch counts in whole seconds of its clock.
            assertThat(callout.number("SELECT waited_ms FROM call_attempts WHERE number = '16'"))
                    .isLessThan(1900L);
        }
    }

    @Test
    void aKeyHandsOverAndACalleeForWhomNobodyWasThereIsCalledAgainAfterItsOwnDelay() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_RETRY_FLOOR_SEC", "0")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING).pressing('1', millis(300)))
                        .agents(agent -> agent.equals("queue:sales")
                                ? CalleePlan.answers(millis(1000), millis(1000))
                                : agent.endsWith("busy") ? CalleePlan.refuses(486, millis(10)) : null))
                .start()) {
            callout.simulated().bePunctual();
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/a-1000ms.wav')");
            callout.execute("INSERT INTO menus (i_menu, i_ivr_prompt, timeout_ms, repeats) VALUES (1, 1, 500, 0)");
            callout.execute(
                    "INSERT INTO menu_keys (i_menu, menu_key, answer, action) VALUES (1, '1', 'agent', 'hand_over')");
            campaign(callout, "21", Map.of("i_menu", 1, "success_if", "key", "hand_over", "queue:sales"));
            campaign(
                    callout,
                    "22",
                    Map.of(
                            "hand_over",
                            "bridge:sofia/gateway/gw/busy",
                            "retry_delays",
                            "no-agent=1",
                            "max_attempts",
                            2));
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 2);

            assertThat(attempts(callout))
                    .containsExactly(
                            "21 success answered anna 1 1",
                            "22 failure NO_AGENT no-agent 0 abandoned",
                            "22 failure NO_AGENT no-agent 0 abandoned");
        }
    }

    @Test
    void peopleAreHandedOverAndMachinesAreNot() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                            case "71" -> CalleePlan.answers(RING).saying(Voice.MACHINE);
                            case "72" -> CalleePlan.answers(RING).saying(Voice.HELLO);
                            case "73" -> CalleePlan.answers(RING).saying(Voice.SILENT);
                            default -> CalleePlan.answers(RING).saying(Voice.HELLO);
                        })
                        .agents(agent -> agent.endsWith("slow")
                                ? CalleePlan.answers(millis(1500), millis(1000))
                                : CalleePlan.answers(millis(50), millis(1000))))
                .start()) {
            callout.simulated().bePunctual();
            for (String number : List.of("71", "72", "73")) {
                campaign(callout, number, Map.of("amd", "cadence", "hand_over", "bridge:sofia/gateway/gw/bot"));
            }
            campaign(callout, "74", Map.of("amd", "cadence", "hand_over", "bridge:sofia/gateway/gw/slow"));
            ended(callout, 4);

            assertThat(attempts(callout))
                    .as("the greeting ends before it is known that it has ended")
                    .containsExactly(
                            "71 failure MACHINE",
                            "72 success answered sofia/external/bot 0 1",
                            "73 success answered sofia/external/bot 0 1",
                            "74 success answered sofia/external/slow 2 1 abandoned");
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, answered_by) FROM call_attempts ORDER BY number"))
                    .containsExactly("71 machine", "72 human", "73 unknown", "74 human");
        }
    }

    @Test
    void aQueueThatDoesNotExistPausesItsCampaign() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING)))
                .start()) {
            long campaign = callout.campaign("gone", Map.of("hand_over", "queue:no-such", "max_concurrent_calls", 1));
            callout.execute(
                    "INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign + ", seq FROM seq_31_to_39");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + campaign) == 1);

            assertThat(callout.column("SELECT pause_reason FROM campaigns"))
                    .singleElement()
                    .asString()
                    .contains("has nobody to whom its hand_over, queue:no-such, could hand callees over");
        }
    }

    @Test
    void aShareOfTheCallsIsRecordedAndTheAttemptNamesTheFile() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_RANDOM_SEED", "7")
                .with("CALLOUT_RECORDINGS", "/rec")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING, millis(500))))
                .start()) {
            long campaign = callout.campaign(
                    "recorded", Map.of("record_percent", 50, "action_on_answer", "park", "threshold_msec", 100));
            callout.execute(
                    "INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign + ", seq FROM seq_41_to_60");
            ended(callout, 20);

            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE recording IS NOT NULL"))
                    .isBetween(3L, 17L);
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE recording <>"
                            + " CONCAT('/rec/', call_uuid, '.wav')"))
                    .isZero();
        }
    }

    private static Map<String, Object> with(Map<String, Object> columns, String column, Object value) {
        Map<String, Object> all = new HashMap<>(columns);
        all.put(column, value);
        return all;
    }
}
