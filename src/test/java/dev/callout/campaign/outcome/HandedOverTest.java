package dev.callout.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.amd.AnsweredBy;
import dev.callout.campaign.amd.Greeting;
import dev.callout.campaign.menu.PressedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the notes of the switch say of a callee who was to be handed over. The answer is at 1.000 s by its clock. */
class HandedOverTest {

    private static CallResult call(String notes, Long bridged, long ended, String disposition) {
        return new CallResult(
                new CallResult.Cause("NORMAL_CLEARING", 16, 200, disposition),
                new CallResult.Times(
                        null, null, Instant.EPOCH, Instant.EPOCH.plusSeconds(9), null, ended / 1000 - 1000),
                CallResult.Heard.NOTHING,
                new SwitchReport(
                        1_000_000L, bridged, ended, "sofia/internal/1000", null, null, "SUCCESS", notes, null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
            # notes                                | bridged | ended    | hung up by | result    waited talked abandoned
            0;w:1020000,                             2020000,  7020000,  send_bye,    answered 1000 5000 false
            0;w:1020000,                             3021000,  7021000,  recv_bye,    answered 2001 4000 true
            0;m:1020000,                             9020000,  9520000,  send_bye,    answered 8000 500 false
            -,                                       2000000,  2500000,  send_bye,    answered 1000 500 false
            0;w:1000000;n:2900000,                   -,        6000000,  send_bye,    no-agent 1900 null false
            0;w:1000000;n:3100000,                   -,        6000000,  send_bye,    no-agent 2100 null true
            0;w:1000000;e:1100000,                   -,        1100000,  send_bye,    no-agent 100 null true
            0;m:1000000;e:9100000,                   -,        9100000,  send_bye,    no-agent 8100 null false
            0;w:1000000,                             -,        2500000,  recv_bye,    hung-up 1500 null false
            0;w:1000000,                             -,        4000000,  recv_bye,    hung-up 3000 null true
            0;w:1000000,                             -,        4000000,  send_bye,    hung-up 3000 null true
            0,                                       -,        4000000,  recv_bye,    hung-up null null false
            0;w:x;n:-5;evil:1,                       -,        4000000,  recv_bye,    hung-up null null false
            """)
    void theNotesSayHowItEnded(String notes, Long bridged, long ended, String disposition, String expected) {
        HandedOver one = HandedOver.of(call(notes, bridged, ended, disposition)).orElseThrow();
        assertThat(one.result().word() + " " + one.waitedMs() + " " + one.talkedMs() + " " + one.abandoned())
                .isEqualTo(expected);
        assertThat(one.agent()).isEqualTo(bridged == null ? null : "sofia/internal/1000");
    }

    @Test
    void aCallThatWasNotToBeHandedOverIsNone() {
        assertThat(HandedOver.of(call(null, null, 2_000_000, "recv_bye"))).isEmpty();
    }

    @Test
    void theAgentOfAQueueIsWhoTalked() {
        CallResult result = call("0;w:1000000", 2_000_000L, 3_000_000, "send_bye");
        SwitchReport report = new SwitchReport(
                1_000_000L, 2_000_000L, 3_000_000L, "sofia/x", "a".repeat(500), "sales", null, "0;w:1000000", null);
        assertThat(HandedOver.of(new CallResult(result.cause(), result.times(), result.heard(), report))
                        .orElseThrow()
                        .agent())
                .isEqualTo("a".repeat(128));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
            0;w:1000000,            1500000, 1600000, success            done
            0;w:1000000;n:3000000,  -,       5000000, failure            no-agent
            0;w:1000000,            -,       2500000, premature hangup   premature
            0;w:1000000,            -,       9000000, failure            no-agent
            0,                      -,       9000000, failure            no-agent
            """)
    void onlySomebodyWhoWasThereMakesItASuccess(String notes, Long bridged, long ended, String expected) {
        CallOutcome outcome = CallOutcome.of(
                call(notes, bridged, ended, "recv_bye"), SuccessIf.HEARD, Duration.ofSeconds(3), true, false);
        assertThat(outcome.status().text() + " " + outcome.causeClass().word())
                .isEqualTo(expected.replaceAll(" +", " "));
    }

    @Test
    void theTwoSecondsBeginWithTheEndOfTheGreetingAndAMachineIsNotHandedOver() {
        CallResult plain = call("0;w:3000000", 3_900_000L, 9_000_000, "send_bye");
        assertThat(HandedOver.of(plain).orElseThrow().abandoned()).isFalse();
        assertThat(HandedOver.of(listened(plain, AnsweredBy.UNKNOWN))
                        .orElseThrow()
                        .abandoned())
                .isFalse();
        assertThat(HandedOver.of(listened(plain, AnsweredBy.HUMAN))
                        .orElseThrow()
                        .abandoned())
                .isTrue();
        CallResult machine = listened(call("0", null, 9_000_000, "send_bye"), AnsweredBy.MACHINE);
        assertThat(HandedOver.of(machine)).isEmpty();
        assertThat(CallOutcome.of(machine, SuccessIf.HEARD, Duration.ofSeconds(3), false, false)
                        .causeClass())
                .isEqualTo(CauseClass.MACHINE);
    }

    private static CallResult listened(CallResult result, AnsweredBy by) {
        return result.naming("NORMAL_CLEARING", PressedKeys.NONE, new Greeting(by, 1900L, null));
    }

    @Test
    void aKeyThatHandsOverIsAnAnswerWhoeverWasThere() {
        // Its notes begin without the 0 of a campaign that hands over every callee.
        CallResult result = call(";m:1500000;e:1600000", null, 9_000_000, "send_bye");
        assertThat(CallOutcome.of(result, SuccessIf.HEARD, Duration.ofSeconds(3), false, false)
                        .status())
                .isEqualTo(NumberStatus.SUCCESS);
        assertThat(HandedOver.of(result).map(one -> one.result().word())).isEqualTo(Optional.of("no-agent"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
            0;w:1000000;n:1010000, INVALID_GATEWAY, -,     NO_SECOND_LEG
            0;w:1000000;n:1010000, -,               -,     NO_SECOND_LEG
            0;w:1000000;n:1010000, -,               sales, -
            0;w:1000000;n:1010000, USER_BUSY,       -,     -
            0;w:1000000;n:1010000, SUBSCRIBER_ABSENT, -,   -
            0;w:1000000;n:3000000, -,               -,     -
            """)
    void somebodyWhomTheSwitchDoesNotKnowIsAFault(String notes, String cause, String queue, String fault) {
        CallResult result = call(notes, null, 3_000_000, "send_bye");
        SwitchReport report = new SwitchReport(1_000_000L, null, 3_000_000L, null, null, queue, cause, notes, null);
        assertThat(CallOutcome.of(
                                new CallResult(result.cause(), result.times(), result.heard(), report),
                                SuccessIf.HEARD,
                                Duration.ofSeconds(3),
                                false,
                                false)
                        .fault())
                .isEqualTo(fault == null ? null : AnswerFault.valueOf(fault));
    }
}
