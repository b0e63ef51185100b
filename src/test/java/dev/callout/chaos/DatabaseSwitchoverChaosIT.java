package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.chaos.site.TcpProxy;
import dev.callout.testbed.Primary;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database's address moves to another server and back, while the old server stays up and accepts no writes. */
@Tag("full")
@Tag("chaos")
class DatabaseSwitchoverChaosIT {

    /** An old connection of the pool lives for half an hour. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void promisesAreKept() throws Exception {
        try (Primary first = new Primary();
                Primary second = new Primary()) {
            AtomicInteger primary = new AtomicInteger(first.port());
            try (TcpProxy address = new TcpProxy(primary::get)) {
                String url = "jdbc:mariadb://127.0.0.1:" + address.port() + "/callout";
                try (Site site = new Site("database switched over", url + "?user=administrator")
                        .with("callout.db.url", url)
                        .with("callout.db.user", "dialler")) {
                    site.startSwitch();
                    site.startDialler("a");
                    site.database().awaitTables();
                    site.database().campaign(Site.size(200, 1000));
                    Primary old = first;
                    Primary next = second;
                    for (int i = 0; i < Site.size(2, 6) && !site.database().allFinished(); i++) {
                        site.awaitNewCalls(10);
                        site.anyInstantWithin(Duration.ofMillis(1500));
                        switchOver(site, primary, old, next);
                        Primary gone = old;
                        old = next;
                        next = gone;
                    }
                    site.awaitAllFinished();
                    Promises.assertKept(site);
                    assertThat(site.dialler("a").output())
                            .as("log")
                            .doesNotContain("\tat ")
                            .contains("cannot be used", "answers again");
                }
            }
        }
    }

    private static void switchOver(Site site, AtomicInteger primary, Primary old, Primary next) throws Exception {
        site.fault("database switched over", () -> {
            old.readOnly(true);
            site.anyInstantWithin(Duration.ofSeconds(2));
            next.takeOver(old);
            next.readOnly(false);
            primary.set(next.port());
            int calls = site.ledger().size();
            long moved = System.nanoTime();
            site.await(
                    "calls from the new primary's tables",
                    () -> site.database().allFinished() || site.ledger().size() > calls);
            assertThat(Duration.ofNanos(System.nanoTime() - moved)).isLessThan(SOON);
        });
    }
}
