package dev.callout.chaos;

import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.FreshDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the dialler at random instants of one campaign. It is started again each time. */
@Tag("chaos")
class DiallerKilledChaosIT {

    @Test
    void promisesAreKept() throws Exception {
        try (Site site = new Site("dialler killed", FreshDatabase.create())) {
            site.startSwitch();
            site.startDialler("a");
            site.database().awaitTables();
            site.database().campaign(Site.size(250, 1200));
            int kills = Site.size(4, 12);
            for (int i = 0; i < kills && !site.database().allFinished(); i++) {
                site.awaitCallsUp(1);
                site.anyInstantWithin(Duration.ofMillis(2500));
                site.kill("a");
                site.startDialler("a");
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
        }
    }
}
