package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

class SwitchPaceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 200)
    void turnsComeAtEvenDistancesWhateverTheRate(@ForAll @DoubleRange(min = 0.01, max = 2_000) double callsPerSecond) {
        SwitchPace<Integer> pace = new SwitchPace<>(callsPerSecond);
        for (int i = 0; i <= 100; i++) {
            pace.add(i, null);
        }
        Instant now = NOW;
        List<Integer> turns = new ArrayList<>(pace.take(now));
        Instant first = now;
        while (turns.size() <= 100) {
            now = now.plus(pace.untilNext(now));
            turns.addAll(pace.take(now));
        }
        assertThat(turns).isSorted();
        // A first turn that nothing came before may be followed 5 ms early.
        double seconds = Duration.between(first, now).plusMillis(5).toNanos() / 1e9;
        assertThat(seconds).isCloseTo(100 / callsPerSecond, withinPercentage(callsPerSecond > 100 ? 20 : 1));
    }

    @Test
    void callsWithAnInstantGoBeforeThoseWithoutOneHoweverManyWait() {
        SwitchPace<String> pace = new SwitchPace<>(10);
        pace.take(NOW);
        pace.add("a", null);
        pace.add("b", null);
        assertThat(pace.take(NOW)).containsExactly("a");
        pace.add("paced, later", NOW.plusMillis(10));
        pace.add("paced", NOW);
        assertThat(pace.takeAll()).containsExactly("paced", "paced, later", "b");
    }

    @Test
    void timeInWhichNothingWasDialledIsNotMadeUpFor() {
        SwitchPace<String> pace = new SwitchPace<>(10);
        pace.add("a", null);
        assertThat(pace.take(NOW)).containsExactly("a");
        Instant later = NOW.plusSeconds(60);
        pace.add("b", null);
        pace.add("c", null);
        assertThat(pace.take(later)).containsExactly("b");
        assertThat(pace.untilNext(later)).isBetween(Duration.ofMillis(95), Duration.ofMillis(100));
    }

    @Test
    void aRefusedBurstHalvesTheRateOnceAndQuietSecondsRaiseItAgain() {
        SwitchPace<String> pace = new SwitchPace<>(20);
        for (int i = 0; i < 15; i++) {
            pace.refused(NOW);
        }
        assertThat(pace.rate()).isEqualTo(10);

        for (int second = 2; second <= 40; second++) {
            pace.take(NOW.plusSeconds(second));
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
        pace.take(NOW);
        assertThat(pace.capacity(NOW, Duration.ofSeconds(1))).isZero();
        assertThat(pace.capacity(NOW, Duration.ofSeconds(2))).isEqualTo(1);
        pace.add("b", null);
        assertThat(pace.capacity(NOW, Duration.ofSeconds(2))).isZero();
    }
}
