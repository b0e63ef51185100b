package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.CampaignControl;
import dev.callout.simulator.SimulatedTrunk;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A gateway with calls_per_second gets no more calls in any second, whatever campaigns want, and close to as many. */
class GatewayRateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long a busy machine may stand still between the send and the receipt of a call. */
    private static final Duration STANDSTILL = Duration.ofMillis(250);

    private static final Duration A_SECOND = Duration.ofSeconds(1).minus(STANDSTILL);

    private static Installation installation() throws Exception {
        return Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(20))))
                .start();
    }

    /** The shortest time that so many calls by a gateway took, and one more. */
    private static Duration shortest(Installation callout, String gateway, int calls) {
        List<Long> nanos = callout.ledger().calls().stream()
                .filter(call -> call.gateway().equals(gateway))
                .map(LedgerCall::nanos)
                .sorted()
                .toList();
        return Duration.ofNanos(IntStream.range(calls, nanos.size())
                .mapToLong(i -> nanos.get(i) - nanos.get(i - calls))
                .min()
                .orElse(Long.MAX_VALUE));
    }

    @Test
    void severalCampaignsShareTheRateAndOthersKeepTheRestOfTheSwitch() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "40")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(20))))
                .start()) {
            SimulatedTrunk trunk = new SimulatedTrunk(20, A_SECOND, 1000);
            callout.simulated().gatewayLeadsTo("slow", trunk);
            callout.execute("INSERT INTO gateways (name, calls_per_second) VALUES ('external/slow', 20)");
            for (int i = 0; i < 3; i++) {
                callout.numbers(callout.campaign("slow" + i, Map.of("profile_gateway", "external/slow")), "7" + i, 40);
            }
            callout.numbers(
                    callout.campaign("paced", Map.of("profile_gateway", "external/slow", "time_between_calls", 0.25)),
                    "75",
                    20);
            callout.numbers(callout.campaign("other", Map.of("profile_gateway", "external/other")), "76", 100);
            callout.awaitAllFinished(PATIENCE);
            System.out.println("20 calls and one more took at least " + shortest(callout, "external::slow", 20));
            assertThat(trunk.refused()).isZero();
            assertThat(trunk.total()).isEqualTo(140);
            assertThat(shortest(callout, "external::slow", 139))
                    .isGreaterThan(Duration.ofMillis(139 * 1000 / 20).minus(STANDSTILL));
        }
    }

    @Test
    void aPacedCampaignKeepsItsPaceOnAGatewayThatAllowsFarMore() throws Exception {
        try (Installation callout = installation()) {
            callout.execute("INSERT INTO gateways (name, calls_per_second) VALUES ('external/wide', 500)");
            callout.numbers(
                    callout.campaign("paced", Map.of("profile_gateway", "external/wide", "time_between_calls", 0.1)),
                    "74",
                    100);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().size()).isEqualTo(100);
            assertThat(shortest(callout, "external::wide", 99)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aRateTakesEffectWhenItIsEdited() throws Exception {
        try (Installation callout = installation()) {
            callout.execute("INSERT INTO gateways (name, calls_per_second) VALUES ('external/edited', 0)");
            callout.numbers(callout.campaign("edited", Map.of("profile_gateway", "external/edited")), "71", 300);
            CampaignControl control = callout.control();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            control.status(control.idOf("edited")).whyIdle())
                    .contains("external/edited has calls_per_second = 0"));
            assertThat(callout.ledger().size()).isZero();

            callout.execute("UPDATE gateways SET calls_per_second = 0.01");
            await().atMost(PATIENCE).until(() -> callout.ledger().size() == 1);
            callout.execute("UPDATE gateways SET calls_per_second = 10");
            await().atMost(PATIENCE).until(() -> callout.ledger().size() >= 15);
            callout.execute("DELETE FROM gateways");
            callout.awaitAllFinished(PATIENCE);
            assertThat(shortest(callout, "external::edited", 299)).isLessThan(Duration.ofSeconds(60));
        }
    }
}
