package dev.callout.dialler.node;

import dev.callout.store.Capability;
import dev.callout.store.Nodes;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that run beside this one: how many there are, and which are of earlier versions. A rule that needs every node
 * waits until these are gone.
 */
public final class OlderNodes {

    private static final Logger LOG = LoggerFactory.getLogger(OlderNodes.class);

    private final Nodes nodes;
    private final IntConsumer running;
    private List<String> told = List.of();

    /**
     * @param nodes   the table of the nodes that run
     * @param running hears at each check how many run, at least 1
     */
    public OlderNodes(Nodes nodes, IntConsumer running) {
        this.nodes = nodes;
        this.running = running;
    }

    /** Checks how many nodes run, and logs once which are older. */
    public synchronized void look() throws SQLException {
        long live = nodes.leases().stream()
                .filter(lease -> !lease.left().isNegative())
                .count();
        running.accept((int) Math.max(1, live));
        List<String> older = List.of();
        for (Capability capability : Capability.values()) {
            List<String> without = nodes.without(capability);
            if (!without.isEmpty()) {
                older = without;
            }
        }
        if (!older.isEmpty() && !older.equals(told)) {
            LOG.warn(
                    "Nodes of an earlier version run beside this one: {}. Rules that need every node have no effect until they have"
                            + " been replaced; callout check lists these rules",
                    String.join(", ", older));
        }
        told = older;
    }
}
