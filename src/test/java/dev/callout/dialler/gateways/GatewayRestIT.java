package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.CampaignControl;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An outage at one carrier: its gateway rests and is probed, the others go on, and hardly an attempt is burnt. */
class GatewayRestIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of a list in which 16 of 20 in a row are dead, as in most lists of 300. */
    private static final int SEED = 5;

    @Test
    void aGatewayThatMostlyFailsRestsIsProbedAndOthersGoOn() throws Exception {
        AtomicBoolean outage = new AtomicBoolean(true);
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> call.number().startsWith("66") && outage.get()
                        ? CalleePlan.refuses(503, Duration.ofMillis(50))
                        : CalleePlan.answers(Duration.ofMillis(50), Duration.ofMillis(100))))
                .start()) {
            long failing = callout.campaign("failing", Map.of("profile_gateway", "out", "max_concurrent_calls", 20));
            long sound = callout.campaign("sound", Map.of("profile_gateway", "fine", "max_concurrent_calls", 20));
            callout.numbers(failing, "66", 500);
            callout.numbers(sound, "77", 300);
            await().atMost(PATIENCE).until(() -> callout.column(
                            "SELECT 1 FROM campaign_phones WHERE i_campaign = " + sound + " AND finished = 0")
                    .isEmpty());
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> callsBy(callout, "out") < 80);
            assertThat(callsBy(callout, "out"))
                    .as("calls by the gateway that rests")
                    .isBetween(16L, 80L);
            CampaignControl control = callout.control();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(control.status(control.idOf("failing")).whyIdle()).contains("out mostly fails: it rests");
                assertThat(control.status(control.idOf("failing")).numbers()).containsKey("gateway rested");
            });

            outage.set(false);
            // Over the longest rest: it may have been probed meanwhile.
            callout.advance(Duration.ofMinutes(5));
            await().atMost(PATIENCE).until(() -> callsBy(callout, "out") > 300);
        }
    }

    @Test
    void aListOfDeadNumbersIsDialledAsFastAsOneOfGoodOnes() throws Exception {
        double clean = callsPerSecond(0);
        double dead = callsPerSecond(60);
        assertThat(dead)
                .as("calls a second of a list with 60 % dead numbers, of a clean one %.1f", clean)
                .isGreaterThanOrEqualTo(0.9 * clean);
    }

    /** Dials 300 numbers at 50 calls a second, of which so many in a hundred do not exist and the others ring for a second. */
    private static double callsPerSecond(int deadOfAHundred) throws Exception {
        int[] fates = new Random(SEED).ints(300, 0, 100).toArray();
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "50")
                .simulated(sim ->
                        sim.callees(call -> fates[Integer.parseInt(call.number().substring(2))] < deadOfAHundred
                                ? CalleePlan.refuses(404, Duration.ofMillis(30))
                                : CalleePlan.answers(Duration.ofSeconds(1), Duration.ofMillis(100))))
                .start()) {
            callout.numbers(
                    callout.campaign("list", Map.of("max_attempts", 1, "max_concurrent_calls", 200)), "88", 300);
            callout.awaitAllFinished(PATIENCE);
            List<LedgerCall> calls = callout.ledger().calls();
            assertThat(calls).hasSize(300);
            return (calls.size() - 1)
                    * 1e9
                    / (calls.get(calls.size() - 1).nanos() - calls.get(0).nanos());
        }
    }

    @Test
    void aBlackHoleRestsThoughItsCallsGiveUpBeforeAnyTelephoneWouldRing() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.silent()))
                .start()) {
            callout.numbers(callout.campaign("hole", Map.of("timeout_sec", 2, "max_concurrent_calls", 20)), "99", 300);
            await().atMost(PATIENCE).until(() -> callout.ledger().size() >= 16);
            CampaignControl control = callout.control();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            control.status(control.idOf("hole")).whyIdle())
                    .contains("gw mostly fails: it rests"));
            assertThat(callout.ledger().size()).as("calls into the hole").isBetween(16, 60);
        }
    }

    private static long callsBy(Installation callout, String gateway) {
        return callout.ledger().calls().stream()
                .map(LedgerCall::gateway)
                .filter(gateway::equals)
                .count();
    }
}
