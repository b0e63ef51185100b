package dev.callout.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.amd.Greeting;
import dev.callout.campaign.menu.PressedKeys;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as in the captures prompt-* and originate-*: instants in milliseconds. */
class CallOutcomeTest {

    private static final Duration THRESHOLD = Duration.ofMillis(3000);
    private static final CallResult CUT_BY_CALLEE =
            answered("NORMAL_CLEARING", 200, "recv_bye", 39_073, 40_613, 1540L, 2048L, 39_093L, true, "PLAYBACK ERROR");
    private static final CallResult CUT_BY_US = answered(
            "ALLOTTED_TIMEOUT", null, "send_bye", 51_773, 52_273, 500L, 2048L, 51_793L, true, "PLAYBACK ERROR");
    private static final CallResult MISSING_FILE =
            answered("NORMAL_CLEARING", null, "send_bye", 45_833, 45_833, 0L, null, null, false, "FILE NOT FOUND");

    /** For a campaign that wants its prompt to be heard. */
    private static CallOutcome judged(CallResult result, Duration threshold, boolean prompt, boolean drawn) {
        return CallOutcome.of(result, SuccessIf.HEARD, threshold, prompt, drawn);
    }

    @ParameterizedTest
    @CsvSource({"1520, SUCCESS", "1521, PREMATURE_HANGUP"})
    void aPromptIsHeardFromItsStart(long threshold, NumberStatus status) {
        assertThat(judged(CUT_BY_CALLEE, Duration.ofMillis(threshold), true, false)
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"1540, SUCCESS", "1541, PREMATURE_HANGUP"})
    void withoutItsStartAPromptIsHeardNoLongerThanTheCallLasted(long threshold, NumberStatus status) {
        CallResult result = answered(
                "NORMAL_CLEARING", 200, "recv_bye", 39_073, 40_613, 1540L, 2048L, null, false, "PLAYBACK ERROR");
        assertThat(judged(result, Duration.ofMillis(threshold), true, false).status())
                .isEqualTo(status);
    }

    @Test
    void aPromptThatAHangUpCutIsNotWhollyPlayedAlthoughTheSwitchSaysDone() {
        assertThat(judged(CUT_BY_CALLEE, THRESHOLD, true, false))
                .isEqualTo(new CallOutcome(NumberStatus.PREMATURE_HANGUP, CauseClass.PREMATURE, null));
    }

    @Test
    void aPromptShorterThanTheThresholdIsASuccessWhenWhollyPlayed() {
        CallResult result =
                answered("NORMAL_CLEARING", null, "send_bye", 0, 1020, 1020L, 1000L, 10L, true, "FILE PLAYED");
        assertThat(judged(result, THRESHOLD, true, false))
                .isEqualTo(new CallOutcome(NumberStatus.SUCCESS, CauseClass.DONE, null));
    }

    @Test
    void aPromptThatTheCalleeEndedWithAKeyIsNotWhollyPlayed() {
        CallResult result =
                answered("NORMAL_CLEARING", null, "send_bye", 0, 1020, 1020L, 1000L, 10L, false, "FILE PLAYED");
        assertThat(judged(result, THRESHOLD, true, false).status()).isEqualTo(NumberStatus.PREMATURE_HANGUP);
    }

    @Test
    void aCallEndedAtItsDrawnDurationIsASuccessHoweverShort() {
        assertThat(judged(CUT_BY_US, THRESHOLD, true, true).status()).isEqualTo(NumberStatus.SUCCESS);
        assertThat(judged(CUT_BY_US, THRESHOLD, true, false).status()).isEqualTo(NumberStatus.PREMATURE_HANGUP);
    }

    @Test
    void aPromptThatCannotBeOpenedIsToldAndIsNoSuccess() {
        assertThat(judged(MISSING_FILE, Duration.ZERO, true, true))
                .isEqualTo(new CallOutcome(
                        NumberStatus.PREMATURE_HANGUP, CauseClass.PREMATURE, AnswerFault.PROMPT_UNOPENABLE));
        assertThat(judged(MISSING_FILE, THRESHOLD, false, false).fault())
                .as("of action_on_answer or the extension")
                .isEqualTo(AnswerFault.FILE_UNOPENABLE);
    }

    /** Bridges by audio_bridge_function and switch_channel_handle_cause, menus by ivr_application_function, of 1.10.12. */
    @ParameterizedTest
    @CsvSource({
        "bridge, INVALID_GATEWAY, send_bye, 40, , NO_SECOND_LEG",
        "bridge, USER_NOT_REGISTERED, send_bye, 40, , NO_SECOND_LEG",
        "bridge, USER_BUSY, send_bye, 40, ,",
        "bridge, INVALID_GATEWAY, recv_bye, 40, ,",
        "ivr, NORMAL_CLEARING, send_bye, 20, , ENDED_AT_ONCE",
        "ivr, NORMAL_CLEARING, recv_bye, 20, ,",
        "ivr, NORMAL_CLEARING, send_bye, 20, 5,",
        "ivr, NORMAL_CLEARING, send_bye, 20000, ,",
        "hangup, NORMAL_CLEARING, send_bye, 20, ,",
        "lua, NORMAL_CLEARING, send_bye, 20, ,",
        "ivr, ALLOTTED_TIMEOUT, send_bye, 480, ,",
        "echo, NORMAL_CLEARING, send_bye, 20, ,"
    })
    void anApplicationThatTheSwitchCouldNotRunIsToldFromOneThatEnded(
            String application, String cause, String disposition, long lasted, Long playing, AnswerFault fault) {
        CallResult result = new CallResult(
                new CallResult.Cause(cause, 16, null, disposition),
                new CallResult.Times(at(0L), at(0L), at(280L), at(280 + lasted), null, lasted),
                new CallResult.Heard(null, at(playing), false, application, null));
        assertThat(judged(result, Duration.ZERO, false, false).fault()).isEqualTo(fault);
    }

    /** As FreeSWITCH 1.10.12 told it of extensions and applications that it did not have, and of bridges that failed. */
    @ParameterizedTest
    @CsvSource({
        "NO_ROUTE_DESTINATION, send_bye, sched_hangup, NO_EXTENSION",
        "NO_ROUTE_DESTINATION, send_bye, , NO_EXTENSION",
        "NO_ROUTE_DESTINATION, send_bye, unset, NO_EXTENSION",
        "NO_ROUTE_DESTINATION, send_bye, record_session, NO_EXTENSION",
        "DESTINATION_OUT_OF_ORDER, send_bye, sched_hangup, NO_APPLICATION",
        "NO_ROUTE_DESTINATION, send_bye, bridge,",
        "NO_ROUTE_DESTINATION, recv_bye, sched_hangup,",
        "NORMAL_CLEARING, send_bye, sched_hangup,"
    })
    void aCalleeWhoIsHungUpOnBeforeAnythingRanTellsWhatTheSwitchLacks(
            String cause, String disposition, String application, AnswerFault fault) {
        CallResult result = new CallResult(
                new CallResult.Cause(cause, 3, null, disposition),
                new CallResult.Times(at(0L), at(0L), at(280L), at(320L), null, 40L),
                new CallResult.Heard(null, null, false, application, null));
        assertThat(judged(result, Duration.ZERO, false, false).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"1520, SUCCESS", "1521, PREMATURE_HANGUP", "0, SUCCESS"})
    void withoutAPromptTheCallMustLast(long threshold, NumberStatus status) {
        CallResult result = answered("NORMAL_CLEARING", 200, "recv_bye", 100, 1620, 1520L, null, null, false, null);
        assertThat(judged(result, Duration.ofMillis(threshold), false, false).status())
                .isEqualTo(status);
    }

    @Test
    void anUnansweredCallIsAFailure() {
        CallResult busy = new CallResult(
                new CallResult.Cause("USER_BUSY", 17, 486, "recv_refuse"),
                new CallResult.Times(at(0L), null, null, at(0L), null, 0L),
                CallResult.Heard.NOTHING);
        assertThat(judged(busy, Duration.ZERO, true, true))
                .isEqualTo(new CallOutcome(NumberStatus.FAILURE, CauseClass.BUSY, null));
    }

    /** As FreeSWITCH 1.10.12 told it of a gateway whose host was down, and of callees that said 180 or 408. */
    @ParameterizedTest
    @CsvSource({
        "RECOVERY_ON_TIMER_EXPIRE, 408, , 32000, ROUTE",
        "NO_ANSWER, , , 19300, ROUTE",
        "NO_ANSWER, , 0, 19300, NO_ANSWER",
        "RECOVERY_ON_TIMER_EXPIRE, 408, , 200, NO_ANSWER",
        "NO_ANSWER, , , 2100, NO_ANSWER",
        "NO_USER_RESPONSE, 480, , 32000, NO_ANSWER"
    })
    void aCallThatNobodyRespondedToIsTheNetworksFault(
            String cause, Integer sip, Long ringing, long ended, CauseClass expected) {
        CallResult result = new CallResult(
                new CallResult.Cause(cause, 19, sip, "send_cancel"),
                new CallResult.Times(at(0L), at(ringing), null, at(ended), null, 0L),
                CallResult.Heard.NOTHING);
        assertThat(judged(result, THRESHOLD, false, false))
                .isEqualTo(new CallOutcome(NumberStatus.FAILURE, expected, null));
    }

    @ParameterizedTest
    @CsvSource({"403, , ROUTE", "403, 2000, REFUSED", "407, 2000, ROUTE", "603, , REFUSED", "608, 2000, REFUSED"})
    void aRejectionIsTheCarriersUnlessTheCalleeWasReached(int sip, Long ringing, CauseClass expected) {
        CallResult result = new CallResult(
                new CallResult.Cause("CALL_REJECTED", 21, sip, "recv_refuse"),
                new CallResult.Times(at(0L), at(ringing), null, at(4000L), null, 0L),
                CallResult.Heard.NOTHING);
        assertThat(judged(result, THRESHOLD, false, false).causeClass()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({", PREMATURE_HANGUP, LOST", "3999, PREMATURE_HANGUP, LOST", "4000, SUCCESS, DONE"})
    void ofALostCallOnlyWhatIsProvenCounts(Long lastSeen, NumberStatus status, CauseClass causeClass) {
        CallResult lost = new CallResult(
                new CallResult.Cause("LOST_RESULT", null, null, null),
                new CallResult.Times(null, null, at(1000L), at(900_000L), at(lastSeen), null),
                CallResult.Heard.NOTHING);
        assertThat(judged(lost, THRESHOLD, false, true)).isEqualTo(new CallOutcome(status, causeClass, null));
    }

    @Test
    void aCallLostBeforeItsAnswerIsAFailureOfUnknownCause() {
        CallResult lost = new CallResult(
                new CallResult.Cause("LOST_RESULT", null, null, null),
                new CallResult.Times(at(0L), null, null, at(900_000L), null, null),
                CallResult.Heard.NOTHING);
        assertThat(judged(lost, THRESHOLD, true, false))
                .isEqualTo(new CallOutcome(NumberStatus.FAILURE, CauseClass.LOST, null));
    }

    /** Answered at 0, three pieces: 2 s of a file, an amount, a file. The first begins at 20 ms. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3;1f:FILE PLAYED@2020000;2s:@3500000;3f:FILE PLAYED@5000000 | 5020 | 60000 | SUCCESS |",
                "3;1f:FILE PLAYED@2020000 | 2520 | 2500 | SUCCESS |",
                "3;1f:FILE PLAYED@2020000 | 2520 | 2501 | PREMATURE_HANGUP |",
                "3;1f:FILE PLAYED@2020000;2s:@3500000;3f:FILE NOT FOUND@3500100 | 3520 | 1000 | PREMATURE_HANGUP | PROMPT_UNOPENABLE",
                "3;1f:FILE NOT FOUND@20000;2s:@1500000;3f:FILE PLAYED@3000000 | 3020 | 1000 | PREMATURE_HANGUP | PROMPT_UNOPENABLE",
                "3;1f:FILE PLAYED@2020000;2s:@2021000;3f:FILE PLAYED@3500000 | 3520 | 1000 | PREMATURE_HANGUP | PIECE_UNSPOKEN",
                "3;1f:FILE PLAYED@;2s:@;3f:FILE PLAYED@<API Execute Permission Denied> | 5020 | 60000 | SUCCESS |"
            })
    void aPromptOfSeveralPiecesIsHeardFromTheBeginningOfTheFirst(
            String written, long endedAt, long threshold, NumberStatus status, AnswerFault fault) {
        CallOutcome outcome = judged(pieces(written, 20L, endedAt), Duration.ofMillis(threshold), true, false);
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.fault()).isEqualTo(fault);
    }

    @Test
    void withoutTheEventOfItsBeginningItIsHeardFromTheAnswerAndNotForAsLongAsItsLastFile() {
        CallResult result = pieces("3;1f:FILE PLAYED@2020000;2s:@3500000", null, 4000);
        assertThat(judged(result, Duration.ofMillis(4000), true, false).status())
                .isEqualTo(NumberStatus.SUCCESS);
        assertThat(judged(result, Duration.ofMillis(4001), true, false).status())
                .isEqualTo(NumberStatus.PREMATURE_HANGUP);
        assertThat(judged(pieces("3", null, 4000), Duration.ofMillis(1), true, false)
                        .status())
                .as("nothing of it was played")
                .isEqualTo(NumberStatus.PREMATURE_HANGUP);
    }

    @Test
    void aTextForWhichTheSwitchHasNoEngineAtAllIsTold() {
        CallResult result = new CallResult(
                new CallResult.Cause("DESTINATION_OUT_OF_ORDER", 27, null, "send_bye"),
                new CallResult.Times(at(0L), at(0L), at(0L), at(120L), null, 120L),
                new CallResult.Heard(
                        100L,
                        at(0L),
                        true,
                        "speak",
                        null,
                        HeardPieces.of("2;0f:FILE PLAYED@100000").orElseThrow()));
        assertThat(judged(result, Duration.ofMillis(1000), true, false).fault()).isEqualTo(AnswerFault.PIECE_UNSPOKEN);
    }

    private static CallResult pieces(String written, Long startedAt, long endedAt) {
        return new CallResult(
                new CallResult.Cause("NORMAL_CLEARING", 16, null, "send_bye"),
                new CallResult.Times(at(0L), at(0L), at(0L), at(endedAt), null, endedAt),
                new CallResult.Heard(
                        500L,
                        at(startedAt),
                        true,
                        "set",
                        null,
                        HeardPieces.of(written).orElseThrow()));
    }

    private static CallResult answered(
            String cause,
            Integer sip,
            String disposition,
            long answeredAt,
            long endedAt,
            Long billMs,
            Long playbackMs,
            Long playbackStartedAt,
            boolean done,
            String response) {
        return new CallResult(
                new CallResult.Cause(cause, 16, sip, disposition),
                new CallResult.Times(
                        at(answeredAt - 200), at(answeredAt - 150), at(answeredAt), at(endedAt), null, billMs),
                new CallResult.Heard(
                        playbackMs, at(playbackStartedAt), done, response == null ? "echo" : "playback", response));
    }

    private static Instant at(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @ParameterizedTest
    @CsvSource({
        // keys, billed ms, wanted, status, class
        "'', 5000, KEY, FAILURE, UNCONFIRMED",
        "'', 5000, HEARD, SUCCESS, DONE",
        "'', 500, KEY, PREMATURE_HANGUP, PREMATURE",
        "';1:end:yes', 500, KEY, SUCCESS, DONE",
        "';1:end:yes', 500, HEARD, SUCCESS, DONE",
        "';*:repeat:', 5000, KEY, FAILURE, UNCONFIRMED",
        "';9:opt_out:stop', 500, KEY, SUCCESS, DONE",
        "';9:hang:X', 5000, KEY, FAILURE, UNCONFIRMED"
    })
    void aCampaignThatWantsAKeySucceedsByItAloneAndAKeyIsAlwaysASuccess(
            String keys, long billMs, SuccessIf wanted, NumberStatus status, CauseClass causeClass) {
        CallResult known = answered("NORMAL_CLEARING", 200, "recv_bye", 0, billMs, billMs, null, 0L, false, null);
        CallResult result = known.naming("NORMAL_CLEARING", PressedKeys.of(keys), null);
        CallOutcome outcome = CallOutcome.of(result, wanted, THRESHOLD, true, false);
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.causeClass()).isEqualTo(causeClass);
    }

    @ParameterizedTest
    @CsvSource({
        // what the switch noted, pieces, billed ms, wanted, status, class
        "'0;human:1000000', '1;1f:FILE PLAYED@9', 6000, HEARD, SUCCESS, DONE",
        "'0;human:1000000', '1;1f:FILE PLAYED@9', 6000, HUMAN, SUCCESS, DONE",
        "'0;unknown:1000000', '1;1f:FILE PLAYED@9', 6000, HEARD, SUCCESS, DONE",
        "'0;unknown:1000000', '1;1f:FILE PLAYED@9', 6000, HUMAN, FAILURE, UNCONFIRMED",
        "'0;human:4000000', '2;1f:FILE PLAYED@9', 6000, HEARD, PREMATURE_HANGUP, PREMATURE",
        "'0;human:1000000', '1', 6000, HUMAN, PREMATURE_HANGUP, PREMATURE",
        "'0', '1', 6000, HEARD, PREMATURE_HANGUP, PREMATURE",
        "'0;machine:4000000', '1', 6000, HEARD, FAILURE, MACHINE",
        "'0;machine:4000000', '1', 6000, HUMAN, FAILURE, MACHINE",
        "'0;machine:4000000;message:5000000', '2;1f:FILE PLAYED@9', 60000, HEARD, FAILURE, MACHINE",
        "'0;machine:4000000;message:5000000', '1;1f:FILE PLAYED@9', 6000, HEARD, SUCCESS, DONE",
        "'0;machine:4000000;message:5000000', '1;1f:FILE PLAYED@9', 6000, HUMAN, FAILURE, MACHINE",
        "'0;machine:4000000;message:5000000', '1;1f:FILE NOT FOUND@9', 6000, HEARD, FAILURE, MACHINE"
    })
    void whatAnsweredAndWhatItHeardSinceDecidesWhereTheSwitchListens(
            String noted, String pieces, long billMs, SuccessIf wanted, NumberStatus status, CauseClass causeClass) {
        CallResult result = new CallResult(
                new CallResult.Cause("NORMAL_CLEARING", 16, 200, "recv_bye"),
                new CallResult.Times(at(-200L), at(-150L), at(0L), null, null, billMs),
                new CallResult.Heard(
                        null,
                        null,
                        false,
                        "set",
                        null,
                        HeardPieces.of(pieces).orElseThrow(),
                        PressedKeys.NONE,
                        Greeting.of(noted).orElseThrow()));
        CallOutcome outcome = CallOutcome.of(result, wanted, THRESHOLD, true, false);
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.causeClass()).isEqualTo(causeClass);
    }

    @Test
    void aCallThatEndsAtItsDrawnDurationBeforeTheVerdictIsNoSuccess() {
        CallResult result = new CallResult(
                new CallResult.Cause("ALLOTTED_TIMEOUT", 16, 200, "send_bye"),
                new CallResult.Times(at(-200L), at(-150L), at(0L), null, null, 5000L),
                new CallResult.Heard(
                        null,
                        null,
                        false,
                        "detect_silence",
                        null,
                        HeardPieces.of("1").orElseThrow(),
                        PressedKeys.NONE,
                        Greeting.of("0").orElseThrow()));
        assertThat(judged(result, THRESHOLD, true, true).status()).isEqualTo(NumberStatus.PREMATURE_HANGUP);
    }

    /** Of 6 s, the announcement has taken 4 s. */
    private static CallResult announced(String application, String cause) {
        return new CallResult(
                new CallResult.Cause(cause, 16, 200, "send_bye"),
                new CallResult.Times(at(-200L), at(-150L), at(0L), at(6000L), null, 6000L),
                new CallResult.Heard(
                        null,
                        at(20L),
                        true,
                        application,
                        "FILE PLAYED",
                        HeardPieces.of("0;9100f:@;9101f:FILE PLAYED@4999000;9199f:@5000000")
                                .orElseThrow()),
                new SwitchReport(1_000_000L, null, 7_000_000L, null, null, null, null, null, null));
    }

    @Test
    void anAnnouncementDoesNotCountForTheThresholdWhateverComesBehindIt() {
        CallResult result = announced("echo", "NORMAL_CLEARING");
        assertThat(CallOutcome.heardMillis(result, false)).isEqualTo(2000);
        assertThat(judged(result, THRESHOLD, false, false).status()).isEqualTo(NumberStatus.PREMATURE_HANGUP);
    }

    @Test
    void whatTheSwitchLacksIsToldBehindAnAnnouncementToo() {
        assertThat(judged(announced("transfer", "NO_ROUTE_DESTINATION"), THRESHOLD, false, false)
                        .fault())
                .isEqualTo(AnswerFault.NO_EXTENSION);
        assertThat(judged(announced("set", "DESTINATION_OUT_OF_ORDER"), THRESHOLD, false, false)
                        .fault())
                .isEqualTo(AnswerFault.NO_APPLICATION);
    }

    @Test
    void aPieceThatAKeyHasEndedWasNotPlayedWholly() {
        String before = "2;1f:FILE PLAYED@1000000!;";
        assertThat(HeardPieces.of(before + "2s:@9000000!;99f:FILE PLAYED@9900000!")
                        .orElseThrow()
                        .whole())
                .isTrue();
        assertThat(HeardPieces.of(before + "2s:@1010000!1;101f:FILE PLAYED@9900000!")
                        .orElseThrow())
                .satisfies(pieces -> assertThat(pieces.whole()).isFalse())
                .satisfies(pieces -> assertThat(pieces.unspoken()).isEmpty());
    }
}
