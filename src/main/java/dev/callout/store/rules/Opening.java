package dev.callout.store.rules;

import dev.callout.store.sql.EpochSeconds;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When the first of the numbers opens that calling rules keep closed.
 *
 * @param at     the instant, maybe in the past; {@link #NEVER} or later: not before something is changed
 * @param reason why that number is closed, in words, without the number; null if somebody has deleted it
 */
public record Opening(Instant at, String reason) {

    /** Stands for numbers that no time opens. */
    public static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    /** The same as columns of {@code due-campaigns.sql}, as {@link dev.callout.store.CampaignRow} reads them. */
    public Map<String, Object> columns() {
        Map<String, Object> columns = new HashMap<>();
        columns.put("next_opening", EpochSeconds.of(at));
        columns.put("closed_because", reason);
        return columns;
    }
}
