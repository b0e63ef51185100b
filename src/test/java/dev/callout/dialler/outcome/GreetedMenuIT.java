package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.Voice;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls in which the switch listens first, and then asks for a key; and calls whose node is lost while it listens. */
class GreetedMenuIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration RING = Duration.ofMillis(20);
    private static final String ROWS =
            "SELECT CONCAT_WS(' ', cld, status, finished, IF(status = 'failure', hangup_cause,"
                    + " NULL), answered_by, digits, menu_answer) FROM campaign_phones WHERE i_campaign = ";

    @Test
    void peopleAndCalleesWhoSayNothingAreAskedForAKeyAndMachinesHearTheirMessage() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                    case "101" -> CalleePlan.answers(RING).saying(Voice.HELLO).pressing('1', Duration.ofSeconds(5));
                    case "102" -> CalleePlan.answers(RING).saying(Voice.SILENT).pressing('1', Duration.ofSeconds(5));
                    case "103" -> CalleePlan.answers(RING).saying(Voice.HELLO);
                    case "104" -> CalleePlan.answers(RING).saying(Voice.MACHINE);
                    // Before there is a verdict.
                    default -> CalleePlan.answers(RING).saying(Voice.HELLO).pressing('1', Duration.ofMillis(800));
                }))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/press-3000ms.wav'),"
                    + " (2, '/p/message-700ms.wav')");
            callout.execute("INSERT INTO menus (i_menu, i_ivr_prompt, timeout_ms, repeats) VALUES (1, 1, 2000, 0)");
            callout.execute("INSERT INTO menu_keys (i_menu, menu_key, answer) VALUES (1, '1', 'yes')");
            Map<String, Object> columns = Map.of(
                    "i_menu", 1,
                    "amd", "cadence",
                    "i_machine_prompt", 2,
                    "machine_beep_wait_sec", 3,
                    "threshold_msec", 2000,
                    "backoff_sec", 3600);
            long heard = callout.campaign("heard", columns);
            long key = callout.campaign("key", AnsweringMachineIT.with(columns, "success_if", "key"));
            long human = callout.campaign("human", AnsweringMachineIT.with(columns, "success_if", "human"));
            for (long campaign : new long[] {heard, key, human}) {
                callout.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign
                        + ", seq FROM seq_101_to_105");
            }
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status IN"
                                    + " ('success', 'premature hangup', 'failure') AND call_uuid IS NULL")
                            == 15);

            assertThat(callout.column(ROWS + heard + " ORDER BY cld"))
                    .containsExactly(
                            "101 success 1 human 1 yes",
                            "102 success 1 unknown 1 yes",
                            "103 success 1 human",
                            "104 success 1 machine",
                            "105 success 1 human");
            assertThat(callout.column(ROWS + key + " ORDER BY cld"))
                    .containsExactly(
                            "101 success 1 human 1 yes",
                            "102 success 1 unknown 1 yes",
                            "103 failure 0 NOT_CONFIRMED human",
                            "104 failure 0 MACHINE machine",
                            "105 failure 0 NOT_CONFIRMED human");
            assertThat(callout.column(ROWS + human + " ORDER BY cld"))
                    .as("who presses a key is a person, also one who said nothing")
                    .containsExactly(
                            "101 success 1 human 1 yes",
                            "102 success 1 unknown 1 yes",
                            "103 success 1 human",
                            "104 failure 0 MACHINE machine",
                            "105 success 1 human");
        }
    }

    /**
     * Both verdicts come more than six seconds of the switch after the answer: two of nothing, and then a long greeting. The
     * switch runs at half the speed, so that a busy machine, too, stops the node before.
     */
    @Test
    void aNodeThatTakesOverWhileTheSwitchListensLearnsTheVerdictFromTheEnd() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.timeScale(0.5).callees(call -> CalleePlan.answers(RING)
                        .saying(Voice.SILENT.says(2000, call.number().equals("101") ? 3500 : 6000))))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/long-10000ms.wav'),"
                    + " (2, '/p/message-700ms.wav')");
            Map<String, Object> columns = Map.of(
                    "i_ivr_prompt", 1,
                    "amd", "cadence",
                    "i_machine_prompt", 2,
                    "success_if", "human",
                    "threshold_msec", 1000,
                    "backoff_sec", 3600);
            long campaign = callout.campaign("taken over", columns);
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '101'), ("
                    + campaign + ", '102')");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 2);
            callout.stop();
            assertThat(Duration.ofNanos(
                            System.nanoTime() - callout.ledger().calls().get(0).nanos()))
                    .as("the node stops before there is a verdict")
                    .isLessThan(Duration.ofSeconds(12));
            callout.execute("UPDATE campaigns SET amd = NULL, i_machine_prompt = NULL, success_if = 'human'");
            callout.start();
            Operator.awaitFollowed(callout, 2);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NULL") == 2);

            assertThat(callout.column(ROWS + campaign + " ORDER BY cld"))
                    .containsExactly("101 success 1 human", "102 failure 0 MACHINE machine");
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, answered_by, amd_ms BETWEEN 6000 AND 8000)"
                            + " FROM call_attempts ORDER BY number"))
                    .containsExactly("101 human 1", "102 machine 1");
            assertThat(callout.ledger().size()).isEqualTo(2);
        }
    }
}
