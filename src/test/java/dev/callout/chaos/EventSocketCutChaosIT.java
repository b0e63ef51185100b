package dev.callout.chaos;

import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.chaos.site.TcpProxy;
import dev.callout.testbed.FreshDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The connection to the switch is cut by RST, by silence (half-open, nobody is told), and by a network that returns
 * nothing.
 */
@Tag("chaos")
class EventSocketCutChaosIT {

    @Test
    void promisesAreKept() throws Exception {
        // Sooner than by default, but not if something stands still for some seconds.
        try (Site site = new Site("event socket cut", FreshDatabase.create())
                .with("camel.component.esl.switches[sim].commandTimeout", "7000")) {
            site.startSwitch();
            site.startDialler("a");
            site.database().awaitTables();
            site.database().campaign(Site.size(250, 1200));
            TcpProxy proxy = site.proxy();
            record Cut(String how, Runnable action) {}
            List<Cut> cuts = List.of(
                    new Cut("reset", proxy::reset),
                    new Cut("half open", proxy::vanish),
                    new Cut("stalled", proxy::stall));
            int number = Site.size(5, 12);
            for (int i = 0; i < number && !site.database().allFinished(); i++) {
                site.awaitNewCalls(10);
                site.anyInstantWithin(Duration.ofMillis(1500));
                Cut cut = cuts.get(i % cuts.size());
                int connections = proxy.accepted();
                site.fault("connection " + cut.how(), () -> {
                    cut.action().run();
                    site.await("a new connection", () -> proxy.accepted() > connections);
                    // Until it is ready, and the earlier calls have been looked up.
                    site.pause(Duration.ofMillis(1500));
                });
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
        }
    }
}
