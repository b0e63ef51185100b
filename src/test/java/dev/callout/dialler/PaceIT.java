package dev.callout.dialler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import dev.callout.Installation;
import dev.callout.simulator.LedgerCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How far apart calls arrive at the switch, by the switch's own clock. */
class PaceIT {

    private static final double MILLISECOND = 1e6;

    @ParameterizedTest(name = "time_between_calls {0}")
    @CsvSource({"0.05, 200", "1, 8"})
    void callsOfACampaignKeepTheirDistance(double timeBetweenCalls, int numbers) throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100)))).start()) {
            long campaign = callout.campaign("paced", Map.of("time_between_calls", timeBetweenCalls, "max_concurrent_calls", 500));
            callout.numbers(campaign, "100", numbers);
            callout.awaitAllFinished(Duration.ofSeconds(40));

            double[] distances = distances(callout.ledger().calls());
            double gap = timeBetweenCalls * 1000;
            assertThat(distances).hasSize(numbers - 1);
            assertThat(IntStream.range(0, distances.length).filter(i -> distances[i] < gap - 20).count())
                    .as("distances more than 20 ms too short among %s", DoubleStream.of(distances).sorted().boxed().toList()).isLessThanOrEqualTo(distances.length / 100);
            assertThat(DoubleStream.of(distances).min().orElseThrow()).as("shortest distance in ms").isGreaterThanOrEqualTo(gap / 2);
            assertThat(callout.number("SELECT TIMESTAMPDIFF(MICROSECOND, MIN(setup_time), MAX(setup_time)) DIV 1000 FROM campaign_phones"))
                    .as("the campaign is not slower than it may be").isLessThan((long) (gap * numbers * 1.5) + 1500);
        }
    }

    @ParameterizedTest(name = "calls-per-second {0}")
    @CsvSource({"24, 96", "0.5, 5"})
    void aSwitchIsGivenItsCallsASecond(double callsPerSecond, int numbers) throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", Double.toString(callsPerSecond))
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100)))).start()) {
            for (String name : List.of("one", "two")) {
                callout.numbers(callout.campaign(name, Map.of("max_concurrent_calls", 500)), name.equals("one") ? "1" : "2", numbers / 2);
            }
            callout.awaitAllFinished(Duration.ofSeconds(40));

            double[] distances = distances(callout.ledger().calls());
            double gap = 1000 / callsPerSecond;
            assertThat(IntStream.range(0, distances.length).filter(i -> distances[i] < gap - 20).count())
                    .as("distances more than 20 ms too short").isLessThanOrEqualTo(distances.length / 100);
            double mean = DoubleStream.of(distances).average().orElseThrow();
            assertThat(mean).as("mean distance in ms").isBetween(gap * 0.98, gap * 1.25);
        }
    }

    @Test
    void aPauseTakesEffectAtOnceHoweverManyLinesAreFree() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100)))).start()) {
            long campaign = callout.campaign("slow", Map.of("time_between_calls", 1, "max_concurrent_calls", 500));
            callout.numbers(campaign, "100", 100);
            await().until(() -> callout.ledger().calls().size() >= 2);
            callout.execute("UPDATE campaigns SET paused = 1 WHERE i_campaign = " + campaign);
            int madeAtPause = callout.ledger().calls().size();

            await().atMost(Duration.ofSeconds(6)).until(() ->
                    callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
            assertThat(callout.ledger().calls().size()).as("calls made after the pause").isLessThanOrEqualTo(madeAtPause + 1);
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones")).as("attempts charged")
                    .isEqualTo(callout.ledger().calls().size());
        }
    }

    private static double[] distances(List<LedgerCall> calls) {
        return IntStream.range(1, calls.size())
                .mapToDouble(i -> (calls.get(i).nanos() - calls.get(i - 1).nanos()) / MILLISECOND).toArray();
    }
}
