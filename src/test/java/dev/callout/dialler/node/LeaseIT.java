package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.schema.Schema;
import dev.callout.testbed.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseIT {

    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.withTables();
    private final AtomicLong nanoTime = new AtomicLong();

    LeaseIT() throws SQLException {}

    private Lease lease(String node) {
        return new Lease(
                node, LENGTH, new Schema(database.dataSource()), new Nodes(database.dataSource()), nanoTime::get);
    }

    private void timePasses() throws SQLException {
        nanoTime.addAndGet(LENGTH.dividedBy(2).toNanos());
        database.run("UPDATE nodes SET expires = expires - INTERVAL 15 SECOND");
    }

    @Test
    void anotherNodeOfTheNameThatRunsIsTold() throws Exception {
        try (LogCapture log = new LogCapture()) {
            Lease first = lease("one");
            Lease second = lease("one");
            Lease other = lease("two");
            for (Lease each : new Lease[] {first, second, other}) {
                each.keep();
            }
            timePasses();
            first.keep();
            second.keep();
            other.keep();
            assertThat(log.warnings())
                    .containsExactly("Lease: Another running node is also called one: give each node its own"
                            + " callout.node. Otherwise their logs, metrics and calls cannot be distinguished");
            second.keep();
            assertThat(log.warnings()).hasSize(1);
        } finally {
            database.close();
        }
    }

    @Test
    void nodesHavePartsInProportionToWhatTheyCouldDo() throws Exception {
        database.run("DELETE FROM nodes");
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        AtomicLong takes = new AtomicLong(10);
        Lease one = lease("one");
        one.shares(() -> 30, first::add);
        Lease two = lease("two");
        two.shares(takes::get, second::add);
        one.keep();
        two.keep();
        one.keep();
        two.keep();
        one.keep();
        assertThat(first).as("alone, then beside one that has not told, then").containsExactly(1.0, 0.5, 0.75);
        assertThat(second).containsExactly(0.5, 0.25);

        takes.set(0);
        two.keep();
        one.keep();
        assertThat(first.get(3)).as("beside one that makes no calls").isEqualTo(1);
        assertThat(second.get(2)).isZero();

        database.run("UPDATE nodes SET takes = NULL WHERE name = 'two'");
        one.keep();
        assertThat(first.get(4)).as("beside one of an earlier version").isEqualTo(0.5);
        database.close();
    }

    @Test
    void aNodeThatBeginsBesideOthersMakesNoCallsUntilAllHaveCountedIt() throws Exception {
        database.run("DELETE FROM nodes");
        List<Integer> toldFirst = new ArrayList<>();
        List<Integer> toldSecond = new ArrayList<>();
        Lease first = lease("one");
        first.tells(toldFirst::add);
        first.keep();
        assertThat(first.isCounted()).as("alone").isTrue();

        Lease second = lease("two");
        second.tells(toldSecond::add);
        second.keep();
        assertThat(second.held()).isTrue();
        assertThat(second.isCounted())
                .as("the first may dial at the whole rate")
                .isFalse();
        timePasses();
        first.keep();
        second.keep();
        assertThat(toldFirst).containsExactly(1, 2);
        assertThat(second.isCounted()).isFalse();
        timePasses();
        second.keep();
        assertThat(second.isCounted())
                .as("who has not counted it holds no lease")
                .isTrue();

        // The second stands still for two leases; nobody takes it over.
        timePasses();
        timePasses();
        timePasses();
        first.keep();
        assertThat(toldFirst).last().isEqualTo(1);
        second.keep();
        assertThat(toldSecond).last().isEqualTo(2);
        assertThat(second.held()).isTrue();
        assertThat(second.isCounted())
                .as("the first has taken the whole rate meanwhile")
                .isFalse();
        database.close();
    }

    @Test
    void anEarlierStartOfTheNodeMakesTheNextOneWaitForNothing() throws Exception {
        database.run("DELETE FROM nodes");
        lease("one").keep();
        Lease again = lease("one");
        again.keep();
        assertThat(again.isCounted()).isTrue();
        database.close();
    }

    @Test
    void whatAnEarlierStartHasLeftIsNoOtherNode() throws Exception {
        try (LogCapture log = new LogCapture()) {
            lease("one").keep();
            Lease again = lease("one");
            again.keep();
            timePasses();
            again.keep();
            assertThat(log.warnings()).isEmpty();
        } finally {
            database.close();
        }
    }
}
