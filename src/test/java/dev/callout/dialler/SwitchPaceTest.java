package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

class SwitchPaceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 200)
    void callsGoOutAtEvenDistancesWhateverTheRate(@ForAll @DoubleRange(min = 0.01, max = 2_000) double callsPerSecond) {
        SwitchPace pace = new SwitchPace(callsPerSecond);
        Duration first = pace.reserve(NOW);
        Duration hundredth = first;
        for (int i = 1; i <= 100; i++) {
            hundredth = pace.reserve(NOW);
        }
        assertThat(first).isZero();
        assertThat(hundredth.toNanos() / 1e9).isCloseTo(100 / callsPerSecond, withinPercentage(0.1));
    }

    @Test
    void timeInWhichNothingWasDialledIsNotMadeUpFor() {
        SwitchPace pace = new SwitchPace(10);
        pace.reserve(NOW);
        Instant later = NOW.plusSeconds(60);
        assertThat(pace.reserve(later)).isZero();
        assertThat(pace.reserve(later)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aRefusedBurstHalvesTheRateOnceAndQuietSecondsRaiseItAgain() {
        SwitchPace pace = new SwitchPace(20);
        for (int i = 0; i < 15; i++) {
            pace.refused(NOW);
        }
        assertThat(pace.rate()).isEqualTo(10);

        for (int second = 2; second <= 40; second++) {
            pace.reserve(NOW.plusSeconds(second));
        }
        assertThat(pace.rate()).isEqualTo(20);
    }

    @Test
    void refusalsThatGoOnSlowItDownToACrawlButNeverStopIt() {
        SwitchPace pace = new SwitchPace(20);
        for (int second = 0; second < 100; second += 2) {
            pace.refused(NOW.plusSeconds(second));
        }
        assertThat(pace.rate()).isPositive().isLessThan(1);
    }

    @Test
    void capacityIsWhatFitsBetweenTheNextFreeInstantAndTheHorizon() {
        SwitchPace pace = new SwitchPace(0.5);
        assertThat(pace.capacity(NOW, Duration.ofSeconds(2))).isEqualTo(2);
        pace.reserve(NOW);
        assertThat(pace.capacity(NOW, Duration.ofSeconds(1))).isZero();
        assertThat(pace.capacity(NOW, Duration.ofSeconds(2))).isEqualTo(1);
    }
}
