package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.callout.chaos.site.EarlierVersion;
import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.FreshDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Diallers of an earlier version and of this one on one database, as in an upgrade and a downgrade. Each in turn is
 * killed, and the other one takes over its calls.
 */
@Tag("full")
@Tag("chaos")
class MixedVersionsChaosIT {

    @Test
    void promisesAreKept() throws Exception {
        String commit = EarlierVersion.commit();
        assumeTrue(commit != null, "The history does not reach back to an earlier version, so none is built");
        String earlier = EarlierVersion.classPath(commit);
        try (Site site = new Site("mixed versions", FreshDatabase.create())) {
            site.startSwitch();
            site.startEarlier("old", earlier);
            site.database().awaitTables();
            site.database().campaign(Site.size(700, 2500));
            site.awaitNewCalls(20);

            for (int i = 0; i < Site.size(1, 4) && !site.database().allFinished(); i++) {
                site.startDialler("new");
                awaitBoth(site);
                site.anyInstantWithin(Duration.ofMillis(1500));
                site.kill("old");
                site.awaitNewCalls(20);
                site.startEarlier("old", earlier);
                awaitBoth(site);
                site.anyInstantWithin(Duration.ofMillis(1500));
                site.kill("new");
                site.awaitNewCalls(20);
            }
            site.startDialler("new");
            site.awaitAllFinished();
            Promises.assertKept(site);
            assertThat(site.dialler("new").output())
                    .as("log of this version")
                    .contains("Nodes of an earlier version run beside");
        }
    }

    private static void awaitBoth(Site site) throws Exception {
        site.await(
                "calls of both",
                () -> site.database().allFinished()
                        || site.database().inProgressOf("new") > 0
                                && site.database().inProgressOf("old") > 0);
    }
}
