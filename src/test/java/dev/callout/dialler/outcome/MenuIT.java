package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that ask their callees to press a key, and what is written for them. */
class MenuIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RING = Duration.ofMillis(20);

    @Test
    void whatCalleesPressIsStoredAndDecidesWhetherTheCallIsASuccess() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                    case "101" -> CalleePlan.answers(RING).pressing('1', Duration.ofMillis(300));
                    case "102" -> CalleePlan.answers(RING).pressing('5', Duration.ofMillis(300));
                    case "103" -> CalleePlan.answers(RING, Duration.ofMillis(400));
                    case "104" -> CalleePlan.answers(RING).pressing('1', Duration.ofMillis(1300));
                    case "105" -> CalleePlan.answers(RING).pressing('1', Duration.ofMillis(5000));
                    default -> CalleePlan.answers(RING);
                }))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt) VALUES (1)");
            callout.execute("INSERT INTO ivr_prompt_pieces (i_ivr_prompt, position, kind, value, engine, voice) VALUES"
                    + " (1, 1, 'file', '/p/you owe-500ms.wav', NULL, NULL), (1, 2, 'amount', '{amount}', NULL, NULL)");
            callout.execute("INSERT INTO menus (i_menu, i_ivr_prompt, timeout_ms, repeats) VALUES (1, 1, 1000, 0)");
            callout.execute("INSERT INTO menu_keys (i_menu, menu_key, answer) VALUES (1, '1', 'yes'), (1, '2', 'no')");
            long key = callout.campaign(
                    "key", Map.of("i_menu", 1, "success_if", "key", "threshold_msec", 900, "backoff_sec", 3600));
            long heard = callout.campaign("heard", Map.of("i_menu", 1, "threshold_msec", 900, "backoff_sec", 3600));
            for (long campaign : new long[] {key, heard}) {
                callout.execute("INSERT INTO campaign_phones (i_campaign, cld, vars) SELECT " + campaign
                        + ", seq, '{\"amount\": \"12,50\"}' FROM seq_101_to_105");
            }
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status IN"
                                    + " ('success', 'premature hangup', 'failure') AND call_uuid IS NULL")
                            == 10);

            String rows = "SELECT CONCAT_WS(' ', cld, status, finished, IF(status = 'failure', hangup_cause, NULL),"
                    + " digits, menu_answer) FROM campaign_phones WHERE i_campaign = ";
            assertThat(callout.column(rows + key + " ORDER BY cld"))
                    .containsExactly(
                            "101 success 1 1 yes",
                            "102 failure 0 NOT_CONFIRMED",
                            "103 premature hangup 0",
                            "104 success 1 1 yes",
                            "105 failure 0 NOT_CONFIRMED");
            assertThat(callout.column(rows + heard + " ORDER BY cld"))
                    .containsExactly(
                            "101 success 1 1 yes",
                            "102 success 1",
                            "103 premature hangup 0",
                            "104 success 1 1 yes",
                            "105 success 1");
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, digits, menu_answer) FROM call_attempts"
                            + " WHERE i_campaign = " + key + " ORDER BY number"))
                    .containsExactly("101 1 yes", "102", "103", "104 1 yes", "105");
        }
    }
}
