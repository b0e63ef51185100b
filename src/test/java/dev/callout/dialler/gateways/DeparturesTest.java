package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** Calls are ready late by up to half a second, and the timer stands still now and then as long. */
    @Property(tries = 100)
    void noSecondHasMoreThanItsShareHoweverLateCallsAreReadyAndTheTimerIs(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int callsPerSecond) {
        SplittableRandom random = new SplittableRandom(seed);
        SwitchPace<Integer> pace = new SwitchPace<>(callsPerSecond);
        Departures<Integer> departures = new Departures<>();
        int calls = callsPerSecond * 3;
        for (int i = 0; i < calls; i++) {
            departures.add(
                    i,
                    NOW.plus(pace.gap().multipliedBy(i)).plusMillis(random.nextInt(20) == 0 ? random.nextInt(500) : 0));
        }
        List<Instant> left = new ArrayList<>();
        Instant now = NOW;
        for (Instant next = departures.next(pace.gap()); next != null; next = departures.next(pace.gap())) {
            now = next.isAfter(now) ? next : now;
            now = now.plusMillis(random.nextInt(50) == 0 ? random.nextInt(500) : random.nextInt(3));
            for (int ignored : departures.take(now, pace.gap())) {
                left.add(now);
            }
        }

        assertThat(left).hasSize(calls);
        for (int i = callsPerSecond; i < calls; i++) {
            assertThat(Duration.between(left.get(i - callsPerSecond), left.get(i)))
                    .as("%d departures", callsPerSecond + 1)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void oneThatIsReadyInTimeLeavesAtItsInstantAndTheFirstFirst() {
        Departures<String> departures = new Departures<>();
        departures.add("second", NOW.plusMillis(50));
        departures.add("first", NOW);
        assertThat(departures.next(Duration.ofMillis(20))).isEqualTo(NOW);
        assertThat(departures.take(NOW, Duration.ofMillis(20))).containsExactly("first");
        assertThat(departures.take(NOW.plusMillis(49), Duration.ofMillis(20))).isEmpty();
        assertThat(departures.take(NOW.plusMillis(50), Duration.ofMillis(20))).containsExactly("second");
        assertThat(departures.next(Duration.ofMillis(20))).isNull();
        assertThat(departures.freeFrom(Duration.ofMillis(20))).isEqualTo(NOW.plusMillis(70));
    }
}
