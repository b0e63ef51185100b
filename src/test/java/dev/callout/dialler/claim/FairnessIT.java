package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That no campaign waits for another one. */
class FairnessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void campaignsAtTheirCapPausedOrAtACrawlDelayNoOther() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "100")
                .simulated(sim -> sim.callees(call -> call.number().startsWith("9")
                        ? CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(50))
                        : CalleePlan.answers(Duration.ofMillis(20))))
                .start()) {
            callout.numbers(callout.campaign("at its cap", Map.of("max_concurrent_calls", 2)), "1", 300);
            callout.numbers(callout.campaign("paused", Map.of("paused", 1, "max_concurrent_calls", 500)), "2", 300);
            callout.numbers(
                    callout.campaign("at a crawl", Map.of("time_between_calls", 600, "max_concurrent_calls", 500)),
                    "3",
                    300);
            callout.numbers(callout.campaign("impossible", Map.of("max_concurrent_calls", -5)), "4", 300);
            callout.numbers(callout.campaign("quick", Map.of("max_concurrent_calls", 500)), "9", 300);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE cld LIKE '9%' AND finished = 1"))
                    .isEqualTo(300));
            assertThat(callout.ledger().calls().stream()
                            .filter(call -> call.number().startsWith("1"))
                            .count())
                    .isEqualTo(2);
            assertThat(callout.ledger().calls().stream()
                            .filter(call -> call.number().startsWith("3"))
                            .count())
                    .isEqualTo(1);
            assertThat(callout.ledger().calls())
                    .noneMatch(call ->
                            call.number().startsWith("2") || call.number().startsWith("4"));
        }
    }

    @Test
    void twoCampaignsThatWantAllShareASwitchEvenly() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "40")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .build()) {
            callout.numbers(callout.campaign("first", Map.of("max_concurrent_calls", 500)), "1", 400);
            callout.numbers(callout.campaign("second", Map.of("max_concurrent_calls", 500)), "2", 400);
            callout.start();
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().size() >= 200);

            assertThat(callout.ledger().calls().stream()
                            .limit(200)
                            .filter(call -> call.number().startsWith("1"))
                            .count())
                    .as("calls of the first campaign among the first 200")
                    .isBetween(60L, 140L);
        }
    }

    @Test
    void threeToOneIsHowTwoCampaignsShareAShortSwitchAndWeight0WaitsForBoth() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "40")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .build()) {
            callout.numbers(callout.campaign("heavy", Map.of("max_concurrent_calls", 500, "weight", 3)), "1", 400);
            callout.numbers(callout.campaign("light", Map.of("max_concurrent_calls", 500, "weight", 1)), "2", 200);
            callout.numbers(callout.campaign("rest", Map.of("max_concurrent_calls", 500, "weight", 0)), "3", 20);
            callout.start();
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().size() >= 400);

            assertThat(onceUnderWay(callout, "1")).as("calls of weight 3").isBetween(202L, 248L);
            assertThat(onceUnderWay(callout, "2")).as("calls of weight 1").isBetween(52L, 98L);
            assertThat(onceUnderWay(callout, "3")).as("calls of weight 0").isZero();
            await("the others leave lines to weight 0").atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE cld LIKE '3%' AND finished = 1"))
                    .isEqualTo(20));
        }
    }

    @Test
    void threeToOneIsHowTwoCampaignsShareAShortGateway() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "1000")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .build()) {
            callout.execute("INSERT INTO gateways (name, calls_per_second) VALUES ('gw', 40)");
            callout.numbers(callout.campaign("heavy", Map.of("max_concurrent_calls", 500, "weight", 3)), "1", 400);
            callout.numbers(callout.campaign("light", Map.of("max_concurrent_calls", 500, "weight", 1)), "2", 200);
            callout.start();
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().size() >= 400);

            assertThat(onceUnderWay(callout, "1")).as("calls of weight 3").isBetween(202L, 248L);
        }
    }

    @Test
    void threeToOneIsHowCampaignsOfAGatewayAndOfAGroupThatHoldsItShareIt() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "1000")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .build()) {
            callout.execute("INSERT INTO gateways (name, calls_per_second) VALUES ('gw', 40), ('closed', 0)");
            callout.execute("INSERT INTO gateway_groups (name, gateways) VALUES ('both', 'closed, gw')");
            callout.numbers(callout.campaign("heavy", Map.of("max_concurrent_calls", 500, "weight", 3)), "1", 400);
            callout.numbers(
                    callout.campaign(
                            "light", Map.of("max_concurrent_calls", 500, "weight", 1, "gateway_group", "both")),
                    "2",
                    200);
            callout.start();
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().size() >= 400);

            assertThat(onceUnderWay(callout, "1")).as("calls of weight 3").isBetween(202L, 248L);
        }
    }

    /** The calls among the 101st to the 400th: before, the campaigns' lines open, and they want less than all. */
    private static long onceUnderWay(Installation callout, String prefix) {
        return callout.ledger().calls().stream()
                .skip(100)
                .limit(300)
                .filter(call -> call.number().startsWith(prefix))
                .count();
    }
}
