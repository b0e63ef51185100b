package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.FreshDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the dialler at random instants, while each call fails at one gateway and goes on by the next. */
@Tag("chaos")
class NextLegsChaosIT {

    private static final String CALLS_OF_ATTEMPTS =
            "SELECT CONCAT(i_campaign_phone, '/', attempt, ': ', COUNT(*)) FROM call_attempts"
                    + " WHERE status <> 'next leg' AND charged = 1 GROUP BY i_campaign_phone, attempt HAVING COUNT(*) > 1";

    @Test
    void promisesAreKept() throws Exception {
        try (Site site = new Site("dialler killed between legs", FreshDatabase.create())) {
            site.startSwitch("--failing-gateway", "dead=503");
            site.startDialler("a");
            site.database().awaitTables();
            site.database().execute("INSERT INTO gateways (name, priority) VALUES ('dead', 1), ('sound', 2)");
            site.database().execute("INSERT INTO gateway_groups (name, gateways) VALUES ('both', 'dead,sound')");
            site.database().campaign(Site.size(150, 1000));
            site.database().execute("UPDATE campaigns SET gateway_group = 'both'");
            int kills = Site.size(4, 10);
            for (int i = 0; i < kills && !site.database().allFinished(); i++) {
                site.awaitNewCalls(2);
                site.anyInstantWithin(Duration.ofMillis(500));
                site.kill("a");
                site.startDialler("a");
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
            assertThat(site.database().column(CALLS_OF_ATTEMPTS))
                    .as("attempts that were charged more than once")
                    .isEmpty();
            assertThat(site.database().number("SELECT COUNT(*) FROM call_attempts WHERE status = 'next leg'"))
                    .as("calls that went on by the next gateway")
                    .isPositive();
        }
    }
}
