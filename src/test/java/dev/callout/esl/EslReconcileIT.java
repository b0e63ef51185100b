package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.call.CallState;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.client.ScriptedSwitch;
import dev.callout.esl.wire.EslEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lost connections, restarts and adopted calls: nobody is told about the end, so the switch is asked. */
class EslReconcileIT extends EslComponentFixture {

    private static final Duration PAST_GRACE = Duration.ofMillis(EslCall.ABSENCE_GRACE_MS);

    @Test
    void afterAReconnectACallThatIsGoneIsLostOnceAndOneThatIsUpStays() throws Exception {
        startConnected();
        Dialled gone = dialled();
        Dialled up = dialled();
        send(gone, "originate-answer", "CHANNEL_ANSWER");
        send(up, "originate-answer", "CHANNEL_ANSWER");
        await().until(() -> told("calls", up.uuid()).contains(CallState.ANSWERED));
        fs.on("api uuid_exists " + gone.uuid(), ScriptedSwitch.frame("api/response", "false"));
        fs.on("api uuid_exists " + up.uuid(), ScriptedSwitch.frame("api/response", "true"));
        goAway();
        comeBack();
        awaitAsked(gone);
        awaitAsked(up);
        within(component.switchNamed("fs1").api("status"));
        assertThat(gone.exchange()).as("within the grace").isNotDone();
        clock.advance(PAST_GRACE);

        assertThat(gone.ended().getMessage().getHeader(EslConstants.HANGUP_CAUSE))
                .isEqualTo("LOST_RESULT");
        send(gone, "originate-answer", "CHANNEL_DESTROY");
        send(up, "originate-answer", "CHANNEL_DESTROY");
        up.ended();
        await().until(() -> told("calls", up.uuid()).size() == 4);
        await().untilAsserted(() -> assertThat(told("calls", gone.uuid()))
                .containsExactly(CallState.CREATED, CallState.RINGING, CallState.ANSWERED, CallState.ENDED));
    }

    @Test
    void anAnswerThatWasMissedIsLearntFromTheSwitch() throws Exception {
        startConnected();
        Dialled call = dialled();
        send(call, "originate-answer", "CHANNEL_CREATE");
        await().until(() -> told("calls", call.uuid()).contains(CallState.CREATED));
        EslEvent answered = CaptureReplay.events("originate-answer-json").stream()
                .filter(event -> event.name().equals("CHANNEL_ANSWER"))
                .findFirst()
                .orElseThrow();
        fs.on(
                "api uuid_dump " + call.uuid() + " json",
                ScriptedSwitch.frame("api/response", json(answered, call.uuid())));
        goAway();
        comeBack();

        await().until(() ->
                told("calls", call.uuid()).equals(List.of(CallState.CREATED, CallState.RINGING, CallState.ANSWERED)));
    }

    @Test
    void aRestartOfTheSwitchEndsItsCallsAtOnce() throws Exception {
        startConnected();
        Dialled call = dialled();
        goAway();
        fs.on("api global_getvar core_uuid", ScriptedSwitch.frame("api/response", "another-core"));
        comeBack();

        assertThat(call.ended().getMessage().getHeaders())
                .containsEntry(EslConstants.CALL_STATE, "ENDED")
                .containsEntry(EslConstants.HANGUP_CAUSE, "LOST_RESULT")
                .containsEntry(EslConstants.CORE_UUID, ScriptedSwitch.CORE);
        await().until(() -> told("calls", call.uuid()).equals(List.of(CallState.ENDED)));
    }

    @Test
    void aCallPastItsLatestEndIsFreedEvenIfTheSwitchStillListsIt() throws Exception {
        fs.on("api uuid_exists ", ScriptedSwitch.frame("api/response", "true"));
        startConnected();
        Dialled call = dial(Map.of(EslConstants.LATEST_END, clock.millis() + 60_000));
        await().until(() -> fs.told().stream().anyMatch(command -> command.contains(call.uuid())));
        clock.advance(Duration.ofMillis(60_000 + EslCall.OVERDUE_GRACE_MS));

        assertThat(call.ended().getMessage().getHeader(EslConstants.HANGUP_CAUSE))
                .isEqualTo("LOST_RESULT");
    }

    @Test
    void anAdoptedCallIsFollowedToItsEnd() throws Exception {
        startConnected();
        EslEvent answered = CaptureReplay.events("originate-answer-json").stream()
                .filter(event -> event.name().equals("CHANNEL_ANSWER"))
                .findFirst()
                .orElseThrow();
        fs.on("api uuid_dump ", ScriptedSwitch.frame("api/response", json(answered, "x")));
        Dialled call = dial(Map.of(EslConstants.ADOPT, true));
        await().until(() -> told("calls", call.uuid()).contains(CallState.ANSWERED));
        assertThat(call.exchange()).isNotDone();
        send(call, "originate-answer", "CHANNEL_DESTROY");

        assertThat(call.ended().getMessage().getHeader(EslConstants.HANGUP_CAUSE))
                .isEqualTo("NORMAL_CLEARING");
        assertThat(fs.told()).noneMatch(command -> command.contains("originate"));
    }

    @Test
    void anAdoptedCallThatIsKnownToBeAnsweredIsOnlyAskedForAndItsEndTellsTheRest() throws Exception {
        startConnected();
        fs.on("api uuid_exists ", ScriptedSwitch.frame("api/response", "true"));
        Dialled call = dial(Map.of(EslConstants.ADOPT, true, EslConstants.CALL_STATE, "ANSWERED"));
        awaitAsked(call);
        within(component.switchNamed("fs1").api("status"));
        clock.advance(PAST_GRACE);
        assertThat(call.exchange()).isNotDone();
        send(call, "originate-answer", "CHANNEL_HANGUP_COMPLETE");

        assertThat(call.ended().getMessage().getHeaders())
                .containsEntry(EslConstants.HANGUP_CAUSE, "NORMAL_CLEARING")
                .containsKey(EslConstants.ANSWERED_AT);
        await().until(() -> told("calls", call.uuid())
                .equals(List.of(CallState.CREATED, CallState.RINGING, CallState.ANSWERED, CallState.ENDED)));
        assertThat(fs.told()).noneMatch(command -> command.contains("uuid_dump"));
    }

    @Test
    void anAdoptedCallOfASwitchThatIsAwayWaitsUntilItIsBack() throws Exception {
        fs.on("api uuid_dump ", ScriptedSwitch.frame("api/response", "-ERR No such channel!\n"));
        startConnected();
        goAway();
        Dialled call = dial(Map.of(EslConstants.ADOPT, true));
        assertThat(call.exchange()).isNotDone();
        comeBack();
        awaitAsked(call);
        within(component.switchNamed("fs1").api("status"));
        clock.advance(PAST_GRACE);

        assertThat(call.ended().getMessage().getHeader(EslConstants.HANGUP_CAUSE))
                .isEqualTo("LOST_RESULT");
    }

    @Test
    void anAdoptedCallOfASwitchThatStaysAwayIsGivenUpAfterItsLatestEnd() throws Exception {
        startConnected();
        goAway();
        Dialled call = dial(Map.of(EslConstants.ADOPT, true, EslConstants.LATEST_END, clock.millis() + 1_000));
        assertThat(call.exchange()).isNotDone();
        clock.advance(Duration.ofMillis(1_000 + EslCall.OVERDUE_GRACE_MS));

        assertThat(call.ended().getMessage().getHeader(EslConstants.CALL_STATE)).isEqualTo("ENDED");
    }

    private void awaitAsked(Dialled call) {
        await().until(() -> fs.told().stream()
                .anyMatch(command -> command.startsWith("api uuid_") && command.contains(call.uuid())));
    }

    private static String json(EslEvent event, String uuid) {
        StringBuilder json = new StringBuilder("{\"Event-Name\":\"CHANNEL_DATA\",\"Unique-ID\":\"" + uuid + "\"");
        for (String field : List.of(
                "Core-UUID",
                "Event-Date-Timestamp",
                "Caller-Channel-Created-Time",
                "Caller-Channel-Progress-Time",
                "Caller-Channel-Answered-Time")) {
            json.append(",\"")
                    .append(field)
                    .append("\":\"")
                    .append(event.get(field))
                    .append('"');
        }
        return json.append('}').toString();
    }
}
