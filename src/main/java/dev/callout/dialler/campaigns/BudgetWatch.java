package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import dev.callout.store.DatabaseClock;
import dev.callout.store.gateway.DayBills;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the database what campaigns with {@code max_cost} or {@code max_minutes} have spent. Other campaigns cost nothing. */
public final class BudgetWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetWatch.class);

    private final DayBills bills;
    private final Campaigns campaigns;
    private final DatabaseClock clock;
    /** When the bills from before each limit are counted once more, by the steady clock. Used by the route that reads campaigns. */
    private final Map<Long, Instant> countAgain = new HashMap<>();

    public BudgetWatch(DayBills bills, Campaigns campaigns, DatabaseClock clock) {
        this.bills = bills;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /**
     * Reads what all campaigns with a limit have spent today, so that those that have reached it are idle.
     *
     * @throws SQLException if the database did not answer
     */
    public void read() throws SQLException {
        List<Campaign> limited = campaigns.all().stream()
                .filter(campaign -> campaign.budget().isLimited())
                .toList();
        List<Long> ids = limited.stream().map(Campaign::id).toList();
        campaigns.budgets().keepOnly(ids);
        countAgain.keySet().retainAll(ids);
        for (Campaign campaign : limited) {
            try {
                campaigns.budgets().found(campaign, spentInAll(campaign));
            } catch (SQLException e) {
                if (DatabaseFault.of(e) != DatabaseFault.LOCKED) {
                    throw e;
                }
                LOG.debug("Table campaign_days is locked, so campaigns with a limit are asked for when they dial", e);
            }
        }
    }

    private DayBills.Spent spentInAll(Campaign campaign) throws SQLException {
        Instant now = clock.steady().instant();
        Instant again = countAgain.getOrDefault(campaign.id(), now);
        boolean anew = !again.isAfter(now);
        DayBills.Spent spent =
                bills.spentInAll(campaign.id(), campaign.billDay(clock.now()), campaign.billZone(), anew);
        if (anew) {
            countAgain.put(
                    campaign.id(), countAgain.containsKey(campaign.id()) ? Instant.MAX : now.plus(DayBills.SETTLED));
        }
        return spent;
    }

    /**
     * Returns whether a campaign may still make calls today. If somebody holds the table, it may not if it has a limit.
     *
     * @throws SQLException if the database did not answer
     */
    public boolean leave(Campaign campaign) throws SQLException {
        try {
            return reached(List.of(campaign)).isEmpty();
        } catch (SQLException e) {
            if (DatabaseFault.of(e) != DatabaseFault.LOCKED) {
                throw e;
            }
            LOG.debug("Table campaign_days is locked, so campaign {} dials nothing", campaign.name(), e);
            return false;
        }
    }

    /**
     * Returns those of the campaigns that have reached a limit by now.
     *
     * @throws SQLException if the database did not answer, or somebody holds the table: then none of those with a limit
     *                      may call
     */
    public Set<Long> reached(Collection<Campaign> asked) throws SQLException {
        Set<Long> reached = new HashSet<>();
        for (Campaign one : asked) {
            Campaign campaign = campaigns.latest(one);
            if (campaign.budget().isLimited()
                    && campaigns.budgets().found(campaign, bills.spent(campaign.id(), campaign.billDay(clock.now())))) {
                reached.add(campaign.id());
            }
        }
        return reached;
    }
}
