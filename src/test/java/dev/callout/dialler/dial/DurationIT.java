package dev.callout.dialler.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long the switch is told to let a call last. */
class DurationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a campaign and its numbers say, and between what the seconds of their calls must be. */
    private record Rule(String name, Map<String, Object> columns, String row, int least, int most) {}

    private static List<Rule> rules() {
        Map<String, Object> both = Map.of(
                "gaussian_distribution",
                1,
                "gaussian_distribution_mean",
                30,
                "gaussian_distribution_stdv",
                2,
                "call_min_duration",
                500,
                "call_max_duration",
                600);
        Map<String, Object> uniform = new HashMap<>(both);
        uniform.put("gaussian_distribution", 0);
        return List.of(
                new Rule("Gaussian first", both, "7", 18, 42),
                new Rule(
                        "a Gaussian of at least a second",
                        Map.of(
                                "gaussian_distribution",
                                1,
                                "gaussian_distribution_mean",
                                0.001,
                                "gaussian_distribution_stdv",
                                0.001),
                        "7",
                        1,
                        1),
                new Rule("else the row", uniform, "7", 7, 7),
                new Rule("else uniform, a row of 0 being none", uniform, "0", 500, 600),
                new Rule("else uniform, a row of NULL being none", uniform, "NULL", 500, 600),
                new Rule("the row alone", Map.of(), "7", 7, 7),
                new Rule("else nothing but the ceiling", Map.of(), "NULL", 3600, 3600),
                new Rule("nor more than the ceiling", Map.of(), "99999", 3600, 3600));
    }

    @Test
    void theDurationIsDrawnByTheFirstRuleThatApplies() throws Exception {
        List<Rule> rules = rules();
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(1), Duration.ofMillis(30))))
                .build()) {
            for (int i = 0; i < rules.size(); i++) {
                long campaign =
                        callout.campaign(rules.get(i).name(), rules.get(i).columns());
                callout.numbers(campaign, "10" + i, 40);
                callout.execute("UPDATE campaign_phones SET duration = "
                        + rules.get(i).row() + " WHERE i_campaign = " + campaign);
            }
            callout.start();
            callout.awaitAllFinished(PATIENCE);

            for (int i = 0; i < rules.size(); i++) {
                Rule rule = rules.get(i);
                List<Integer> seconds = seconds(callout, "10" + i);
                assertThat(seconds).as(rule.name()).hasSize(40).allSatisfy(each -> assertThat(each)
                        .isBetween(rule.least(), rule.most()));
                assertThat(seconds.stream().distinct().count())
                        .as("drawn anew for each call: " + rule.name())
                        .isGreaterThan(rule.most() > rule.least() ? 3 : 0);
            }
        }
    }

    @Test
    void aSeedRepeatsWhatIsDrawnOfEachCampaignWhateverTheOthersDo() throws Exception {
        Map<String, Object> uniform =
                Map.of("call_min_duration", 1000, "call_max_duration", 3000, "max_concurrent_calls", 1);
        List<List<Integer>> drawn =
                List.of(draw(uniform, "5", false), draw(uniform, "5", true), draw(uniform, "6", false));
        assertThat(drawn.get(0)).isEqualTo(drawn.get(1)).isNotEqualTo(drawn.get(2));
    }

    private static List<Integer> draw(Map<String, Object> columns, String seed, boolean withAnother) throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_RANDOM_SEED", seed)
                // A number that is given back because the lease has run out is drawn for once more.
                .with("CALLOUT_LEASE_SEC", "600")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(1), Duration.ofMillis(10))))
                .start()) {
            callout.numbers(callout.campaign("seeded", columns), "100", 10);
            if (withAnother) {
                callout.numbers(callout.campaign("another", columns), "200", 10);
            }
            callout.awaitAllFinished(PATIENCE);
            return seconds(callout, "100");
        }
    }

    @Test
    void theSwitchHangsUpThenAndThatIsASuccess() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(1), Duration.ofMinutes(5))))
                .start()) {
            callout.numbers(
                    callout.campaign(
                            "timed", Map.of("call_min_duration", 1, "call_max_duration", 1, "threshold_msec", 60_000)),
                    "100",
                    5);
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.ledger().calls()).allSatisfy(call -> {
                assertThat(call.cause()).isEqualTo("ALLOTTED_TIMEOUT");
                assertThat(call.endedBy()).isEqualTo(LedgerCall.EndedBy.SCHEDULE);
            });
            assertThat(callout.column("SELECT DISTINCT status FROM campaign_phones"))
                    .containsExactly("success");
        }
    }

    @Test
    void aGaussianThatCannotBeDrawnIsNotDialledUntilItIsMended() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(1), Duration.ofMillis(30))))
                .start()) {
            long wrong = callout.campaign(
                    "wrong",
                    Map.of(
                            "gaussian_distribution",
                            1,
                            "gaussian_distribution_mean",
                            30,
                            "gaussian_distribution_stdv",
                            -1));
            callout.numbers(wrong, "100", 3);
            callout.numbers(callout.campaign("right", Map.of()), "200", 3);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 3);
            assertThat(callout.ledger().calls()).allMatch(call -> call.number().startsWith("200"));

            callout.execute("UPDATE campaigns SET gaussian_distribution_stdv = 1 WHERE i_campaign = " + wrong);
            callout.awaitAllFinished(PATIENCE);
        }
    }

    /** Of the calls to numbers that begin so, as the switch was told. */
    private static List<Integer> seconds(Installation callout, String prefix) {
        return callout.ledger().calls().stream()
                .filter(call -> call.number().startsWith(prefix))
                .map(DurationIT::seconds)
                .toList();
    }

    private static int seconds(LedgerCall call) {
        return Integer.parseInt(
                call.variable("execute_on_answer_1").replaceAll("sched_hangup \\+(\\d+) ALLOTTED_TIMEOUT", "$1"));
    }
}
