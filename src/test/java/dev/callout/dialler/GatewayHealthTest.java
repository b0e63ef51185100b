package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import dev.callout.dialler.GatewayHealth.Change;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayHealthTest {

    private final GatewayHealth health = new GatewayHealth();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void restsWhenItsCallsMostlyFailAndIsProbedWithOne() {
        assertThat(failing(20)).as("the 16th failure").containsOnlyOnce(Change.RESTS).endsWith(Change.RESTS);
        assertThat(health.room(now)).isZero();
        now = now.plus(GatewayHealth.FIRST_REST);
        assertThat(health.room(now)).isEqualTo(1);
        long probe = health.begin(now);
        assertThat(health.room(now)).as("while it is probed").isZero();
        assertThat(health.ended(probe, false, now)).isEqualTo(Change.CARRIES_AGAIN);
        assertThat(health.room(now)).isGreaterThan(1);
        assertThat(failing(15)).as("what was before the rest is forgotten").containsOnly(Change.NOTHING);
    }

    @Test
    void aProbeThatFailsDoublesTheRestUpToFiveMinutes() {
        failing(20);
        for (int seconds : List.of(30, 60, 120, 240, 300, 300)) {
            now = health.restsUntil();
            assertThat(health.ended(health.begin(now), true, now)).isEqualTo(Change.RESTS);
            assertThat(Duration.between(now, health.restsUntil())).hasSeconds(seconds);
        }
    }

    @Test
    void aProbeThatWasNotMadeOrIsNeverHeardOfDoesNotKeepItClosed() {
        failing(20);
        now = health.restsUntil();
        health.withdrawn(health.begin(now));
        assertThat(health.room(now)).isEqualTo(1);
        health.begin(now);
        assertThat(health.room(now)).isZero();
        assertThat(health.room(now.plus(Duration.ofMinutes(3)))).isEqualTo(1);
    }

    @Test
    void numbersThatFailAtOnceDoNotOutweighThoseThatStillRing() {
        List<Long> calls = begin(100);
        List<Change> changes = calls.stream().filter(call -> call % 4 != 0).map(call -> health.ended(call, true, now)).toList();
        assertThat(changes).as("three quarters failed, all before the others ended").containsOnly(Change.NOTHING);
    }

    @Test
    void callsThatEndWhileItRestsSayNothing() {
        List<Long> calls = begin(40);
        calls.subList(0, 20).forEach(call -> health.ended(call, true, now));
        Instant until = health.restsUntil();
        assertThat(until).isNotNull();
        calls.subList(20, 30).forEach(call -> health.ended(call, true, now));
        calls.subList(30, 40).forEach(call -> health.ended(call, false, now));
        assertThat(health.restsUntil()).isEqualTo(until);
    }

    private List<Long> begin(int count) {
        return LongStream.range(0, count).map(call -> health.begin(now)).boxed().toList();
    }

    /** Ends so many new calls as failed, as far as it does not rest. */
    private List<Change> failing(int count) {
        return begin(count).stream().filter(call -> health.restsUntil() == null)
                .map(call -> health.ended(call, true, now)).toList();
    }
}
