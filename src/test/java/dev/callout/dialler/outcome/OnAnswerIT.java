package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of calls that are answered, and of their campaigns, if the switch cannot play or run what it should. */
class OnAnswerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aPromptMustHaveBeenHeardAndOneThatCannotBeOpenedPausesItsCampaign() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .simulated(sim -> sim.prompt("hello.wav", Duration.ofMillis(4000))
                                .callees(call -> switch (call.number()) {
                                    case "101" -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(1));
                                    case "102" -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(3000));
                                    default -> CalleePlan.answers(Duration.ofMillis(20));
                                }))
                        .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, 'hello.wav'), (2, 'missing.wav')");
            long whole = callout.campaign("whole", Map.of("i_ivr_prompt", 1, "threshold_msec", 6000));
            long part = callout.campaign("part", Map.of("i_ivr_prompt", 1, "threshold_msec", 2000));
            long broken = callout.campaign("broken", Map.of("i_ivr_prompt", 2, "max_concurrent_calls", 2));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + whole + ", '100'), (" + part
                    + ", '101'), (" + part + ", '102')");
            callout.numbers(broken, "9", 1000);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + broken) == 1
                            && callout.number("SELECT COUNT(*) FROM call_attempts WHERE number LIKE '10_'") == 3
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            assertThat(callout.column(
                            "SELECT CONCAT(cld, ' ', status) FROM campaign_phones WHERE cld LIKE '10_' ORDER BY cld"))
                    .as("100 heard all of it though that is less than the threshold")
                    .containsExactly("100 success", "101 premature hangup", "102 success");
            assertThat(callout.ledger().calls().stream()
                            .filter(call -> call.number().startsWith("9"))
                            .count())
                    .as("calls without a prompt")
                    .isLessThan(500);
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT(status, ' ', finished) FROM campaign_phones WHERE cld LIKE '9%'"
                                    + " AND call_count > 0"))
                    .containsExactly("premature hangup 0");
            assertThat(log.warnings())
                    .contains("Pauses: Campaign broken is paused: switch sim cannot open its prompt missing.wav");
        }
    }

    /** The switch calls such a file played: see the capture prompt-file-cut-by-us-json. */
    @Test
    void aPromptThatAnOperatorCutsWasNotHeard() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, 'hello-600s.wav')");
            callout.numbers(callout.campaign("cut", Map.of("i_ivr_prompt", 1, "threshold_msec", 600_000)), "10", 2);
            Operator.awaitFollowed(callout, 2);
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE connect_time IS NOT NULL") == 2);
            Operator.hangUpAll(callout, "MANAGER_REQUEST");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column("SELECT CONCAT_WS(' ', status, hangup_cause) FROM call_attempts"))
                    .containsExactly("premature hangup MANAGER_REQUEST", "premature hangup MANAGER_REQUEST"));
        }
    }

    @Test
    void anExtensionOrApplicationThatTheSwitchDoesNotHavePausesItsCampaign() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .with("CALLOUT_ALLOWED_APPLICATIONS", "echo,missing")
                        .simulated(sim ->
                                sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(500))))
                        .start()) {
            long nowhere = callout.campaign(
                    "nowhere",
                    Map.of("action_on_answer", "", "transfer_on_answer", "no-such", "max_concurrent_calls", 2));
            long unloaded =
                    callout.campaign("unloaded", Map.of("action_on_answer", "missing()", "max_concurrent_calls", 2));
            long sound = callout.campaign("sound", Map.of("max_concurrent_calls", 2));
            callout.numbers(nowhere, "7", 1000);
            callout.numbers(unloaded, "8", 1000);
            callout.numbers(sound, "9", 2);
            await().atMost(PATIENCE)
                    .until(() -> callout.column("SELECT name FROM campaigns WHERE paused = 1")
                                            .size()
                                    == 2
                            && callout.number("SELECT COUNT(*) FROM call_attempts WHERE number LIKE '9%'") >= 2
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            assertThat(callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + sound))
                    .isZero();
            assertThat(callout.ledger().calls().stream()
                            .filter(call -> !call.number().startsWith("9"))
                            .count())
                    .as("callees who were hung up on")
                    .isLessThan(1000);
            assertThat(log.warnings())
                    .contains("Pauses: Campaign nowhere is paused: switch sim has no extension that matches its"
                            + " transfer_on_answer, no-such, in its context")
                    .contains("Pauses: Campaign unloaded is paused: switch sim does not know the application of its"
                            + " action_on_answer, extension or amd: load the module");
        }
    }

    /** In each form in which a campaign can be given something to run; not one call of 60 may be lost on all numbers. */
    @ParameterizedTest
    @CsvSource({
        "playback(/prompts/missing.wav), cannot open a file",
        "bridge(sofia/gateway/gone/100), 'cannot bridge callees," + " INVALID_GATEWAY'",
        "ivr(no-such), has ended ivr as it began"
    })
    void whatTheSwitchCannotRunOnAnswerPausesItsCampaignAfterTheFirstFew(String action, String reason)
            throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .simulated(sim -> sim.gateway("gw").callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                        .start()) {
            long warning = callout.campaign("warning", Map.of("action_on_answer", action, "max_concurrent_calls", 2));
            callout.numbers(warning, "9", 60);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + warning) == 1
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            assertThat(callout.ledger().calls().size())
                    .as("callees who were hung up on")
                    .isBetween(AnswerFaults.FEW, 40);
            assertThat(log.warnings()).anySatisfy(line -> assertThat(line)
                    .contains("Campaign warning is paused: switch sim " + reason, action));
        }
    }

    @Test
    void aFileThatASwitchDoesNotHaveIsWarnedOfBeforeAnyCall() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder().start()) {
            callout.campaign("warning", Map.of("action_on_answer", "playback(/prompts/missing siren.wav)"));
            callout.campaign("sound", Map.of("action_on_answer", "playback(/prompts/hello.wav)"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains(
                            "Switch sim cannot read file /prompts/missing siren.wav", "played to callees of warning:"));
            assertThat(callout.ledger().calls()).isEmpty();
        }
    }
}
