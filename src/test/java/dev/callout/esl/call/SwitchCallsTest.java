package dev.callout.esl.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.esl.CaptureReplay;
import dev.callout.esl.EslConstants;
import dev.callout.esl.SettableClock;
import dev.callout.esl.client.EslNoReplyException;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.client.EslUnreadException;
import dev.callout.esl.wire.EslEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the registered calls do without events: the switch's answers and the clock decide. */
class SwitchCallsTest {

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final SettableClock clock = new SettableClock();
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> questions = new ArrayList<>();
    private final List<EslCall> news = new ArrayList<>();
    private CompletableFuture<?> eventsReceived = CompletableFuture.completedFuture(null);
    private final SwitchCalls calls = new SwitchCalls("fs1", this::ask, () -> eventsReceived, clock, news::add);

    private CompletableFuture<String> ask(String question) {
        if (question.contains("\n")) {
            throw new IllegalArgumentException("holds a line feed");
        }
        questions.add(question);
        String answer = answers.get(question.split(" ")[0]);
        return answer == null
                ? CompletableFuture.failedFuture(new EslNotSentException("away"))
                : CompletableFuture.completedFuture(answer);
    }

    @Test
    void aJobWithoutResultIsNoEndWhileTheSwitchHasTheCall() {
        calls.connected("core-1");
        answers.put("uuid_dump", "{\"Event-Name\":\"CHANNEL_DATA\"}");
        EslCall call = calls.originating("a", "j", NO_LIMIT);
        calls.jobEnded(call, null, new EslNoReplyException("late"));
        pass(Duration.ofMinutes(1));

        assertThat(CaptureReplay.story(call)).isEqualTo("CREATED");
    }

    @Test
    void aJobWithoutResultAndACallThatTheSwitchDoesNotHaveIsALostResult() {
        calls.connected("core-1");
        answers.put("uuid_dump", "-ERR No such channel!\n");
        EslCall call = calls.originating("a", "j", NO_LIMIT);
        calls.jobEnded(call, null, new EslNoReplyException("late"));
        pass(Duration.ofMillis(EslCall.ABSENCE_GRACE_MS - 1));
        assertThat(call.isOver()).isFalse();
        pass(Duration.ofMillis(1));

        assertThat(CaptureReplay.story(call)).isEqualTo("ENDED LOST_RESULT");
        assertThat(calls.size()).isZero();
        assertThat(news).containsExactly(call);
    }

    @Test
    void aCallIsAbsentOnlyOnceTheEventsSentBeforeTheAnswerHaveArrived() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        eventsReceived = late;
        calls.connected("core-1");
        answers.put("uuid_dump", "-ERR No such channel!\n");
        EslCall call = calls.originating("a", "j", NO_LIMIT);
        calls.jobEnded(call, null, new EslNoReplyException("late"));
        pass(Duration.ofMillis(2 * EslCall.ABSENCE_GRACE_MS));
        assertThat(call.isOver()).isFalse();
        late.complete(null);
        pass(Duration.ofMillis(EslCall.ABSENCE_GRACE_MS));

        assertThat(CaptureReplay.story(call)).isEqualTo("ENDED LOST_RESULT");
    }

    @Test
    void aCallWhoseEventsMayBeMissingIsAskedForAgain() {
        eventsReceived = CompletableFuture.failedFuture(new EslNoReplyException("the connection was lost"));
        calls.connected("core-1");
        answers.put("uuid_dump", "-ERR No such channel!\n");
        EslCall call = calls.originating("a", "j", NO_LIMIT);
        calls.jobEnded(call, null, new EslNoReplyException("late"));
        pass(Duration.ofMinutes(1));

        assertThat(call.isOver()).isFalse();
        assertThat(questions).hasSizeGreaterThan(1).containsOnly("uuid_dump a json");
    }

    @Test
    void aFailedJobWithoutAnEndEventMakesUsAskAndThenTellsTheCause() {
        calls.connected("core-1");
        EslCall call = calls.originating("a", "j", NO_LIMIT);
        calls.onEvent(EslEvent.json(
                "{\"Event-Name\":\"CHANNEL_CREATE\",\"Unique-ID\":\"a\"}".getBytes(StandardCharsets.UTF_8)));
        calls.jobEnded(call, "-ERR USER_BUSY\n", null);
        answers.put("uuid_dump", "-ERR No such channel!\n");
        pass(Duration.ofMillis(EslCall.ABSENCE_GRACE_MS));
        pass(Duration.ofMillis(EslCall.ABSENCE_GRACE_MS));

        assertThat(CaptureReplay.story(call)).isEqualTo("CREATED ENDED USER_BUSY");
        assertThat(questions).containsExactly("uuid_dump a json");
    }

    @Test
    void anOriginateThatASwitchHadNotReadIsRefusedUnlessAnEventOfItCame() {
        calls.connected("core-1");
        EslCall unread = calls.originating("a", "j", NO_LIMIT);
        EslCall seen = calls.originating("b", "k", NO_LIMIT);
        calls.onEvent(event("CHANNEL_CREATE", "b", 10_000_000, 0));
        calls.disconnected();
        calls.jobEnded(unread, null, new EslUnreadException("restarted"));
        calls.jobEnded(seen, null, new EslUnreadException("restarted"));
        calls.connected("core-2");

        assertThat(CaptureReplay.story(unread)).isEqualTo("REFUSED UNREAD");
        assertThat(unread.end().refusal()).isEqualTo(EslConstants.UNREAD);
        assertThat(CaptureReplay.story(seen)).isEqualTo("CREATED ENDED LOST_RESULT");
        assertThat(calls.size()).isZero();
    }

    @Test
    void aCallOfWhichTheSwitchSaysNothingThatIsUnderstoodIsAskedForAgain() {
        calls.connected("core-1");
        answers.put("uuid_dump", "{\"Event-Name\":\"CHANNEL_DATA\", cut");
        EslCall garbled = calls.adopted("a", false, NO_LIMIT);
        answers.put("uuid_exists", "-ERR out of memory");
        EslCall strange = calls.adopted("b", true, NO_LIMIT);
        answers.put("uuid_dump", "-ERR No such channel!\n");
        answers.put("uuid_exists", "false");
        pass(Duration.ofMillis(EslCall.UNDECIDED_MS));
        pass(Duration.ofMillis(EslCall.ABSENCE_GRACE_MS));

        assertThat(List.of(garbled, strange)).extracting(CaptureReplay::story).containsOnly("ENDED LOST_RESULT");
        assertThat(questions)
                .containsExactlyInAnyOrder("uuid_dump a json", "uuid_exists b", "uuid_dump a json", "uuid_exists b");
    }

    @Test
    void aCallThatCannotBeAskedForHoldsUpNoOtherAndIsGivenUpAfterItsLatestEnd() {
        calls.connected("core-1");
        answers.put("uuid_dump", "-ERR No such channel!\n");
        EslCall bad = calls.adopted("bad\nuuid", false, clock.millis());
        List<EslCall> good = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            good.add(calls.adopted("call-" + i, false, NO_LIMIT));
            calls.jobEnded(bad, null, new EslNoReplyException("late"));
        }
        pass(Duration.ofMillis(EslCall.ABSENCE_GRACE_MS));
        assertThat(good).extracting(CaptureReplay::story).containsOnly("ENDED LOST_RESULT");
        pass(Duration.ofMillis(EslCall.OVERDUE_GRACE_MS));
        assertThat(CaptureReplay.story(bad)).isEqualTo("ENDED LOST_RESULT");
    }

    @Test
    void ofALostCallIsKnownHowLongItWasUpByTheSwitchsClockOrWhenItWasAsked() {
        calls.connected("core-1");
        long begun = clock.millis();
        EslCall byEvent = calls.originating("a", "j", NO_LIMIT);
        EslCall byQuestion = calls.adopted("b", true, NO_LIMIT);
        EslCall unanswered = calls.originating("c", "k", NO_LIMIT);
        calls.onEvent(event("CHANNEL_CREATE", "c", 10_000_000, 0));
        calls.onEvent(event("CHANNEL_ANSWER", "a", 10_000_000, 10_000_000));
        clock.advance(Duration.ofSeconds(9));
        calls.onEvent(event("PLAYBACK_STOP", "a", 14_000_000, 10_000_000));
        answers.put("uuid_exists", "true");
        calls.disconnected();
        calls.connected("core-2");

        assertThat(byEvent.end().lastSeenUpAt()).as("the event came late").isEqualTo(begun + 4_000);
        assertThat(byQuestion.end().lastSeenUpAt())
                .as("it could not be asked for")
                .isNull();
        assertThat(unanswered.end().lastSeenUpAt()).isNull();

        EslCall adopted = calls.adopted("d", true, NO_LIMIT);
        long asked = clock.millis();
        clock.advance(Duration.ofSeconds(1));
        calls.disconnected();
        calls.connected("core-3");
        assertThat(adopted.end().lastSeenUpAt()).isEqualTo(asked);
    }

    private static EslEvent event(String name, String uuid, long stamp, long answered) {
        return EslEvent.json(String.format(
                        "{\"Event-Name\":\"%s\",\"Unique-ID\":\"%s\",\"Event-Date-Timestamp\":\"%d\","
                                + "\"Caller-Channel-Answered-Time\":\"%d\"}",
                        name, uuid, stamp, answered)
                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anOriginateThatWasNotSentLeavesNoTrace() {
        EslCall call = calls.originating("a", "j", NO_LIMIT);
        calls.notSent(call, new EslNotSentException("away"));

        assertThat(call.ended()).isCompletedExceptionally();
        assertThat(calls.size()).isZero();
        assertThat(news).isEmpty();
    }

    @Test
    void aUuidInUseIsNotRegisteredTwice() {
        calls.originating("a", "j", NO_LIMIT);

        assertThatThrownBy(() -> calls.originating("a", "k", NO_LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a is up on switch fs1");
    }

    @Test
    void manyCallsAreAskedForAfterAReconnectWithoutAnswersPilingUp() {
        calls.connected("core-1");
        for (int i = 0; i < 1_000; i++) {
            calls.originating("call-" + i, "job-" + i, NO_LIMIT);
        }
        answers.put("uuid_dump", "-ERR No such channel!\n");
        calls.disconnected();
        calls.connected("core-1");
        pass(Duration.ofMillis(EslCall.ABSENCE_GRACE_MS));

        assertThat(questions).hasSize(1_000);
        assertThat(calls.size()).isZero();
    }

    @Test
    void callsThatAreAdoptedOneByOneAreAskedForAFewAtATime() {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        SwitchCalls adopting = new SwitchCalls(
                "fs1",
                question -> {
                    CompletableFuture<String> answer = new CompletableFuture<>();
                    asked.add(answer);
                    return answer;
                },
                () -> eventsReceived,
                clock,
                news::add);
        adopting.connected("core-1");
        for (int i = 0; i < 1_000; i++) {
            adopting.adopted("call-" + i, true, NO_LIMIT);
        }
        assertThat(asked).hasSize(64);
        for (int i = 0; i < 1_000; i++) {
            assertThat(asked).as("unanswered").hasSizeLessThanOrEqualTo(i + 64);
            asked.get(i).complete("false\n");
        }
        clock.advance(Duration.ofMillis(EslCall.ABSENCE_GRACE_MS));
        adopting.sweep();

        assertThat(asked).hasSize(1_000);
        assertThat(adopting.size()).isZero();
    }

    @Test
    void aRestartLosesOnlyTheCallsFromBeforeIt() {
        calls.connected("core-1");
        EslCall before = calls.originating("a", "j", NO_LIMIT);
        calls.disconnected();
        calls.connected("core-2");
        EslCall after = calls.originating("b", "k", NO_LIMIT);

        assertThat(CaptureReplay.story(before)).isEqualTo("ENDED LOST_RESULT");
        assertThat(after.isOver()).isFalse();
        assertThat(after.coreUuid()).isEqualTo("core-2");
    }

    private void pass(Duration time) {
        clock.advance(time);
        calls.sweep();
    }
}
