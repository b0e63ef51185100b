package dev.callout.dialler.node;

import dev.callout.store.Capability;
import dev.callout.store.Nodes;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of earlier versions that run beside this one. A rule that needs every node waits until these are gone. */
public final class OlderNodes {

    private static final Logger LOG = LoggerFactory.getLogger(OlderNodes.class);

    private final Nodes nodes;
    /** The capabilities that every node had at the last check; empty before the first. */
    private volatile Set<Capability> shared = EnumSet.noneOf(Capability.class);

    private List<String> told = List.of();

    /** @param nodes the table of the nodes that run */
    public OlderNodes(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Looks for nodes of earlier versions, and logs once which there are. */
    public synchronized void look() throws SQLException {
        Set<Capability> found = EnumSet.noneOf(Capability.class);
        List<String> older = List.of();
        for (Capability capability : Capability.values()) {
            List<String> without = nodes.without(capability);
            if (without.isEmpty()) {
                found.add(capability);
            } else {
                older = without;
            }
        }
        shared = found;
        if (!older.isEmpty() && !older.equals(told)) {
            LOG.warn(
                    "Nodes of an earlier version run beside this one: {}. Rules that need every node have no effect until they have"
                            + " been replaced; callout check lists these rules",
                    String.join(", ", older));
        }
        told = older;
    }

    /** Whether every node that ran at the last scan has a capability. */
    boolean everyNodeHas(Capability capability) {
        return shared.contains(capability);
    }
}
