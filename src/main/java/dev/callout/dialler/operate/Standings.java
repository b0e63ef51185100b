package dev.callout.dialler.operate;

import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.measure.Traffic;
import dev.callout.store.DatabaseClock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What this node does for the campaigns, and why it does not do more. Does not query the database. */
public final class Standings {

    /** The reasons that hold on every node. They are shown before those of this node. */
    private static final Set<Idle.Reason> ON_ALL_NODES = Set.of(
            Idle.Reason.PAUSED,
            Idle.Reason.RUN_ENDED,
            Idle.Reason.SETTING_WRONG,
            Idle.Reason.SCHEDULE,
            Idle.Reason.BUDGET);

    /** The reasons of campaigns that do not go on when everything is resumed. */
    private static final Set<Idle.Reason> RESTS = Set.of(Idle.Reason.PAUSED, Idle.Reason.RUN_ENDED);

    private final Campaigns campaigns;
    private final Attempts attempts;
    private final Traffic traffic;
    private final NodeIdle node;
    private final DatabaseClock clock;

    /** The standings of the campaigns on one node. */
    public Standings(Campaigns campaigns, Attempts attempts, Traffic traffic, NodeIdle node, DatabaseClock clock) {
        this.campaigns = campaigns;
        this.attempts = attempts;
        this.traffic = traffic;
        this.node = node;
        this.clock = clock;
    }

    /** The status of a campaign. The clock must be {@linkplain DatabaseClock#isMeasured measured}. */
    public Standing of(long campaign) {
        return new Standing(
                attempts.up(campaign),
                attempts.talking(campaign),
                traffic.counts(campaign),
                idle(campaign, clock.now()));
    }

    /** Why the campaign is idle, in words. Empty if it is dialled, or if this node has not read the campaigns yet. */
    String whyIdle(long campaign) {
        if (!clock.isMeasured()) {
            String fault = node.faultOfFirstRead();
            return fault == null ? "" : fault;
        }
        Idle idle = idle(campaign, clock.now());
        return idle == null || idle.reason().isDialled() ? "" : idle.text();
    }

    /** Sentences about those of some files that switches lack which answer. */
    List<String> missing(List<String> files) {
        return campaigns.missingFiles().of(files, node.answering());
    }

    private Idle idle(long campaign, Instant now) {
        Idle own = campaigns.whyIdle(campaign, now, attempts.of(campaign));
        Idle stopped = node.stopped();
        if (stopped != null && (own == null || !RESTS.contains(own.reason()))) {
            return stopped;
        }
        if (own != null && ON_ALL_NODES.contains(own.reason())) {
            return own;
        }
        Idle ofNode = node.reason(campaigns.readAt());
        return ofNode == null ? own : ofNode;
    }

    /** Why nothing is known about any campaign, for as long as {@link DatabaseClock#isMeasured} returns false. */
    public String notLookedAt() {
        String fault = node.faultOfFirstRead();
        return fault == null ? "this node has just started, and has not read the campaigns yet" : fault;
    }

    /** Whether calls of the campaign are in progress. */
    boolean hasCalls(long campaign) {
        return attempts.of(campaign) > 0;
    }

    /**
     * When the calls of this node were set up that are in progress, by the database's clock.
     *
     * @param campaign the {@code i_campaign} of their campaign; null: of all
     */
    public List<Instant> begun(Long campaign) {
        return attempts.all().stream()
                .filter(attempt -> attempt.has(Fact.HAS_CHANNEL)
                        && (campaign == null || attempt.campaign().id() == campaign))
                .map(attempt -> attempt.span().sentAt())
                .filter(Objects::nonNull)
                .toList();
    }
}
