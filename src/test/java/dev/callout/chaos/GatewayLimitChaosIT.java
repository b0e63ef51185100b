package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.Site;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.simulator.SimulatedTrunk;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreshDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three diallers and two switches dial five campaigns by each of four gateways, whose carriers answer 503 to calls over
 * their limits of calls a second or at once, wherever they come from. One dialler is killed. No call is over a limit.
 *
 * <p>It has the machine for itself, because a carrier measures when calls reach it.
 */
@Tag("alone")
@Tag("chaos")
class GatewayLimitChaosIT {

    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final int CAMPAIGNS = 5;
    private static final int CHANNELS = 10;

    private static final CalleePlan SHORT = CalleePlan.answers(Duration.ofMillis(50), Duration.ofMillis(50));
    private static final CalleePlan LONG = CalleePlan.answers(Duration.ofMillis(50), Duration.ofSeconds(1));

    /**
     * How much shorter than a second of the limit the carrier's second is. Between send and receipt, a busy machine makes
     * calls stand still.
     */
    private static final Duration STANDSTILL = Duration.ofMillis(200);

    private record Carrier(String gateway, double perSecond, int numbers, int calls, Duration span) {

        SimulatedTrunk trunk() {
            return new SimulatedTrunk(calls, span.minus(STANDSTILL), 10_000);
        }
    }

    private static final List<Carrier> CARRIERS = List.of(
            new Carrier("one", 1, Site.size(5, 30), 1, Duration.ofSeconds(1)),
            new Carrier("half", 3.5, Site.size(18, 100), 7, Duration.ofSeconds(2)),
            new Carrier("thirty", 30, Site.size(150, 900), 30, Duration.ofSeconds(1)));

    @Test
    void noCarrierGetsMoreCallsThanItsLimit() throws Exception {
        try (Site site = new Site("gateway limits", FreshDatabase.create());
                SimulatedSwitch first = simulated();
                SimulatedSwitch second = simulated()) {
            site.with("callout.switches", "sim,second")
                    .with("callout.switch.sim.port", Integer.toString(first.port()))
                    .with("callout.switch.second.port", Integer.toString(second.port()))
                    .with("callout.switch.second.calls-per-second", "200")
                    .with("callout.lease-sec", Long.toString(LEASE.toSeconds()));
            List<SimulatedTrunk> trunks = CARRIERS.stream().map(Carrier::trunk).toList();
            for (int i = 0; i < CARRIERS.size(); i++) {
                first.gatewayLeadsTo(CARRIERS.get(i).gateway, trunks.get(i));
                second.gatewayLeadsTo(CARRIERS.get(i).gateway, trunks.get(i));
            }
            SimulatedTrunk ten = new SimulatedTrunk(10_000, Duration.ofSeconds(1), CHANNELS);
            first.gatewayLeadsTo("ten", ten);
            second.gatewayLeadsTo("ten", ten);
            site.startDialler("a");
            site.database().awaitTables();
            site.startDialler("b");
            site.startDialler("c");
            site.await("three nodes", () -> site.database().number("SELECT COUNT(DISTINCT name) FROM nodes") == 3);
            for (Carrier carrier : CARRIERS) {
                site.database()
                        .execute("INSERT INTO gateways (name, calls_per_second) VALUES ('external/" + carrier.gateway
                                + "', " + carrier.perSecond + ")");
                campaigns(site, carrier.gateway, carrier.numbers);
            }
            site.database().execute("INSERT INTO gateways (name, max_calls) VALUES ('external/ten', " + CHANNELS + ")");
            campaigns(site, "ten", Site.size(20, 200));
            site.await("calls", () -> first.ledger().size() + second.ledger().size() > 100);
            site.kill("b");
            site.awaitAllFinished();

            System.out.println("Gateway of " + CHANNELS + " calls at once: " + ten.total() + " calls, " + ten.peak()
                    + " at once at most");
            assertThat(ten.refused()).as("calls over max_calls").isZero();
            assertThat(ten.peak()).as("calls at once").isGreaterThan(CHANNELS / 2);
            for (int i = 0; i < CARRIERS.size(); i++) {
                Carrier carrier = CARRIERS.get(i);
                List<Long> nanos = Stream.of(first, second)
                        .flatMap(one -> one.ledger().calls().stream())
                        .filter(call -> call.gateway().equals("external::" + carrier.gateway))
                        .map(LedgerCall::nanos)
                        .sorted()
                        .toList();
                double seconds = (nanos.get(nanos.size() - 1) - nanos.get(0)) / 1e9;
                System.out.printf(
                        "Gateway of %s calls/s: %d calls in %.1f s, %.1f %% of the limit; one more than it allows in %s took"
                                + " %d ms at least%n",
                        carrier.perSecond,
                        nanos.size(),
                        seconds,
                        100 * (nanos.size() - 1) / seconds / carrier.perSecond,
                        carrier.span,
                        IntStream.range(carrier.calls, nanos.size())
                                        .mapToLong(n -> nanos.get(n) - nanos.get(n - carrier.calls))
                                        .min()
                                        .orElseThrow()
                                / 1_000_000);
                assertThat(trunks.get(i).refused())
                        .as("calls over the limit of gateway %s", carrier.gateway)
                        .isZero();
                assertThat(nanos.size() - 1)
                        .as("calls by gateway %s in %s s", carrier.gateway, seconds)
                        .isGreaterThanOrEqualTo(carrier.numbers * CAMPAIGNS - 1)
                        .isLessThanOrEqualTo((int) Math.ceil(carrier.perSecond * seconds));
            }
        }
    }

    private static SimulatedSwitch simulated() {
        return SimulatedSwitch.builder()
                .sessionsPerSecond(100_000)
                .maxSessions(100_000)
                .callees(call -> call.gateway().endsWith("ten") ? LONG : SHORT)
                .start();
    }

    private static void campaigns(Site site, String name, int numbers) throws SQLException {
        for (int i = 0; i < CAMPAIGNS; i++) {
            site.database()
                    .execute(
                            "INSERT INTO campaigns (name, profile_gateway, action_on_answer, max_concurrent_calls, max_attempts,"
                                    + " backoff_sec, threshold_msec) VALUES ('" + name + i + "', 'external/" + name
                                    + "', 'echo()', 60, 3, 2, 0)");
            site.database()
                    .execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT MAX(i_campaign), 4940000000 + seq"
                            + " FROM campaigns, seq_1_to_" + numbers + " GROUP BY seq");
        }
    }
}
