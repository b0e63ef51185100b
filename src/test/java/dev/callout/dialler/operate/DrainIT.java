package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.campaigns.Idle;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A node that is drained makes no new calls, and hears those that are up to their ends. */
class DrainIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aStopWaitsForTheEndsOfCallsAndMakesNoNewOnes() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .with("CALLOUT_DRAIN_SEC", "60")
                        .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "20")
                        .with("CALLOUT_CLAIM_HORIZON_SEC", "60")
                        .with("CALLOUT_LEASE_SEC", "90")
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(50), Duration.ofSeconds(2))))
                        .start()) {
            callout.numbers(
                    callout.campaign("long", Map.of("max_concurrent_calls", 500, "threshold_msec", 1900)), "100", 600);
            await().atMost(PATIENCE).until(() -> callout.ledger().size() >= 10);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(callout::stop);
            await().atMost(PATIENCE)
                    .until(() -> log.messages().stream().anyMatch(one -> one.startsWith("No new calls are made")));
            int made = callout.ledger().size();
            stopped.get(60, TimeUnit.SECONDS);

            assertThat(callout.ledger().size())
                    .as("calls made since, but those that were on their way")
                    .isLessThan(made + 5);
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT(call_count, ' ', COALESCE(status, 'NULL'), ' ', call_uuid IS NULL)"
                                    + " FROM campaign_phones ORDER BY 1"))
                    .containsExactly("0 idle 1", "1 success 1");
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones"))
                    .isEqualTo(callout.ledger().size());
            assertThat(log.stackTraces()).isEmpty();
        }
    }

    @Test
    void aNodeIsDrainedAndGoesOn() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(300))))
                .start()) {
            long campaign = callout.campaign("short", Map.of("max_concurrent_calls", 5));
            callout.numbers(campaign, "100", 60);
            await().atMost(PATIENCE).until(() -> callout.ledger().size() >= 10);
            Draining draining = callout.camelContext().getRegistry().lookupByNameAndType("draining", Draining.class);
            byOperator("begin");
            await().atMost(PATIENCE).until(() -> draining.getCallsLeft() == 0);
            int made = callout.ledger().size();
            assertThat(callout.control().status(campaign).standing().idle().reason())
                    .isEqualTo(Idle.Reason.DRAINING);
            await().during(Duration.ofSeconds(1))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().size() == made);
            assertThat(callout.column("SELECT DISTINCT status FROM campaign_phones WHERE call_count > 0"))
                    .containsExactly("success");

            byOperator("end");
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().size()).isEqualTo(60);
        }
    }

    private static void byOperator(String operation) throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("org.apache.camel:context=callout,type=callout,name=\"draining\""),
                        operation,
                        null,
                        null);
    }
}
