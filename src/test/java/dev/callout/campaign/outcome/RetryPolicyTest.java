package dev.callout.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final Instant ENDED = Instant.parse("2026-11-22T12:00:00.250Z");

    /** BUSY waits 300 s, INVALID is never called again, {@code callout.unknown-outcome} is finish; all else waits 600 s. */
    private final RetryPolicy policy = new RetryPolicy(
            Map.of(CauseClass.BUSY, Duration.ofSeconds(300)), Set.of(CauseClass.INVALID, CauseClass.LOST));

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, DONE, 1, 3, ",
        "FAILURE, NO_ANSWER, 1, 3, 2026-11-22T12:10:00.250Z",
        "FAILURE, NO_ANSWER, 2, 3, 2026-11-22T12:10:00.250Z",
        "FAILURE, NO_ANSWER, 3, 3, ",
        "FAILURE, NO_ANSWER, 4, 3, ",
        "PREMATURE_HANGUP, PREMATURE, 1, 3, 2026-11-22T12:10:00.250Z",
        "PREMATURE_HANGUP, PREMATURE, 3, 3, ",
        "FAILURE, BUSY, 1, 3, 2026-11-22T12:05:00.250Z",
        "FAILURE, INVALID, 1, 3, ",
        "FAILURE, LOST, 1, 3, "
    })
    void aNumberIsFinishedOrHasItsNextCall(
            NumberStatus status, CauseClass causeClass, int attempt, int maxAttempts, Instant next) {
        CallOutcome outcome = new CallOutcome(status, causeClass, null);
        assertThat(decide(policy, outcome, attempt, maxAttempts, Duration.ofSeconds(600), false, ENDED))
                .isEqualTo(new Verdict(status, next == null, next));
    }

    @ParameterizedTest
    @CsvSource({
        "busy=0, 600, false, 10",
        "busy=9, 0, false, 10",
        "invalid=0, 3, false, 10",
        "busy=11, 0, false, 11",
        "invalid=0, 3, true, 10"
    })
    void nothingBringsANumberAgainBeforeTheFloor(String own, int backoff, boolean last, int seconds) {
        RetryPolicy floored = new RetryPolicy(
                        Map.of(CauseClass.BUSY, Duration.ofSeconds(5)), Set.of(), Duration.ofSeconds(10))
                .with(RetryPolicy.of(own));
        assertThat(decide(
                                floored,
                                new CallOutcome(NumberStatus.FAILURE, CauseClass.BUSY, null),
                                last ? 3 : 1,
                                3,
                                Duration.ofSeconds(backoff),
                                last,
                                ENDED)
                        .nextCall())
                .isEqualTo(ENDED.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"FAILURE, false", "PREMATURE_HANGUP, true", "SUCCESS, true"})
    void whoAnsweredACallThatWasLostIsNotCalledAgain(NumberStatus status, boolean finished) {
        CallOutcome lost = new CallOutcome(status, CauseClass.LOST, null);
        assertThat(decide(RetryPolicy.DEFAULT, lost, 1, 3, Duration.ZERO, false, ENDED)
                        .finished())
                .isEqualTo(finished);
    }

    @Test
    void inACampaignThatNeverEndsAFinishedNumberBeginsAnewAfterTheBackOffUnlessItsClassIsNeverCalledAgain() {
        CallOutcome success = new CallOutcome(NumberStatus.SUCCESS, CauseClass.DONE, null);
        assertThat(decide(RetryPolicy.DEFAULT, success, 1, 3, Duration.ofSeconds(60), true, ENDED))
                .isEqualTo(new Verdict(NumberStatus.SUCCESS, false, ENDED.plusSeconds(60), true));
        CallOutcome invalid = new CallOutcome(NumberStatus.FAILURE, CauseClass.INVALID, null);
        RetryPolicy policy = new RetryPolicy(Map.of(), Set.of(CauseClass.INVALID));
        assertThat(decide(policy, invalid, 1, 3, Duration.ofSeconds(60), true, ENDED)
                        .finished())
                .isTrue();
    }

    @Test
    void aCampaignsOwnDelaysGoBeforeTheInstallations() {
        RetryPolicy common = new RetryPolicy(
                Map.of(CauseClass.BUSY, Duration.ofSeconds(5), CauseClass.ROUTE, Duration.ofSeconds(9)),
                Set.of(CauseClass.INVALID));
        assertThat(common.with(RetryPolicy.of("invalid=1800, busy = never,no-answer=0")))
                .isEqualTo(new RetryPolicy(
                        Map.of(
                                CauseClass.ROUTE,
                                Duration.ofSeconds(9),
                                CauseClass.INVALID,
                                Duration.ofSeconds(1800),
                                CauseClass.NO_ANSWER,
                                Duration.ZERO),
                        Set.of(CauseClass.BUSY)));
        assertThat(common.with(RetryPolicy.DEFAULT)).isEqualTo(common);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "busy",
                "busy=-1",
                "busy=soon",
                "done=5",
                "lost=5",
                "busy=5,busy=6",
                "busy=5,",
                "BUSY=5",
                "busy=999999999"
            })
    void delaysThatCannotBeReadAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.of(text))
                .withMessageContaining("no-answer");
    }

    /** The policy's decision with the delay that it has for the outcome. */
    private static Verdict decide(
            RetryPolicy policy,
            CallOutcome outcome,
            int attempt,
            int maxAttempts,
            Duration backoff,
            boolean endless,
            Instant endedAt) {
        Optional<Duration> delay = policy.delay(outcome.causeClass(), backoff);
        return policy.decide(outcome, delay, attempt, maxAttempts, backoff, endless, endedAt);
    }
}
