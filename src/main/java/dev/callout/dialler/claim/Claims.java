package dev.callout.dialler.claim;

import dev.callout.campaign.Campaign;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.attempt.Evidence;
import dev.callout.dialler.attempt.ReturnedInstants;
import dev.callout.dialler.campaigns.BudgetWatch;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.measure.Meters;
import dev.callout.dialler.node.RightToDial;
import dev.callout.settings.ClaimSettings;
import dev.callout.settings.TableOptions;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
import dev.callout.store.claim.CampaignHeldException;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.sql.DatabaseFault;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides when to claim, and claims. */
public final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final CalloutTables tables;
    private final Supplier<ClaimSettings> settings;
    private final TableOptions options;
    private final Campaigns campaigns;
    private final ClaimShares shares;
    private final Attempts attempts;
    private final RightToDial right;
    private final HolderSearch holderSearch;
    private final BudgetWatch budgets;
    private final Meters meters;
    private final DatabaseClock clock;
    private volatile long lastReading;
    private volatile long lastClaim;
    private volatile boolean moreSoon;
    private volatile boolean everRead;
    /** Whether lines have become free since the last claim, without an end or a return that this node knows of. */
    private volatile boolean linesFreed;
    /** Tables on which a claim may have been committed without this node learning what it took. */
    private final Set<CalloutTable> unsure = new HashSet<>();

    public Claims(
            CalloutTables tables,
            Supplier<ClaimSettings> settings,
            TableOptions options,
            Campaigns campaigns,
            ClaimShares shares,
            Attempts attempts,
            RightToDial right,
            HolderSearch holderSearch,
            BudgetWatch budgets,
            Meters meters,
            DatabaseClock clock) {
        this.tables = tables;
        this.settings = settings;
        this.options = options;
        this.campaigns = campaigns;
        this.shares = shares;
        this.attempts = attempts;
        this.right = right;
        this.holderSearch = holderSearch;
        this.budgets = budgets;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Whether it is time to claim. That is so if a scan is due, if numbers that were given back, or a correction of the
     * counts, have freed lines, or if campaigns had more to dial than fitted into the last claim's horizon.
     */
    public boolean due() {
        return readingDue()
                || campaigns.linesBack()
                || linesFreed
                || moreSoon && passed(lastClaim, settings.get().horizon().dividedBy(2));
    }

    /** Whether a scan interval has passed since the campaigns were read. */
    public boolean readingDue() {
        return !everRead || passed(lastReading, options.scanInterval());
    }

    /** The time by which retries are due, in seconds since 1970, for statements. */
    public BigDecimal now() {
        return BigDecimal.valueOf(clock.due().toEpochMilli(), 3);
    }

    /** Fewer lines are in use than the last claim has found. */
    void linesFreed() {
        linesFreed = true;
    }

    /** Records that the campaigns have just been read. */
    public void read() {
        lastReading = System.nanoTime();
        everRead = true;
    }

    /**
     * The order for each campaign that may dial now: its share of what the switches can take within the horizon. Empty
     * if the lease has been lost since the route checked it, if no new calls are made, or if a route that numbers pass
     * is halted.
     *
     * @throws SQLException if it is unknown what an earlier claim took, and the database does not answer
     */
    public List<ClaimShares.Order> orders() throws SQLException {
        if (!unsure.isEmpty()) {
            giveBackUnknown();
        }
        String owner = right.claimant();
        if (owner == null) {
            moreSoon = false;
            return List.of();
        }
        if (!right.mayClaim()) {
            return List.of();
        }
        lastClaim = System.nanoTime();
        moreSoon = false;
        linesFreed = false;
        campaigns.claiming();
        ClaimShares.Shared shared = shares.divide(owner, clock);
        moreSoon = shared.moreSoon();
        return shared.orders();
    }

    /**
     * Claims the numbers of one campaign. Claims none if another connection holds its row, or if a route that they pass
     * has been halted since the order was made, or if the campaign has reached its limit of the day.
     */
    public List<Attempt> claim(@Body ClaimShares.Order order) throws SQLException, LeaseLostException {
        if (!right.mayClaim()) {
            return List.of();
        }
        if (!budgets.leave(order.state().campaign())) {
            return List.of();
        }
        CalloutTable table = tables.of(order.state().campaign().destinationList());
        long campaign = order.state().campaign().id();
        Claim claim;
        try {
            claim = claimOrRemember(table, order.order());
        } catch (CampaignHeldException e) {
            LOG.debug("Nothing is claimed", e);
            campaigns.heldRows().held(campaign);
            holderSearch.begin(campaign);
            return List.of();
        } catch (SQLException e) {
            if (DatabaseFault.of(e) == DatabaseFault.REFUSED) {
                campaigns.rest(campaign, "the database refuses the claim of its numbers: " + DatabaseWords.of(e));
            }
            throw e;
        }
        campaigns.heldRows().free(campaign);
        order.state().claimed(claim, order.toSteady());
        moreSoon |= order.state().moreSoon();
        List<Attempt> claimed = new ArrayList<>();
        int line = attempts.of(order.state().campaign().id());
        for (ClaimedNumber number : claim.numbers()) {
            claimed.add(Attempt.claimed(
                    order.state().campaign(), number, table, order.order().owner(), reserved(order, number, line++)));
        }
        if (!order.state().campaign().pacing().timeBetweenCalls().isZero()) {
            ReturnedInstants returned = campaigns.returned(campaign);
            returned.given(claimed.stream()
                    .map(attempt -> attempt.departure().reserved())
                    .toList());
            claimed.forEach(attempt -> attempt.departure().returnsTo(returned));
        }
        Evidence evidence = Evidence.of(campaigns.prompts().in(order.state().callBase()));
        claimed.forEach(attempt -> attempt.evidence(evidence));
        claimed.forEach(attempts::add);
        shares.counted(order, claim);
        meters.claimed(claimed.size());
        return claimed;
    }

    /**
     * The instant that the campaign's pace reserved for a number. For a campaign without a pace, it is when the
     * number's line opens.
     */
    private Instant reserved(ClaimShares.Order order, ClaimedNumber number, int line) {
        Campaign campaign = order.state().campaign();
        Instant paced = number.dialAt().plus(order.toSteady());
        Instant opens = campaign.pacing().timeBetweenCalls().isZero()
                ? campaigns.ramp(campaign.id()).opens(line, campaign.pacing().maxConcurrentCalls())
                : paced;
        return opens.isAfter(paced) ? opens : paced;
    }

    private Claim claimOrRemember(CalloutTable table, ClaimOrder order) throws SQLException, LeaseLostException {
        long began = System.nanoTime();
        try {
            return table.claim(order);
        } catch (SQLException e) {
            if (DatabaseFault.of(e) == DatabaseFault.CUT) {
                unsure.add(table);
            }
            throw e;
        } finally {
            meters.claimTook(began);
        }
    }

    /**
     * Gives back what a claim may have taken whose commit was cut. That claim holds our row in {@code nodes} until it
     * is over; so it is over once the lease could be renewed. Our numbers that wait for their sent mark go back, too:
     * they do not get it, and are claimed again. This comes before all claims, because the cut claim may have taken all
     * numbers there were. A locked table is tried again.
     */
    private void giveBackUnknown() throws SQLException {
        right.lease().keep();
        for (CalloutTable table : List.copyOf(unsure)) {
            try {
                int numbers = table.releaseUnsent(right.lease().incarnation());
                unsure.remove(table);
                LOG.info(
                        "A claim was cut while it was committed: {} numbers that were not sent have been given back",
                        numbers);
            } catch (SQLException e) {
                LOG.debug("What a claim took that was cut while it was committed cannot be given back yet", e);
            }
        }
    }

    private static boolean passed(long since, Duration time) {
        return System.nanoTime() - since >= time.toNanos();
    }
}
