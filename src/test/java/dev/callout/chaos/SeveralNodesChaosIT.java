package dev.callout.chaos;

import java.time.Duration;

import dev.callout.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three diallers on one database: one is killed for good, one stands still for twice its lease and more, and goes on. What it
 * had is taken over, and it must notice before it dials anybody.
 */
class SeveralNodesChaosIT {

    @Test
    void promisesAreKept() throws Exception {
        try (Site site = new Site("several nodes", TestDatabase.create())
                .with("callout.switch.sim.calls-per-second", "15")) {
            site.startSwitch();
            site.startDialler("a");
            site.awaitTables();
            site.startDialler("b");
            site.startDialler("c");
            site.await("three nodes", () -> site.number("SELECT COUNT(DISTINCT name) FROM nodes") == 3);
            site.campaign(Site.size(250, 1500));
            site.awaitNewCalls(40);
            site.anyInstantWithin(Duration.ofMillis(1500));
            site.kill("b");
            for (int i = 0; i < Site.size(2, 5) && !site.allFinished(); i++) {
                site.await("calls of c", () -> site.inProgressOf("c") >= 5 || site.allFinished());
                site.anyInstantWithin(Duration.ofMillis(500));
                site.freeze("c", Duration.ofSeconds(Site.size(6, 10)));
                site.pause(Duration.ofSeconds(2));
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
            assertThat(site.dialler("c").output()).as("log of the node that stood still").contains("has lost its lease");
        }
    }
}
