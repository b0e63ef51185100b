package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import dev.callout.store.gateway.DayBills;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What campaigns with a limit have spent on the day, as far as this node knows. Thread-safe. */
public final class SpentBudgets {

    private final Map<Long, DayBills.Spent> spent = new ConcurrentHashMap<>();

    /**
     * Takes over what a campaign has spent.
     *
     * @return whether that reaches a limit
     */
    boolean found(Campaign campaign, DayBills.Spent found) {
        spent.put(campaign.id(), found);
        return campaign.budget().reachedBy(found.cost(), found.billedSec()).isPresent();
    }

    /** Why a campaign must wait for its next day; null: it need not. */
    Idle idle(Campaign campaign, Instant now) {
        DayBills.Spent known = spent.get(campaign.id());
        LocalDate day = campaign.billDay(now);
        if (known == null || !known.day().equals(day)) {
            return null;
        }
        Optional<String> limit = campaign.budget().reachedBy(known.cost(), known.billedSec());
        return limit.map(reached -> new Idle(
                        Idle.Reason.BUDGET,
                        "reached " + reached + " of " + day + ", opens at "
                                + day.plusDays(1)
                                        .atStartOfDay(campaign.billZone())
                                        .toLocalDateTime() + " "
                                + campaign.billZone()))
                .orElse(null);
    }

    /** Forgets all other campaigns. */
    void keepOnly(Collection<Long> campaigns) {
        spent.keySet().retainAll(campaigns);
    }
}
