package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.callout.esl.call.CallEnd;
import dev.callout.esl.call.CallTimes;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.call.SecondLeg;
import dev.callout.esl.wire.EslEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real FreeSWITCH sent about a call, and what became of it. */
class CallReplayTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            originate-answer-json               | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            originate-answer                    | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            originate-remotehangup-json         | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            originate-earlymedia-json           | CREATED RINGING ANSWERED ENDED ALLOTTED_TIMEOUT
            originate-playback-json             | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            originate-utf8-json                 | CREATED RINGING ANSWERED ENDED ALLOTTED_TIMEOUT
            originate-transfer-on-answer        | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            originate-all-events                | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            prompt-cut-by-callee-json           | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            prompt-cut-by-us-json               | CREATED RINGING ANSWERED ENDED ALLOTTED_TIMEOUT
            prompt-missing-file-json            | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            prompt-file-json                    | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            prompt-file-cut-by-us-json          | CREATED RINGING ANSWERED ENDED MANAGER_REQUEST
            prompt-file-cut-by-callee-json      | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            prompt-pieces-json                  | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            prompt-pieces-cut-json              | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            prompt-pieces-no-engine-json        | CREATED RINGING ANSWERED ENDED DESTINATION_OUT_OF_ORDER
            amd-human-json                      | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            amd-machine-json                    | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            amd-message-json                    | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            amd-silent-json                     | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            hand-over-answered-json             | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            hand-over-nobody-json               | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            hand-over-queue-json                | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            hand-over-queue-empty-json          | CREATED RINGING ANSWERED ENDED NORMAL_CLEARING
            originate-busy-json                 | CREATED RINGING ENDED USER_BUSY
            originate-busy                      | CREATED RINGING ENDED USER_BUSY
            originate-noanswer-json             | CREATED RINGING ENDED NO_ANSWER
            originate-decline-json              | CREATED RINGING ENDED CALL_REJECTED
            originate-cancel-before-answer-json | CREATED RINGING ENDED ORIGINATOR_CANCEL
            originate-reject-json               | CREATED ENDED CALL_REJECTED
            originate-notfound-json             | CREATED ENDED UNALLOCATED_NUMBER
            originate-unavail-json              | CREATED ENDED NORMAL_TEMPORARY_FAILURE
            originate-dead-gateway-json         | CREATED ENDED NORMAL_TEMPORARY_FAILURE
            originate-duplicate-uuid-json       | CREATED RINGING ANSWERED ENDED ALLOTTED_TIMEOUT
            originate-invalid-gateway-json      | REFUSED INVALID_GATEWAY
            originate-invalid-gateway           | REFUSED INVALID_GATEWAY
            originate-paused-json               | REFUSED DESTINATION_OUT_OF_ORDER
            """)
    void aCallPassesThroughTheStatesThatItsEventsTell(String capture, String story) {
        CaptureReplay replay = new CaptureReplay().originate(capture).play(CaptureReplay.events(capture));

        assertThat(replay.registered.values()).extracting(CaptureReplay::story).containsExactly(story);
        assertThat(replay.calls.size()).as("calls still registered").isZero();
    }

    @Test
    void aBurstOverSessionsPerSecondIsRefusedAndTheAdmittedCallsGoOn() {
        String capture = "originate-cps-refused-json";
        CaptureReplay replay = new CaptureReplay().originate(capture).play(CaptureReplay.events(capture));

        assertThat(replay.registered.values())
                .extracting(CaptureReplay::story)
                .containsExactly(
                        "CREATED RINGING ANSWERED ENDED ALLOTTED_TIMEOUT",
                        "CREATED RINGING ANSWERED ENDED ALLOTTED_TIMEOUT",
                        "REFUSED DESTINATION_OUT_OF_ORDER",
                        "REFUSED DESTINATION_OUT_OF_ORDER",
                        "REFUSED DESTINATION_OUT_OF_ORDER");
        assertThat(replay.registered.values())
                .last()
                .satisfies(call -> assertThat(call.end().refusal()).isEqualTo("-ERR DESTINATION_OUT_OF_ORDER"));
    }

    @Test
    void aCallBegunOnOneConnectionIsFinishedOnTheNext() {
        CaptureReplay replay =
                new CaptureReplay().originate("reconnect-1-json").play(CaptureReplay.events("reconnect-1-json"));
        replay.calls.disconnected();
        replay.calls.connected("core-1");
        replay.play(CaptureReplay.events("reconnect-2-json"));

        assertThat(replay.registered.values())
                .extracting(CaptureReplay::story)
                .containsExactly("CREATED RINGING ANSWERED ENDED ALLOTTED_TIMEOUT");
    }

    @Test
    void aGatewayErrorIsRefusedWithinASecondEvenIfItsDestroyNeverComes() {
        String capture = "originate-invalid-gateway-json";
        List<EslEvent> jobOnly = CaptureReplay.events(capture).stream()
                .filter(event -> event.name().equals("BACKGROUND_JOB"))
                .toList();
        CaptureReplay replay = new CaptureReplay().originate(capture).play(jobOnly);

        assertThat(CaptureReplay.story(only(replay.wait(Duration.ofMillis(900)))))
                .isEmpty();
        assertThat(CaptureReplay.story(only(replay.wait(Duration.ofMillis(100)))))
                .isEqualTo("REFUSED INVALID_GATEWAY");
    }

    @Test
    void aFailedJobWithoutEventsAfterAReconnectIsNoRefusalSinceEventsMayHaveBeenMissed() {
        CaptureReplay replay = new CaptureReplay().originate("originate-busy-json");
        replay.calls.disconnected();
        replay.calls.connected("core-1");
        replay.play(CaptureReplay.events("originate-busy-json").stream()
                .filter(event -> event.name().equals("BACKGROUND_JOB"))
                .toList());

        assertThat(CaptureReplay.story(only(replay))).isEqualTo("ENDED USER_BUSY");
    }

    @Test
    void timesAreToldByOurClockWhateverTheSwitchsSays() {
        CaptureReplay replay = new CaptureReplay();
        replay.clock.advance(Duration.ofHours(1));
        replay.originate("originate-answer-json");
        replay.clock.advance(Duration.ofMinutes(1));
        long receivedAt = replay.clock.millis();
        EslCall call = only(replay.play(CaptureReplay.events("originate-answer-json").stream()
                .filter(event -> event.name().equals("CHANNEL_HANGUP_COMPLETE"))
                .toList()));

        // The hang-up event, sent at the moment of hang-up, says: made 1,220 ms ago, answered 1,020 ms ago.
        assertThat(CaptureReplay.story(call)).isEqualTo("CREATED RINGING ANSWERED ENDED NORMAL_CLEARING");
        assertThat(call.times().createdAt()).isEqualTo(receivedAt - 1_220);
        assertThat(call.times().answeredAt()).isBetween(receivedAt - 1_020, receivedAt - 1_019);
        assertThat(call.end().endedAt()).isEqualTo(receivedAt);

        CaptureReplay atOnce = new CaptureReplay().originate("originate-answer-json");
        call = only(atOnce.play(CaptureReplay.events("originate-answer-json")));
        assertThat(List.of(
                        call.times().createdAt(),
                        call.times().answeredAt(),
                        call.end().endedAt()))
                .as("instants of a call that was registered as its end came")
                .containsOnly(atOnce.clock.millis());
    }

    /** 200 calls of ten kinds, on a listener that now and then stands still for up to two and a half seconds. */
    @Test
    void underLoadTheTimesOfACallAreTheSwitchsOwnAndItsClocksOffset() {
        List<EslEvent> events = CaptureReplay.eventsOf("load-200-calls-json.recv.gz").stream()
                .filter(event -> event.get("Unique-ID") != null)
                .toList();
        CaptureReplay replay = new CaptureReplay();
        long offset = replay.clock.millis() + 1_000 - CallTimes.sent(events.get(0));
        Map<String, EslEvent> ends = new HashMap<>();
        events.forEach(event -> replay.registered.computeIfAbsent(
                event.get("Unique-ID"), uuid -> replay.calls.originating(uuid, "job of " + uuid, Long.MAX_VALUE)));
        long standing = 0;
        for (EslEvent event : events) {
            long now = CallTimes.sent(event) + offset;
            if (now > standing && now / 1_000 % 4 == 3) {
                standing = now + 2_500 - now % 1_000;
            }
            now = Math.max(now, standing);
            replay.clock.advance(Duration.ofMillis(Math.max(0, now - replay.clock.millis())));
            replay.calls.onEvent(event);
            if (event.name().equals("CHANNEL_HANGUP_COMPLETE")) {
                ends.put(event.get("Unique-ID"), event);
            }
        }

        assertThat(ends).hasSizeGreaterThan(150);
        ends.forEach((uuid, end) -> {
            EslCall call = replay.registered.get(uuid);
            CallTimes times = call.times();
            assertThat(call.end().endedAt())
                    .as("end")
                    .isCloseTo(end.number("Caller-Channel-Hangup-Time", 0) / 1_000 + offset, within(50L))
                    .isGreaterThanOrEqualTo(times.createdAt());
            if (times.answeredAt() != null) {
                assertThat(times.answeredAt())
                        .as("answer")
                        .isGreaterThanOrEqualTo(times.createdAt())
                        .isCloseTo(end.number("Caller-Channel-Answered-Time", 0) / 1_000 + offset, within(50L));
                assertThat(call.end().endedAt() - times.answeredAt())
                        .as("talk")
                        .isEqualTo(call.end().report().billMs());
            }
        });
    }

    @Test
    void theEndTellsWhatTheSwitchMeasured() {
        EslCall cut = only(new CaptureReplay()
                .originate("prompt-cut-by-callee-json")
                .play(CaptureReplay.events("prompt-cut-by-callee-json")));
        CallEnd.Report report = cut.end().report();
        assertThat(report)
                .extracting(
                        CallEnd.Report::q850,
                        CallEnd.Report::sipStatus,
                        CallEnd.Report::disposition,
                        CallEnd.Report::playbackMs)
                .containsExactly(16, 200, "recv_bye", 2_048L);
        assertThat(report.billMs()).isEqualTo(1_540);
        assertThat(cut.times().playbackStartedAt()).isNotNull();

        EslCall missing = only(new CaptureReplay()
                .originate("prompt-missing-file-json")
                .play(CaptureReplay.events("prompt-missing-file-json")));
        assertThat(missing.end().report().application().response()).isEqualTo("FILE NOT FOUND");
        assertThat(missing.times().playbackStartedAt()).isNull();
    }

    /** The switch keeps it in the callee's own leg: no events of other legs are subscribed to. */
    @Test
    void theEndTellsOfTheSecondLeg() {
        SecondLeg bridged = secondLeg("hand-over-answered-json");
        assertThat(bridged)
                .extracting(SecondLeg::bridgedTo, SecondLeg::agent, SecondLeg::cause)
                .containsExactly("sofia/external/1000", null, "SUCCESS");
        assertThat((bridged.ended() - bridged.bridged()) / 1000).isBetween(1400L, 1700L);
        assertThat(bridged.notes()).matches("0;w:\\d+");

        SecondLeg agent = secondLeg("hand-over-queue-json");
        assertThat(agent).extracting(SecondLeg::agent, SecondLeg::queue).containsExactly("anna", "sales@default");
        assertThat(agent.bridged()).isBetween(agent.answered(), agent.ended());

        SecondLeg empty = secondLeg("hand-over-queue-empty-json");
        assertThat(empty)
                .extracting(SecondLeg::bridged, SecondLeg::agent, SecondLeg::queue)
                .containsExactly(null, null, "empty@default");
        assertThat(empty.notes()).matches("0;w:\\d+;n:\\d+");

        SecondLeg unknown = secondLeg("hand-over-nobody-json");
        assertThat(unknown)
                .extracting(SecondLeg::bridged, SecondLeg::cause, SecondLeg::queue)
                .containsExactly(null, "INVALID_GATEWAY", null);
    }

    private static SecondLeg secondLeg(String capture) {
        return only(new CaptureReplay().originate(capture).play(CaptureReplay.events(capture)))
                .end()
                .report()
                .secondLeg();
    }

    /** The switch answers FILE PLAYED, and PLAYBACK_STOP says done, although the callee has heard one second of five. */
    @Test
    void aPromptThatAHangUpCutWasNotPlayedToItsEnd() {
        EslCall whole =
                only(new CaptureReplay().originate("prompt-file-json").play(CaptureReplay.events("prompt-file-json")));
        assertThat(whole.isPlaybackDone()).isTrue();

        EslCall cutByUs = only(new CaptureReplay()
                .originate("prompt-file-cut-by-us-json")
                .play(CaptureReplay.events("prompt-file-cut-by-us-json")));
        assertThat(cutByUs.end().report().application().response()).isEqualTo("FILE PLAYED");
        assertThat(cutByUs.isPlaybackDone()).isFalse();

        EslCall cutByCallee = only(new CaptureReplay()
                .originate("prompt-file-cut-by-callee-json")
                .play(CaptureReplay.events("prompt-file-cut-by-callee-json")));
        assertThat(cutByCallee.isPlaybackDone()).isFalse();
    }

    private static EslCall only(CaptureReplay replay) {
        assertThat(replay.registered).hasSize(1);
        return replay.registered.values().iterator().next();
    }
}
