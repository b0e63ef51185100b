package dev.callout.dialler.operate;

import dev.callout.dialler.node.Lease;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/**
 * The lease as JMX shows it. It is separate from the lease itself, because routes find the lease's methods by there
 * being no other candidates.
 */
@ManagedResource(description = "This node's right to dial")
public final class ManagedLease {

    private final Lease lease;
    private final String node;

    /** @param node {@code callout.node} */
    public ManagedLease(Lease lease, String node) {
        this.lease = lease;
        this.node = node;
    }

    @ManagedAttribute(description = "callout.node")
    public String getNode() {
        return node;
    }

    @ManagedAttribute(description = "The incarnation that holds the lease; null before the first")
    public String getIncarnation() {
        return lease.incarnation();
    }

    @ManagedAttribute(description = "Whether this node may dial now")
    public boolean isHeld() {
        return lease.held();
    }

    @ManagedAttribute(description = "Seconds that this node may dial without renewing it")
    public long getSecondsLeft() {
        return lease.left().toSeconds();
    }
}
