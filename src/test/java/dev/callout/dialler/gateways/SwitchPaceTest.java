package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SwitchPaceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 200)
    void turnsComeAtEvenDistancesWhateverTheRate(@ForAll @DoubleRange(min = 0.01, max = 2_000) double callsPerSecond) {
        SwitchPace<Integer> pace = new SwitchPace<>(callsPerSecond);
        for (int i = 0; i <= 100; i++) {
            pace.add(i, null);
        }
        List<SwitchPace.Turn<Integer>> turns = pace.take(NOW, NOW.plusSeconds(20_000));

        assertThat(turns).extracting(SwitchPace.Turn::what).hasSize(101).isSorted();
        assertThat(turns.get(0).at()).isEqualTo(NOW);
        for (int i = 1; i <= 100; i++) {
            assertThat(Duration.between(turns.get(i - 1).at(), turns.get(i).at())
                            .toNanos())
                    .isCloseTo((long) (1.01e9 / callsPerSecond), withinPercentage(0.1));
        }
    }

    @Test
    void callsWithAnInstantGoBeforeThoseWithoutOneHoweverManyWait() {
        SwitchPace<String> pace = new SwitchPace<>(10);
        pace.add("a", null);
        pace.add("b", null);
        assertThat(turns(pace, NOW)).containsExactly("a");
        pace.add("paced, later", NOW.plusMillis(10));
        pace.add("paced", NOW);
        assertThat(pace.takeAll()).containsExactly("paced", "paced, later", "b");
    }

    @Test
    void timeInWhichNothingWasDialledIsNotMadeUpFor() {
        SwitchPace<String> pace = new SwitchPace<>(10);
        pace.add("a", null);
        assertThat(turns(pace, NOW)).containsExactly("a");
        Instant later = NOW.plusSeconds(60);
        pace.add("b", null);
        pace.add("c", null);
        assertThat(turns(pace, later)).containsExactly("b");
        assertThat(pace.next(later)).isEqualTo(later.plusMillis(101));
    }

    @Test
    void aRefusedBurstHalvesTheRateOnceAndQuietSecondsRaiseItAgain() {
        SwitchPace<String> pace = new SwitchPace<>(20);
        for (int i = 0; i < 15; i++) {
            pace.refused(NOW);
        }
        assertThat(pace.rate()).isEqualTo(10);

        for (int second = 2; second <= 40; second++) {
            turns(pace, NOW.plusSeconds(second));
        }
        assertThat(pace.rate()).isEqualTo(20);
    }

    @Test
    void refusalsThatGoOnSlowItDownToACrawlButNeverStopIt() {
        SwitchPace<String> pace = new SwitchPace<>(20);
        for (int second = 0; second < 100; second += 2) {
            pace.refused(NOW.plusSeconds(second));
        }
        assertThat(pace.rate()).isPositive().isLessThan(1);
    }

    @Test
    void capacityIsWhatFitsBehindThoseWhoWaitUntilTheHorizon() {
        SwitchPace<String> pace = new SwitchPace<>(0.5);
        assertThat(pace.capacity(NOW, Duration.ofSeconds(2))).isEqualTo(2);
        pace.add("a", null);
        turns(pace, NOW);
        assertThat(pace.capacity(NOW, Duration.ofSeconds(1))).isZero();
        assertThat(pace.capacity(NOW, Duration.ofMillis(2_100))).isEqualTo(1);
        pace.add("b", null);
        assertThat(pace.capacity(NOW, Duration.ofMillis(2_100))).isZero();
    }

    private static List<String> turns(SwitchPace<String> pace, Instant now) {
        return pace.take(now, now).stream().map(SwitchPace.Turn::what).toList();
    }
}
