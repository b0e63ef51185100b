package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that play a prompt of several pieces, and what is written for them. */
class PromptPiecesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aPromptOfSeveralPiecesIsHeardFromItsFirstOnAndWholeOnlyIfAllWerePlayed() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                    case "101", "102" -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(1500));
                    default -> CalleePlan.answers(Duration.ofMillis(20));
                }))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt) VALUES (1)");
            callout.execute("INSERT INTO ivr_prompt_pieces (i_ivr_prompt, position, kind, value, engine, voice) VALUES"
                    + " (1, 1, 'file', '/p/hello-1000ms.wav', NULL, NULL), (1, 2, 'amount', '{amount}', NULL, NULL),"
                    + " (1, 3, 'silence', '100', NULL, NULL), (1, 4, 'text', 'Bye {name}', 'flite', 'slt')");
            long whole = callout.campaign("whole", Map.of("i_ivr_prompt", 1, "threshold_msec", 60_000));
            long part = callout.campaign("part", Map.of("i_ivr_prompt", 1, "threshold_msec", 1200));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, vars) VALUES"
                    + " (" + whole + ", '100', '{\"amount\": \"12,50\", \"name\": \"Zoë O''Neil\"}'),"
                    + " (" + whole + ", '101', '{\"amount\": \"12\", \"name\": \"Ann\"}'),"
                    + " (" + part + ", '102', '{\"amount\": \"12\", \"name\": \"Ann\"}'),"
                    + " (" + whole + ", '103', '{\"amount\": \"a lot\", \"name\": \"Ann\"}'),"
                    + " (" + whole + ", '104', '{\"amount\": \"12\"}')");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status IN"
                                    + " ('success', 'premature hangup', 'failure') AND call_uuid IS NULL")
                            == 5);

            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', cld, status, finished, IF(status = 'failure', hangup_cause, NULL))"
                                    + " FROM campaign_phones ORDER BY cld"))
                    .containsExactly(
                            "100 success 1",
                            "101 premature hangup 0",
                            "102 success 1",
                            "103 failure 1 INVALID_VARIABLE amount",
                            "104 failure 1 MISSING_VARIABLE name");
            assertThat(callout.ledger().calls())
                    .extracting(call -> call.number())
                    .doesNotContain("103", "104");
        }
    }

    @Test
    void aSecondFileThatTheSwitchDoesNotHavePausesTheCampaignAlthoughTheOthersWerePlayed() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                        .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt) VALUES (1)");
            callout.execute("INSERT INTO ivr_prompt_pieces (i_ivr_prompt, position, kind, value) VALUES"
                    + " (1, 1, 'file', 'hello-500ms.wav'), (1, 2, 'file', 'missing.wav'),"
                    + " (1, 3, 'file', 'bye-3500ms.wav')");
            long broken = callout.campaign(
                    "broken", Map.of("i_ivr_prompt", 1, "max_concurrent_calls", 2, "threshold_msec", 1000));
            callout.numbers(broken, "9", 500);
            awaitPause(callout, broken);

            assertThat(callout.column("SELECT DISTINCT status FROM campaign_phones WHERE call_count > 0"))
                    .containsExactly("premature hangup");
            assertThat(callout.ledger().calls().size()).isLessThan(250);
            assertThat(log.warnings())
                    .contains("Pauses: Campaign broken is paused: switch sim cannot open its prompt missing.wav,"
                            + " its piece 2");
        }
    }

    @Test
    void anEngineThatTheSwitchDoesNotHavePausesTheCampaignAfterTheFirstFew() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .simulated(sim ->
                                sim.without("mod_flite").callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                        .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt) VALUES (1)");
            callout.execute("INSERT INTO ivr_prompt_pieces (i_ivr_prompt, position, kind, value, engine, voice) VALUES"
                    + " (1, 1, 'text', 'You owe us', 'flite', 'slt'), (1, 2, 'file', 'bye-3500ms.wav', NULL, NULL)");
            long mute = callout.campaign("mute", Map.of("i_ivr_prompt", 1, "max_concurrent_calls", 2));
            callout.numbers(mute, "9", 500);
            awaitPause(callout, mute);

            assertThat(callout.ledger().calls().size()).isLessThan(250);
            assertThat(log.warnings()).anySatisfy(line -> assertThat(line)
                    .contains("Campaign mute is paused: switch sim says nothing for piece 1 of its prompt"));
        }
    }

    private static void awaitPause(Installation callout, long campaign) {
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + campaign) == 1
                        && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
    }
}
