package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreshDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The switch is killed and started again. The calls that were up are gone, and nobody is called without end because of
 * it.
 */
@Tag("chaos")
class SwitchKilledChaosIT {

    @Test
    void promisesAreKept() throws Exception {
        try (Site site = new Site("switch killed", FreshDatabase.create())) {
            site.startSwitch();
            site.proxy().record();
            site.startDialler("a");
            site.database().awaitTables();
            site.database().campaign(Site.size(200, 1000));
            int kills = Site.size(3, 5);
            for (int i = 0; i < kills && !site.database().allFinished(); i++) {
                site.awaitNewCalls(10);
                site.anyInstantWithin(Duration.ofMillis(1500));
                site.fault("switch killed", () -> {
                    site.simulated().kill();
                    site.startSwitch();
                });
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
            Set<String> dialled =
                    site.ledger().calls().stream().map(LedgerCall::uuid).collect(Collectors.toSet());
            // On a busy machine, the switch may die with commands that it has not read.
            String sent = new String(site.proxy().recorded(), StandardCharsets.UTF_8);
            assertThat(site.database().column("SELECT call_uuid FROM call_attempts WHERE hangup_cause = 'LOST_RESULT'"))
                    .filteredOn(call -> !dialled.contains(call) && !sent.contains(call))
                    .as("charged though they were never sent")
                    .hasSizeLessThanOrEqualTo(site.faults().size());
        }
    }
}
