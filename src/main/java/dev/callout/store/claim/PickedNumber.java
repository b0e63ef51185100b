package dev.callout.store.claim;

import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.store.sql.EpochSeconds;
import org.springframework.jdbc.core.RowMapper;

/**
 * A row that a claim has locked and not yet decided on.
 *
 * @param sequence its place among the fresh numbers: priority, or shuffle key
 * @param e164     the telephone that it means; null: it was not read, because its campaign has no country
 * @param timezone the time zone of the callee that the row names; null: none, or it was not read
 */
public record PickedNumber(
        long row,
        String cld,
        String callerId,
        Integer duration,
        long sequence,
        EarlierState earlier,
        String e164,
        String timezone) {

    private static final String SUCCESS = NumberStatus.SUCCESS.text();

    /** @param sequenceColumn the column that fresh numbers are ordered by */
    public static RowMapper<PickedNumber> reader(String sequenceColumn) {
        return (row, n) -> new PickedNumber(
                row.getLong("i_campaign_phone"),
                row.getString("cld"),
                row.getString("callerid"),
                row.getObject("duration", Integer.class),
                row.getLong(sequenceColumn),
                new EarlierState(
                        row.getInt("call_count"),
                        row.getString("status"),
                        row.getString("setup_time"),
                        row.getString("connect_time"),
                        row.getString("disconnect_time"),
                        row.getString("expires"),
                        EpochSeconds.instant(row, "next_call")),
                null,
                null);
    }

    /** The same number, with the telephone that it means and the time zone that its row names. */
    PickedNumber meaning(String telephone, String zone) {
        return new PickedNumber(row, cld, callerId, duration, sequence, earlier, telephone, zone);
    }

    /** The uuid of the call that a claim makes of it. */
    String callUuid(String prefix) {
        return prefix + String.format("%012x", row);
    }

    /** Whether the campaign's rules allow no more attempts. */
    boolean spent(RetryTerms terms) {
        return earlier.callCount() >= terms.maxAttempts();
    }

    /** The number of the attempt that a claim makes of it. In an endless campaign, a finished number starts anew. */
    int nextAttempt(RetryTerms terms) {
        boolean anew = terms.endless() && (spent(terms) || SUCCESS.equals(earlier.status()));
        return anew ? 1 : earlier.callCount() + 1;
    }
}
