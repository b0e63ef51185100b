package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.Capability;
import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OlderNodesIT {

    @Test
    void whatNeedsEveryNodeCountsOnceNoOlderOneRuns() throws Exception {
        try (TestDatabase database = TestDatabase.withTables();
                LogCapture log = new LogCapture()) {
            Nodes nodes = new Nodes(database.dataSource());
            OlderNodes older = new OlderNodes(nodes);
            assertThat(older.everyNodeHas(Capability.UTC_INSTANTS))
                    .as("not before a look")
                    .isFalse();

            older.look();
            assertThat(older.everyNodeHas(Capability.UTC_INSTANTS)).isTrue();

            database.run(
                    "INSERT INTO nodes (incarnation, name, expires) VALUES ('o', 'old', UTC_TIMESTAMP() + INTERVAL 1 DAY),"
                            + " ('d', 'dead', UTC_TIMESTAMP() - INTERVAL 1 SECOND)");
            older.look();
            older.look();
            assertThat(older.everyNodeHas(Capability.UTC_INSTANTS)).isFalse();
            assertThat(log.warnings())
                    .filteredOn(line -> line.contains("earlier version"))
                    .singleElement()
                    .asString()
                    .contains("old (an earlier version)")
                    .doesNotContain("dead");

            nodes.release("o");
            nodes.register("another", "a", Duration.ofHours(1));
            older.look();
            assertThat(older.everyNodeHas(Capability.UTC_INSTANTS)).isTrue();
        }
    }
}
