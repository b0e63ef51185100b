package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.doors.UsersDoor;
import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which gateway each attempt left by is written of it, and is the one that is blamed. */
class AttemptGatewayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GATEWAYS =
            "SELECT DISTINCT CONCAT_WS(' ', LEFT(number, 1), COALESCE(call_gateway, 'none'))"
                    + " FROM call_attempts ORDER BY 1";
    private static final Processor BY_PREFIX = exchange -> {
        if (UsersDoor.number(exchange).startsWith("2")) {
            exchange.getMessage().setHeader("CalloutGateway", "external/two");
        }
    };

    @TempDir
    private Path folder;

    private Installation.Builder byPrefix() throws Exception {
        return UsersDoor.running(folder, "choose-gateway", BY_PREFIX);
    }

    @Test
    void eachAttemptHasItsGatewayAndTheOneThatFailsRests() throws Exception {
        try (Installation callout = byPrefix()
                .with("CALLOUT_CAMPAIGN_SIPPROXY", "proxy.example")
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(call -> call.number().startsWith("2")
                        ? CalleePlan.refuses(503, Duration.ofMillis(20))
                        : CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(20))))
                .build()) {
            callout.execute("CREATE TABLE call_list (number VARCHAR(30))");
            callout.execute("INSERT INTO call_list (number) VALUES ('40000')");
            callout.start();
            long campaign = callout.campaign("prefixes", Map.of("max_concurrent_calls", 20));
            callout.numbers(campaign, "1", 50);
            callout.numbers(campaign, "2", 50);
            callout.numbers(callout.campaign("proxy", Map.of("profile_gateway", "")), "3", 1);
            callout.campaign("list", Map.of("destination_list", "call_list"));
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts WHERE status = 'success'") == 52);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(rests(callout, "Gateway external/two")).isTrue();
                assertThat(rests(callout, "Gateway gw")).isFalse();
            });
            assertThat(callout.column(GATEWAYS)).containsExactly("1 gw", "2 external/two", "3 none", "4 gw");
        }
    }

    private static boolean rests(Installation callout, String gateway) throws Exception {
        ObjectName name = new ObjectName("org.apache.camel:context="
                + callout.camelContext().getManagementName() + ",type=callout,name=\"gateways\"");
        TabularData gateways =
                (TabularData) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Gateways");
        return (boolean) gateways.get(new Object[] {"sim", gateway}).get("rests");
    }

    @Test
    void aCallThatIsTakenOverKeepsItsGatewayWhateverItsCampaignSaysMeanwhile() throws Exception {
        try (Installation callout = byPrefix()
                .with("CALLOUT_LEASE_SEC", "3")
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .build()) {
            callout.execute("CREATE TABLE call_list (number VARCHAR(30))");
            callout.execute("INSERT INTO call_list (number) VALUES ('40000')");
            callout.start();
            long campaign = callout.campaign("up", Map.of("max_concurrent_calls", 5));
            callout.numbers(campaign, "1", 2);
            callout.numbers(campaign, "2", 2);
            callout.campaign("list", Map.of("destination_list", "call_list"));
            Operator.awaitFollowed(callout, 5);
            String owner = callout.column("SELECT DISTINCT owner FROM campaign_phones WHERE owner IS NOT NULL")
                    .get(0);
            callout.execute("UPDATE campaigns SET profile_gateway = 'other'");
            callout.execute("DELETE FROM nodes");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE owner <> '" + owner + "'")
                                    == 4
                            && callout.number("SELECT COUNT(*) FROM call_list WHERE callout_owner <> '" + owner + "'")
                                    == 1);
            Operator.hangUpAll(callout);
            await().atMost(PATIENCE).until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 5);

            assertThat(callout.column(GATEWAYS)).containsExactly("1 gw", "2 external/two", "4 none");
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE callout_gateway IS NOT NULL"))
                    .isZero();
        }
    }
}
