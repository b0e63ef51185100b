package dev.callout.dialler.operate;

import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.node.Lease;
import dev.callout.dialler.node.Outages;
import dev.callout.dialler.stop.StopAll;
import dev.callout.lifecycle.Halt;
import dev.callout.lifecycle.Routes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why this node dials no campaign at all, whatever the campaigns' own state is. */
public final class NodeIdle {

    /** The routes without which nothing is known about campaigns. */
    private static final String LEASE = "lease";

    private static final String CLAIM = "claim";

    private final Lease lease;
    private final Routes routes;
    private final Outages outages;
    private final Draining draining;
    private final StopAll stopAll;
    private final Switches switches;

    /** The reasons are read from the parts of this node each time they are asked for. */
    public NodeIdle(
            Lease lease, Routes routes, Outages outages, Draining draining, StopAll stopAll, Switches switches) {
        this.lease = lease;
        this.routes = routes;
        this.outages = outages;
        this.draining = draining;
        this.stopAll = stopAll;
        this.switches = switches;
    }

    /** Why the campaigns could not be read for the first time, in words; null if no read has failed. */
    String faultOfFirstRead() {
        return Stream.of(LEASE, CLAIM)
                .map(route -> outages.faultOf(route, null))
                .filter(Objects::nonNull)
                .findFirst()
                .map(fault -> "this node cannot read the campaigns: " + fault)
                .orElse(null);
    }

    /** The switches that answer. */
    Set<String> answering() {
        return switches.answering();
    }

    /** That everything is stopped; null if it is not, or if that is not known. */
    Idle stopped() {
        return stopAll.stop()
                .map(stop -> new Idle(Idle.Reason.STOPPED, stop.toString()))
                .orElse(null);
    }

    /**
     * The reason; null if this node can dial.
     *
     * @param readAt when the campaigns were last read, by {@link System#nanoTime()}; null: never
     */
    Idle reason(Long readAt) {
        if (draining.isOn()) {
            return new Idle(
                    Idle.Reason.DRAINING, "this node makes no new calls: it is being drained, or about to stop");
        }
        Optional<Halt> halt = routes.haltOfCampaigns();
        if (halt.isPresent()) {
            return new Idle(Idle.Reason.ROUTE_HALTED, halt.get().toString());
        }
        if (!lease.held()) {
            String fault = outages.faultOf(LEASE, null);
            return new Idle(
                    Idle.Reason.DATABASE_AWAY,
                    "this node holds no lease, because it cannot use the database"
                            + (fault == null ? "" : ": " + fault));
        }
        if (!lease.isCounted()) {
            return new Idle(
                    Idle.Reason.RATE,
                    "this node has just begun: other nodes take smaller shares of calls-per-second before its first call");
        }
        String fault = outages.faultOf(CLAIM, readAt);
        if (fault != null) {
            return new Idle(ofDatabase(), "the campaigns cannot be read: " + fault);
        }
        Optional<String> unread = stopAll.unread();
        if (unread.isPresent()) {
            return new Idle(ofDatabase(), unread.get());
        }
        return switches.anyAnswers() ? null : new Idle(Idle.Reason.SWITCH_AWAY, "no switch answers");
    }

    private Idle.Reason ofDatabase() {
        return outages.databaseAway() ? Idle.Reason.DATABASE_AWAY : Idle.Reason.REFUSED;
    }
}
