package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far apart calls arrive at the switch, by the switch's own clock. */
@Tag("full")
@Tag("alone")
class PaceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double MILLISECOND = 1e6;
    private static final int RUNS = 5;

    /** How late a timer is on a machine that is free, in milliseconds. */
    private static final double QUIET = 5;

    @ParameterizedTest(name = "time_between_calls {0}")
    @CsvSource({"0.05, 120", "1, 6"})
    void callsOfACampaignKeepTheirDistance(double timeBetweenCalls, int numbers) throws Exception {
        assertSomeRun(timeBetweenCalls * 1000, () -> {
            try (Installation callout = quickCallees().start()) {
                callout.numbers(
                        callout.campaign(
                                "paced", Map.of("time_between_calls", timeBetweenCalls, "max_concurrent_calls", 500)),
                        "100",
                        numbers);
                callout.awaitAllFinished(PATIENCE);
                return distances(callout.ledger().calls());
            }
        });
    }

    @ParameterizedTest(name = "calls-per-second {0}")
    @CsvSource({"24, 140", "0.8, 6"})
    void aSwitchIsGivenItsCallsASecond(double callsPerSecond, int numbers) throws Exception {
        assertSomeRun(1000 / callsPerSecond, () -> {
            try (Installation callout = quickCallees()
                    .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", Double.toString(callsPerSecond))
                    .start()) {
                for (String name : List.of("1", "2")) {
                    callout.numbers(callout.campaign(name, Map.of("max_concurrent_calls", 500)), name, numbers / 2);
                }
                callout.awaitAllFinished(PATIENCE);
                return distances(callout.ledger().calls());
            }
        });
    }

    private static Installation.Builder quickCallees() {
        return Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))));
    }

    /**
     * That 99 % of the distances are at most 20 ms too short, none is under half, and the mean is kept, in one run of five. A
     * machine that is busy with something else sends single calls late, so a timer beside the run tells how late this one is:
     * one tick in a hundred, and the latest, against which the shortest distance is judged.
     */
    private static void assertSomeRun(double gap, Callable<double[]> run) throws Exception {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            double[] distances;
            double busy;
            double busiest;
            try (Metronome metronome = new Metronome()) {
                distances = run.call();
                busy = Math.max(0, metronome.lateness(99) - QUIET);
                busiest = Math.max(0, metronome.lateness(100) - QUIET);
            }
            long tooShort = DoubleStream.of(distances)
                    .filter(distance -> distance < gap - 20 - busy)
                    .count();
            double shortest = DoubleStream.of(distances).min().orElseThrow();
            double mean = DoubleStream.of(distances).average().orElseThrow();
            runs.add(String.format(
                    "%d of %d over %.0f ms too short, shortest %.1f ms, mean %.1f ms",
                    tooShort, distances.length, 20 + busy, shortest, mean));
            if (tooShort * 100 <= distances.length
                    && shortest >= gap / 2 - busiest
                    && mean > gap * 0.98
                    && mean < gap * 1.25) {
                return;
            }
        }
        fail("Distances should be %.1f ms, but were in %d runs: %s", gap, RUNS, runs);
    }

    /** A timer that does nothing every 5 ms: how late it is, the machine itself makes it. */
    private static final class Metronome implements AutoCloseable {

        private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final Queue<Long> lateness = new ConcurrentLinkedQueue<>();

        private Metronome() {
            next(System.nanoTime() + TICK);
        }

        private void next(long due) {
            timer.schedule(
                    () -> {
                        lateness.add(System.nanoTime() - due);
                        next(System.nanoTime() + TICK);
                    },
                    due - System.nanoTime(),
                    TimeUnit.NANOSECONDS);
        }

        /** What so many ticks in a hundred do not exceed, in milliseconds. */
        private double lateness(int percent) {
            long[] sorted =
                    lateness.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted[(sorted.length - 1) * percent / 100] / MILLISECOND;
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }

    @Test
    void whatWasHeldUpOnItsWayToTheSwitchDoesNotMakeASecondTooFull() throws Exception {
        try (Installation callout =
                quickCallees().with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "40").start()) {
            long campaign = callout.campaign("held", Map.of("max_concurrent_calls", 500));
            callout.numbers(campaign, "100", 160);
            await().atMost(PATIENCE).until(() -> callout.ledger().size() >= 20);
            // Sent marks count the run's calls in the campaign's row.
            callout.execute(
                    "BEGIN NOT ATOMIC START TRANSACTION; UPDATE campaigns SET description = 'held' WHERE i_campaign = "
                            + campaign + "; DO SLEEP(0.9); COMMIT; END");
            callout.awaitAllFinished(PATIENCE);

            List<Long> starts =
                    callout.ledger().calls().stream().map(LedgerCall::nanos).toList();
            assertThat(mostInASecond(starts)).as("calls in any second").isLessThanOrEqualTo(44);
        }
    }

    @Test
    void theLinesOfACampaignThatStandsEmptyAreFilledOneAfterTheOtherAndLaterOnesAtOnce() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.refuses(480, Duration.ofSeconds(2))))
                .start()) {
            callout.numbers(
                    callout.campaign("waves", Map.of("max_concurrent_calls", 50, "max_attempts", 1)), "100", 200);
            callout.awaitAllFinished(PATIENCE);

            List<LedgerCall> calls = callout.ledger().calls();
            assertThat((calls.get(49).nanos() - calls.get(0).nanos()) / MILLISECOND)
                    .as("milliseconds until as many calls as lines")
                    .isGreaterThan(1_500);
            // Each line carries four calls of 2 s: a machine that is free needs 11 s.
            assertThat((calls.get(199).nanos() - calls.get(0).nanos()) / MILLISECOND)
                    .as("milliseconds until the last call")
                    .isBetween(6_000.0, 30_000.0);
        }
    }

    private static int mostInASecond(List<Long> nanos) {
        int most = 0;
        for (int from = 0, to = 0; to < nanos.size(); to++) {
            while (nanos.get(to) - nanos.get(from) >= TimeUnit.SECONDS.toNanos(1)) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @Test
    void aPauseTakesEffectAtOnceHoweverManyLinesAreFree() throws Exception {
        try (Installation callout = quickCallees().start()) {
            long campaign = callout.campaign("slow", Map.of("time_between_calls", 1, "max_concurrent_calls", 500));
            callout.numbers(campaign, "100", 100);
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().size() >= 2);
            callout.execute("UPDATE campaigns SET paused = 1 WHERE i_campaign = " + campaign);
            int madeAtPause = callout.ledger().calls().size();

            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
            assertThat(callout.ledger().calls().size())
                    .as("calls made after the pause")
                    .isLessThanOrEqualTo(madeAtPause + 1);
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones"))
                    .as("attempts charged")
                    .isEqualTo(callout.ledger().calls().size());
        }
    }

    @Test
    void aCampaignOfACallAMinuteHoldsNoNumbersBehindItsHorizonHoweverManyLinesAreFree() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMinutes(10))))
                .start()) {
            long campaign = callout.campaign("slow", Map.of("time_between_calls", 60, "max_concurrent_calls", 500));
            callout.numbers(campaign, "100", 100);
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().size() == 1);
            callout.execute("UPDATE campaigns SET paused = 1 WHERE i_campaign = " + campaign);

            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().calls().size() == 1
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 1);
        }
    }

    private static double[] distances(List<LedgerCall> calls) {
        return IntStream.range(1, calls.size())
                .mapToDouble(i -> (calls.get(i).nanos() - calls.get(i - 1).nanos()) / MILLISECOND)
                .toArray();
    }
}
