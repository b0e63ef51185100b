package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.testbed.LogCapture;
import org.junit.jupiter.api.Test;

class OlderNodesIT {

    @Test
    void olderNodesAreNamedOnce() throws Exception {
        try (TestDatabase database = TestDatabase.withTables();
                LogCapture log = new LogCapture()) {
            Nodes nodes = new Nodes(database.dataSource());
            OlderNodes older = new OlderNodes(nodes);
            older.look();

            database.run(
                    "INSERT INTO nodes (incarnation, name, expires) VALUES ('o', 'old', UTC_TIMESTAMP() + INTERVAL 1 DAY),"
                            + " ('d', 'dead', UTC_TIMESTAMP() - INTERVAL 1 SECOND)");
            older.look();
            older.look();
            assertThat(log.warnings())
                    .filteredOn(line -> line.contains("earlier version"))
                    .singleElement()
                    .asString()
                    .contains("old (an earlier version)")
                    .doesNotContain("dead");
        }
    }
}
