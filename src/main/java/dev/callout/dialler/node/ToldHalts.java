package dev.callout.dialler.node;

import dev.callout.lifecycle.Halt;
import dev.callout.lifecycle.Routes;
import dev.callout.store.Nodes;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes to this node's row which of its routes are halted, whenever that has changed, so that a check anywhere can
 * report it.
 */
public final class ToldHalts {

    /** The number of characters that the column holds. */
    private static final int MOST = 1000;

    private final Routes routes;
    private final Lease lease;
    private final Nodes nodes;
    private Told last;

    private record Told(String incarnation, String halted) {}

    /** @param lease names the row of this node */
    public ToldHalts(Routes routes, Lease lease, Nodes nodes) {
        this.routes = routes;
        this.lease = lease;
        this.nodes = nodes;
    }

    /** Writes it if it has changed; writes nothing before this node has a row. */
    public synchronized void tell() throws SQLException {
        String text = routes.halts().stream().map(Halt::toString).collect(Collectors.joining(", "));
        Told now =
                new Told(lease.incarnation(), text.isEmpty() ? null : text.substring(0, Math.min(MOST, text.length())));
        if (now.incarnation() == null || Objects.equals(now, last) || last == null && now.halted() == null) {
            return;
        }
        nodes.tellHalted(now.incarnation(), now.halted());
        last = now;
    }
}
