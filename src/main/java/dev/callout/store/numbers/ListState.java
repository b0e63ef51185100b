package dev.callout.store.numbers;

import dev.callout.store.sql.EpochSeconds;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The state of a destination list for a campaign.
 *
 * @param hasDue     whether a number is fresh or due
 * @param hasOpen    whether any number is not finished, calls in progress included
 * @param nextDue    when the earliest retry is due, maybe in the past; null: there is none
 * @param hasInProgress whether any number of the campaign is in progress
 * @param hasClosed     whether calling rules keep any number closed
 */
public record ListState(boolean hasDue, boolean hasOpen, Instant nextDue, boolean hasInProgress, boolean hasClosed) {
    /**
     * A list that cannot be read. There is nothing to dial now, but it may well contain numbers that are not finished.
     */
    public static final ListState UNKNOWN = new ListState(false, true, null, false, false);

    /** The same as columns of {@code due-campaigns.sql}, as {@link dev.callout.store.CampaignRow} reads them. */
    public Map<String, Object> columns() {
        Map<String, Object> columns = new HashMap<>();
        columns.put("has_due", hasDue);
        columns.put("has_open", hasOpen);
        columns.put("next_due", EpochSeconds.of(nextDue));
        columns.put("next_due_local", null);
        columns.put("in_progress", hasInProgress);
        columns.put("has_closed", hasClosed);
        return columns;
    }
}
