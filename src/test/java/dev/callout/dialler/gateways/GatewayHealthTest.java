package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.dialler.gateways.GatewayHealth.Change;
import dev.callout.dialler.gateways.GatewayHealth.End;
import dev.callout.dialler.gateways.GatewayHealth.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayHealthTest {

    private static final long CAMPAIGN = 1;

    private final GatewayHealth health = new GatewayHealth();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void restsWhenItsCallsMostlyFailAndIsProbedWithOne() {
        assertThat(failing(20))
                .as("the 16th failure")
                .containsOnlyOnce(Change.RESTS)
                .endsWith(Change.RESTS);
        assertThat(health.room(now)).isZero();
        now = now.plus(GatewayHealth.FIRST_REST);
        assertThat(health.room(now)).isEqualTo(1);
        long probe = begin();
        assertThat(health.room(now)).as("while it is probed").isZero();
        assertThat(health.begin(CAMPAIGN, now)).as("a second probe").isEmpty();
        assertThat(health.ended(probe, End.WENT_THROUGH, now)).isEqualTo(Change.CARRIES_AGAIN);
        assertThat(health.room(now)).isGreaterThan(1);
        assertThat(failing(15)).as("what was before the rest is forgotten").containsOnly(Change.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "NO_SUCH_NUMBER"})
    void aProbeThatFailsDoublesTheRestUpToFiveMinutes(End end) {
        ending(20, end);
        for (int seconds : List.of(30, 60, 120, 240, 300, 300)) {
            now = health.restsUntil();
            assertThat(health.ended(begin(), end, now)).isEqualTo(Change.RESTS);
            assertThat(Duration.between(now, health.restsUntil())).hasSeconds(seconds);
        }
    }

    @Test
    void aRestThatIsEndedIsForgottenWithWhatCameBeforeAndWithTheProbeThatIsUp() {
        assertThat(health.reset()).as("before it rests").isFalse();
        failing(20);
        now = health.restsUntil();
        long probe = begin();
        assertThat(health.reset()).isTrue();
        assertThat(health.room(now)).isGreaterThan(1);
        assertThat(health.ended(probe, End.FAILED, now)).isEqualTo(Change.NOTHING);
        assertThat(failing(15)).containsOnly(Change.NOTHING);
        assertThat(failing(1)).containsOnly(Change.RESTS);
        assertThat(Duration.between(now, health.restsUntil())).isEqualTo(GatewayHealth.FIRST_REST);
    }

    @Test
    void aGatewayThatFailedAndThenKnowsNotANumberCarriesAgain() {
        failing(20);
        now = health.restsUntil();
        assertThat(health.ended(begin(), End.NO_SUCH_NUMBER, now)).isEqualTo(Change.CARRIES_AGAIN);
    }

    @Test
    void aProbeThatWasNotMadeOrIsNeverHeardOfDoesNotKeepItClosed() {
        failing(20);
        now = health.restsUntil();
        health.withdrawn(begin());
        assertThat(health.room(now)).isEqualTo(1);
        begin();
        assertThat(health.room(now)).isZero();
        assertThat(health.room(now.plus(Duration.ofMinutes(3)))).isEqualTo(1);
    }

    @Test
    void numbersThatFailAtOnceDoNotOutweighThoseThatStillRing() {
        List<Long> calls = begin(100);
        List<Change> changes = calls.stream()
                .filter(call -> call % 4 != 0)
                .map(call -> health.ended(call, End.FAILED, now))
                .toList();
        assertThat(changes)
                .as("three quarters failed, all before the others ended")
                .containsOnly(Change.NOTHING);
    }

    @Test
    void callsThatFailInAnyOrderAreFailures() {
        List<Long> calls = new ArrayList<>(begin(20));
        Collections.reverse(calls);
        assertThat(calls.stream().map(call -> health.ended(call, End.FAILED, now)))
                .containsOnlyOnce(Change.RESTS)
                .endsWith(Change.RESTS);
        assertThat(health.reason()).isEqualTo(Reason.FAILS);
    }

    @Test
    void callsThatEndWhileItRestsSayNothing() {
        List<Long> calls = begin(40);
        calls.subList(0, 20).forEach(call -> health.ended(call, End.FAILED, now));
        Instant until = health.restsUntil();
        assertThat(until).isNotNull();
        calls.subList(20, 30).forEach(call -> health.ended(call, End.FAILED, now));
        calls.subList(30, 40).forEach(call -> health.ended(call, End.WENT_THROUGH, now));
        assertThat(health.restsUntil()).isEqualTo(until);
    }

    /** Of each seed a list of a day: dead numbers end at once, the others ring on until a hundred further calls are begun. */
    @ParameterizedTest
    @ValueSource(doubles = {0.6, 0.7, 0.8})
    void aListIsNoOutageHoweverManyOfItsNumbersAreDead(double dead) {
        int rested = 0;
        for (int seed = 0; seed < 20; seed++) {
            GatewayHealth one = new GatewayHealth();
            SplittableRandom random = new SplittableRandom(seed);
            List<Long> ringing = new ArrayList<>();
            for (int i = 0; i < 5_000 && one.restsUntil() == null; i++) {
                long call = one.begin(CAMPAIGN, now).orElseThrow();
                one.sent(call, now);
                if (random.nextDouble() < dead) {
                    one.ended(call, End.NO_SUCH_NUMBER, now);
                } else {
                    ringing.add(call);
                }
                if (!ringing.isEmpty() && ringing.get(0) < call - 100) {
                    one.ended(ringing.remove(0), End.WENT_THROUGH, now);
                }
            }
            rested += one.restsUntil() == null ? 0 : 1;
        }
        assertThat(rested).as("lists of 20 for which the gateway rested").isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void aRunOfNumbersThatAllDoNotExistIsTooLongForAListOfGoodOnes(int goodBefore) {
        ending(goodBefore, End.WENT_THROUGH);
        assertThat(ending(20, End.NO_SUCH_NUMBER))
                .containsOnlyOnce(Change.RESTS)
                .endsWith(Change.RESTS);
        assertThat(health.reason()).isEqualTo(Reason.KNOWS_NO_NUMBER);
    }

    @Test
    void oneListsDeadNumbersDoNotMakeAnothersAnOutageLessOfOne() {
        for (int i = 0; i < 200; i++) {
            health.ended(health.begin(2, now).orElseThrow(), i % 10 == 0 ? End.WENT_THROUGH : End.NO_SUCH_NUMBER, now);
        }
        assertThat(health.restsUntil()).isNull();
        assertThat(ending(20, End.NO_SUCH_NUMBER)).contains(Change.RESTS);
    }

    @Test
    void aBlackHoleRestsAndAGatewayThatAnswersOthersMeanwhileDoesNot() {
        for (int i = 0; i < 100; i++) {
            List<Long> calls = begin(2);
            calls.forEach(call -> health.sent(call, now));
            now = now.plusSeconds(2);
            health.heard(now);
            now = now.plusSeconds(2);
            calls.forEach(call -> health.ended(call, End.SILENT, now));
        }
        assertThat(health.restsUntil()).as("of a gateway that is overloaded").isNull();
        List<Long> calls = begin(20);
        now = now.plusSeconds(4);
        assertThat(calls.stream().map(call -> health.ended(call, End.SILENT, now)))
                .contains(Change.RESTS);
    }

    private long begin() {
        return health.begin(CAMPAIGN, now).orElseThrow();
    }

    private List<Long> begin(int count) {
        return IntStream.range(0, count).mapToObj(i -> begin()).toList();
    }

    private List<Change> failing(int count) {
        return ending(count, End.FAILED);
    }

    /** Ends so many new calls so, as far as it does not rest. */
    private List<Change> ending(int count, End end) {
        return begin(count).stream()
                .filter(call -> health.restsUntil() == null)
                .map(call -> health.ended(call, end, now))
                .toList();
    }
}
