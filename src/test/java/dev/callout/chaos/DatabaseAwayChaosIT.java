package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.ChaosDatabase;
import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * MariaDB is stopped for seconds, and killed. What the switch reports in the meantime is kept, claims stop, and
 * everything resumes.
 */
@Tag("chaos")
class DatabaseAwayChaosIT {

    @Test
    void promisesAreKept() throws Exception {
        try (ChaosDatabase database = new ChaosDatabase();
                Site site = new Site("database away", database.url())) {
            site.startSwitch();
            site.startDialler("a");
            site.database().awaitTables();
            site.database().campaign(Site.size(200, 1000));
            int stops = Site.size(1, 5);
            int kills = Site.size(2, 2);
            for (int i = 0; i < stops + kills && !site.database().allFinished(); i++) {
                site.awaitNewCalls(10);
                site.anyInstantWithin(Duration.ofMillis(1500));
                boolean killed = i >= stops;
                site.fault(killed ? "database killed" : "database stopped", () -> {
                    if (killed) {
                        database.kill();
                    } else {
                        database.stop();
                        site.pause(Duration.ofSeconds(5));
                    }
                    database.start();
                });
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
            assertThat(site.database().number("SELECT COUNT(*) FROM call_attempts WHERE hangup_cause = 'LOST_RESULT'"))
                    .as("calls lost although the dialler was there all the time")
                    .isZero();
            assertThat(site.dialler("a").output())
                    .as("log")
                    .doesNotContain("\tat ")
                    .contains("cannot be used", "answers again");
        }
    }
}
