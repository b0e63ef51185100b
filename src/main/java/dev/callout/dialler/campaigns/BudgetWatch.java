package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import dev.callout.store.DatabaseClock;
import dev.callout.store.gateway.DayBills;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the database what campaigns with {@code max_cost} or {@code max_minutes} have spent. Other campaigns cost nothing. */
public final class BudgetWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetWatch.class);

    private final DayBills bills;
    private final Campaigns campaigns;
    private final DatabaseClock clock;

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
        campaigns.budgets().keepOnly(limited.stream().map(Campaign::id).toList());
        for (Campaign campaign : limited) {
            try {
                campaigns
                        .budgets()
                        .found(
                                campaign,
                                bills.spentInAll(campaign.id(), campaign.billDay(clock.now()), campaign.billZone()));
            } catch (SQLException e) {
                if (DatabaseFault.of(e) != DatabaseFault.LOCKED) {
                    throw e;
                }
                LOG.debug("Table campaign_days is locked, so campaigns with a limit are asked for when they dial", e);
            }
        }
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
