package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.SimulatedTrunk;
import dev.callout.testbed.Installation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gateway with max_calls never has more calls up. Numbers wait, or leave by another gateway, uncharged. */
class GatewayChannelsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static Installation installation() throws Exception {
        return Installation.builder()
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(100), Duration.ofMillis(200))))
                .start();
    }

    @Test
    void callsOverTheLimitLeaveByTheNextGatewayOfTheGroup() throws Exception {
        try (Installation callout = installation()) {
            SimulatedTrunk few = new SimulatedTrunk(10_000, A_SECOND, 2);
            SimulatedTrunk rest = new SimulatedTrunk(10_000, A_SECOND, 5);
            callout.simulated().gatewayLeadsTo("few", few);
            callout.simulated().gatewayLeadsTo("rest", rest);
            callout.execute("INSERT INTO gateways (name, priority, max_calls) VALUES"
                    + " ('external/few', 1, 2), ('external/rest', 2, 5)");
            callout.execute(
                    "INSERT INTO gateway_groups (name, gateways) VALUES ('both', 'external/few external/rest')");
            for (int i = 0; i < 3; i++) {
                callout.numbers(
                        callout.campaign("c" + i, Map.of("gateway_group", "both", "max_concurrent_calls", 20)),
                        "7" + i,
                        20);
            }
            callout.awaitAllFinished(PATIENCE);
            assertThat(few.refused() + rest.refused()).isZero();
            assertThat(few.total()).isPositive();
            assertThat(rest.total()).isPositive();
            assertThat(few.total() + rest.total()).isEqualTo(60);
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE attempt > 1"))
                    .isZero();
        }
    }

    @Test
    void noNumbersAreClaimedThatWouldWaitInVainForAChannel() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(100), PATIENCE)))
                .start()) {
            callout.execute("INSERT INTO gateways (name, max_calls) VALUES ('external/few', 2)");
            callout.numbers(
                    callout.campaign("few", Map.of("profile_gateway", "external/few", "max_concurrent_calls", 50)),
                    "7",
                    100);
            String claimed = "SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL";
            await().atMost(PATIENCE).until(() -> callout.number(claimed + " AND status = 'answer'") == 2);
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> callout.number(claimed) <= 6);
        }
    }

    @Test
    void aGatewayWhoseRowSomebodyHoldsDoesNotStopTheOthers() throws Exception {
        try (Installation callout = installation();
                Connection holder = DriverManager.getConnection(callout.url(), "root", "")) {
            callout.execute("INSERT INTO limit_instants (limited) VALUES ('gateway external/held')");
            holder.setAutoCommit(false);
            holder.createStatement()
                    .execute("SELECT limited FROM limit_instants WHERE limited = 'gateway external/held' FOR UPDATE");
            callout.execute("INSERT INTO gateways (name, max_calls) VALUES ('external/held', 1), ('external/a', 1),"
                    + " ('external/b', 1), ('external/c', 1), ('external/d', 1)");
            for (String gateway : List.of("held", "a", "b", "c", "d")) {
                callout.numbers(callout.campaign(gateway, Map.of("profile_gateway", "external/" + gateway)), "7", 2);
            }
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 8);
            holder.rollback();
        }
    }

    @Tag("waiting")
    @Test
    void aLimitTakesEffectWhenItIsEditedAndWhatALostNodeHadIsFreeInTheEnd() throws Exception {
        try (Installation callout = installation()) {
            SimulatedTrunk trunk = new SimulatedTrunk(10_000, A_SECOND, 3);
            callout.simulated().gatewayLeadsTo("few", trunk);
            callout.execute(
                    "INSERT INTO limit_calls (limited, owner, calls) VALUES ('gateway external/few', 'lost', 3)");
            callout.execute("INSERT INTO gateways (name, max_calls) VALUES ('external/few', 3)");
            callout.numbers(callout.campaign("few", Map.of("profile_gateway", "external/few")), "71", 15);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM limit_calls WHERE owner = 'lost'") == 0);
            await().atMost(PATIENCE).until(() -> trunk.total() >= 5);
            callout.execute("UPDATE gateways SET max_calls = 1");
            callout.awaitAllFinished(PATIENCE);
            assertThat(trunk.refused()).isZero();

            callout.execute("UPDATE gateways SET max_calls = NULL");
            await().atMost(PATIENCE).until(() -> callout.number("SELECT SUM(calls) FROM limit_calls") == 0);
        }
    }
}
