package dev.callout.dialler.node;

import dev.callout.store.Capability;
import dev.callout.store.Nodes;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of earlier versions that run beside this one. A rule that needs every node waits until these are gone. */
public final class OlderNodes {

    private static final Logger LOG = LoggerFactory.getLogger(OlderNodes.class);

    private final Nodes nodes;
    private List<String> told = List.of();

    /** @param nodes the table of the nodes that run */
    public OlderNodes(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Looks for nodes of earlier versions, and logs once which there are. */
    public synchronized void look() throws SQLException {
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
