package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A gateway over JMX: what it does, that it rests, and the end of its rest by an operator. */
class GatewayMBeanIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void aGatewayThatRestsSaysSoAndIsResetByAnOperator() throws Exception {
        ObjectName dead = new ObjectName("dev.callout:type=Gateway,name=external/dead");
        ObjectName sound = new ObjectName("dev.callout:type=Gateway,name=gw");
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .start()) {
            callout.simulated().gatewayFails("dead", 503, 1);
            callout.execute("INSERT INTO gateways (name, enabled, switches) VALUES"
                    + " ('external/dead', 1, 'sim'), ('external/off', 0, 'elsewhere')");
            Map<String, Object> settings = Map.of("max_concurrent_calls", 20, "backoff_sec", 1, "max_attempts", 1000);
            callout.numbers(callout.campaign("up", settings), "6", 3);
            long failing = callout.campaign("failing", settings);
            callout.execute("UPDATE campaigns SET profile_gateway = 'external/dead' WHERE i_campaign = " + failing);
            callout.numbers(failing, "7", 40);

            await().atMost(PATIENCE).until(() -> server.isRegistered(dead) && server.isRegistered(sound));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat((Date) attribute(dead, "RestsUntil")).isNotNull();
                assertThat((int) attribute(sound, "CallsUp")).isEqualTo(3);
            });
            assertThat(((Map<?, ?>) attribute(dead, "Rests")).get("sim").toString())
                    .startsWith("mostly fails, until ");
            assertThat((String[]) attribute(dead, "Switches")).containsExactly("sim");
            assertThat((long) attribute(dead, "CallsMade")).isGreaterThanOrEqualTo(16);
            assertThat(attribute(dead, "Causes").toString()).contains("NORMAL_TEMPORARY_FAILURE=");
            assertThat((Date) attribute(sound, "RestsUntil")).isNull();
            ObjectName off = new ObjectName("dev.callout:type=Gateway,name=external/off");
            assertThat((boolean) attribute(off, "Usable")).isFalse();
            assertThat((String[]) attribute(off, "Switches")).isEmpty();

            assertThat((String[]) server.invoke(dead, "reset", null, null)).containsExactly("sim");
            callout.simulated().gatewayFails("dead", 503, 0);
            await().atMost(PATIENCE).until(() -> (int) attribute(dead, "CallsUp") == 20);

            callout.execute("DELETE FROM gateways WHERE name = 'external/off'");
            await().atMost(PATIENCE).until(() -> !server.isRegistered(off));
        }
        assertThat(server.queryNames(new ObjectName("dev.callout:type=Gateway,*"), null))
                .isEmpty();
    }

    private Object attribute(ObjectName name, String attribute) throws Exception {
        return server.getAttribute(name, attribute);
    }
}
