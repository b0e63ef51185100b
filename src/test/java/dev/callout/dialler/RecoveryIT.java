package dev.callout.dialler;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.callout.store.DatabaseClock;
import dev.callout.store.Nodes;
import dev.callout.store.Schema;
import dev.callout.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a node looks for calls of lost ones. Its lease is 6 s long, so it waits for 1 s after another's has run out. */
class RecoveryIT {

    private TestDatabase database;
    private Nodes nodes;
    private Lease lease;
    private Campaigns campaigns;
    private Recovery recovery;
    private final AtomicLong nanoTime = new AtomicLong();

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.withTables();
        nodes = new Nodes(database.dataSource());
        DatabaseClock clock = new DatabaseClock(database.dataSource());
        lease = new Lease("here", Duration.ofSeconds(6), new Schema(database.dataSource()), nodes, nanoTime::get);
        campaigns = new Campaigns(null, null, null, null, clock);
        recovery = new Recovery(new CalloutTables(database.dataSource(), Duration.ofHours(1), false, clock), nodes, lease,
                new Attempts(), campaigns, clock, nanoTime::get);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void firstLooksWhenItHoldsItsLeaseAndKnowsTheCampaigns() throws Exception {
        assertThat(recovery.due()).isFalse();
        lease.keep();
        assertThat(recovery.due()).isFalse();
        campaigns.read(List.of());

        assertThat(recovery.due()).isTrue();
    }

    @Test
    void looksEveryTwoSecondsWhileAllLeasesAreRenewed() throws Exception {
        lease.keep();
        campaigns.read(List.of());
        recovery.takeOver();
        pass(Duration.ofMillis(1_999));
        assertThat(recovery.due()).isFalse();
        pass(Duration.ofMillis(1));

        assertThat(recovery.due()).isTrue();
    }

    @Test
    void looksAsSoonAsALeaseHasRunOutAndTheMarginIsOver() throws Exception {
        nodes.register("there", "lost", Duration.ofMillis(800));
        lease.keep();
        campaigns.read(List.of());
        recovery.takeOver();
        // Of the 1,800 ms some have passed while the database was asked.
        pass(Duration.ofMillis(800));
        assertThat(recovery.due()).isFalse();
        pass(Duration.ofMillis(1_000));

        assertThat(recovery.due()).isTrue();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
