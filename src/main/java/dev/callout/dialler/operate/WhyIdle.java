package dev.callout.dialler.operate;

import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.node.Lease;
import dev.callout.dialler.node.Outages;
import dev.callout.lifecycle.Halt;
import dev.callout.lifecycle.Routes;
import dev.callout.store.DatabaseClock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why campaigns are idle: because of their own state, or because of what this node cannot do. */
public final class WhyIdle {

    /** The routes without which nothing is known about campaigns. */
    private static final String LEASE = "lease";

    private static final String CLAIM = "claim";

    private final Campaigns campaigns;
    private final Attempts attempts;
    private final Switches switches;
    private final Lease lease;
    private final Routes routes;
    private final Outages outages;
    private final Draining draining;
    private final DatabaseClock clock;

    public WhyIdle(
            Campaigns campaigns,
            Attempts attempts,
            Switches switches,
            Lease lease,
            Routes routes,
            Outages outages,
            Draining draining,
            DatabaseClock clock) {
        this.campaigns = campaigns;
        this.attempts = attempts;
        this.switches = switches;
        this.lease = lease;
        this.routes = routes;
        this.outages = outages;
        this.draining = draining;
        this.clock = clock;
    }

    /** The reason in words. Empty if the campaign is dialled, or if this node has not read the campaigns yet. */
    String text(long campaign) {
        Idle idle = idle(campaign);
        return idle == null || idle.reason().isDialled() ? "" : idle.text();
    }

    private Idle idle(long campaign) {
        if (clock.isMeasured()) {
            return at(campaign, clock.now());
        }
        String fault = faultOfFirstLook();
        return fault == null ? null : new Idle(Idle.Reason.DATABASE_AWAY, fault);
    }

    /** Why nothing is known about any campaign, for as long as {@link DatabaseClock#isMeasured} returns false. */
    String notLookedAt() {
        String fault = faultOfFirstLook();
        return fault == null ? "this node has just been started, and has not looked at the campaigns yet" : fault;
    }

    private String faultOfFirstLook() {
        String fault = Stream.of(LEASE, CLAIM)
                .map(route -> outages.faultOf(route, null))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return fault == null ? null : "this node cannot look at the campaigns: " + fault;
    }

    /** Why the campaign is idle at this instant, by the database's clock; null if nothing keeps it. */
    Idle at(long campaign, Instant now) {
        Idle own = campaigns.whyIdle(campaign, now, attempts.of(campaign));
        boolean byOperator = own != null
                && (own.reason() == Idle.Reason.PAUSED
                        || own.reason() == Idle.Reason.RUN_ENDED
                        || own.reason() == Idle.Reason.SETTING_WRONG
                        || own.reason() == Idle.Reason.SCHEDULE);
        if (byOperator) {
            return own;
        }
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
                    "this node holds no lease, as it cannot use the database" + (fault == null ? "" : ": " + fault));
        }
        String fault = outages.faultOf(CLAIM, campaigns.readAt());
        if (fault != null) {
            return new Idle(
                    outages.databaseAway() ? Idle.Reason.DATABASE_AWAY : Idle.Reason.REFUSED,
                    "the campaigns cannot be read: " + fault);
        }
        return switches.anyAnswers() ? own : new Idle(Idle.Reason.SWITCH_AWAY, "no switch answers");
    }
}
