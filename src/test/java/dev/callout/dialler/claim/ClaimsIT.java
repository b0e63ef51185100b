package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.node.Lease;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

class ClaimsIT {

    @Test
    void aLeaseThatIsLostWhileItIsClaimedOrdersNothing() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start()) {
            callout.numbers(callout.campaign("due", Map.of("time_between_calls", 0.1)), "100", 1000);
            await().until(() -> !callout.ledger().calls().isEmpty());
            callout.camelContext().getRouteController().suspendRoute("scan");
            callout.camelContext().getRouteController().suspendRoute("lease");
            Registry registry = callout.camelContext().getRegistry();
            Claims claims = registry.lookupByNameAndType("claims", Claims.class);
            await().until(() -> !claims.orders().isEmpty());

            registry.lookupByNameAndType("lease", Lease.class).release();
            assertThat(claims.orders()).isEmpty();
        }
    }
}
