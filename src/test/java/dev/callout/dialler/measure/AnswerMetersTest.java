package dev.callout.dialler.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.gateway.CallerIdPool;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Place;
import dev.callout.dialler.attempt.Rendered;
import dev.callout.store.claim.ClaimedNumber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerMetersTest {

    private static final Duration TALK = Duration.ofMinutes(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private WaysOut waysOut = pool("+49 30 111");
    private final AnswerMeters meters = new AnswerMeters(registry, () -> waysOut);

    private static WaysOut pool(String number) {
        return new WaysOut(
                Map.of(),
                Map.of(),
                Map.of("pool", new CallerIdPool("pool", List.of(new CallerIdPool.CallerId(number, 1, false, null)))));
    }

    /** @param talk null: not answered */
    private void call(String gateway, String callerId, Duration talk, CauseClass how) {
        Instant answered = Instant.ofEpochSecond(100);
        CallResult result = CallResult.known(
                "NORMAL_CLEARING", talk == null ? null : answered, talk == null ? answered : answered.plus(talk));
        call(gateway, callerId, result, how);
    }

    private void call(String gateway, String callerId, CallResult result, CauseClass how) {
        Attempt attempt = Attempt.claimed(
                CampaignBuilder.campaign().id(1).gateway("trunk").build(),
                new ClaimedNumber(1, 1, "5", null, null, 1, "uuid", Instant.EPOCH, Instant.EPOCH, null, null, null),
                null,
                "owner",
                Instant.EPOCH);
        attempt.placed(new Place("fs1", gateway, 1L));
        attempt.rendered(new Rendered("", "5", callerId, false));
        meters.ended(attempt, result, how);
    }

    private Map<String, Integer> counts(String metric, String label) {
        return registry.find(metric).counters().stream()
                .filter(one -> one.count() > 0)
                .collect(Collectors.toMap(
                        one -> one.getId().getTag(label) + " " + one.getId().getTag("result"),
                        one -> (int) one.count()));
    }

    @Test
    void aCallThatIsAnsweredAndEndsWithinSixSecondsIsShort() {
        call("trunk", "+4930111", (Duration) null, CauseClass.BUSY);
        call("trunk", "+4930111", Duration.ofMillis(5_999), CauseClass.DONE);
        call("trunk", "+4930111", Duration.ofMillis(6_000), CauseClass.DONE);
        Map<String, Integer> once = Map.of("trunk unanswered", 1, "trunk short", 1, "trunk talked", 1);
        assertThat(counts("callout.gateway.calls", "gateway")).isEqualTo(once);
        assertThat(counts("callout.caller.id.calls", "caller_id"))
                .isEqualTo(Map.of("+4930111 unanswered", 1, "+4930111 short", 1, "+4930111 talked", 1));
    }

    @Test
    void whatShowsNothingAboutEitherIsNotCounted() {
        call("trunk", "+4930111", (Duration) null, CauseClass.LOST);
        call("trunk", "+4930111", (Duration) null, CauseClass.OURS);
        assertThat(registry.getMeters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = CauseClass.class,
            names = {"ROUTE", "CONFIG"})
    void whatFailsBeforeItRingsShowsSomethingAboutTheGatewayOnly(CauseClass how) {
        call("trunk", "+4930111", (Duration) null, how);
        assertThat(counts("callout.gateway.calls", "gateway")).isEqualTo(Map.of("trunk unanswered", 1));
        assertThat(counts("callout.caller.id.calls", "caller_id")).isEmpty();

        Instant rang = Instant.ofEpochSecond(100);
        CallResult failedWhileRinging = new CallResult(
                new CallResult.Cause("NORMAL_TEMPORARY_FAILURE", 41, 503, null),
                new CallResult.Times(rang, rang, null, rang, null, null),
                CallResult.Heard.NOTHING);
        call("trunk", "+4930111", failedWhileRinging, how);
        assertThat(counts("callout.caller.id.calls", "caller_id")).isEqualTo(Map.of("+4930111 unanswered", 1));
    }

    @Test
    void onlyWhatTablesNameIsNamed() {
        call("chosen-by-a-route", "5", TALK, CauseClass.DONE);
        assertThat(counts("callout.gateway.calls", "gateway")).containsOnlyKeys("other talked");
        assertThat(counts("callout.caller.id.calls", "caller_id")).containsOnlyKeys("other talked");

        waysOut = pool("5");
        call("trunk", "5", TALK, CauseClass.DONE);
        assertThat(counts("callout.caller.id.calls", "caller_id")).containsOnlyKeys("other talked", "5 talked");
    }

    @Test
    void thereIsNoMoreThanAThousandOfThem() {
        for (int i = 0; i < 2 * AnswerMeters.MOST; i++) {
            waysOut = pool(Integer.toString(i));
            call("trunk", Integer.toString(i), TALK, CauseClass.DONE);
        }
        assertThat(counts("callout.caller.id.calls", "caller_id"))
                .hasSize(AnswerMeters.MOST + 1)
                .containsEntry("other talked", AnswerMeters.MOST);
    }
}
