package dev.callout.store.claim;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.store.rules.RuledNumber;
import dev.callout.store.sql.EpochSeconds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.RowMapper;

/**
 * A row that a claim has locked and not yet decided on.
 *
 * @param vars     its variables as they stand there; null: none
 * @param sequence its place among the numbers that are picked in the same way: priority, shuffle key, or the time of its last call
 * @param e164     the telephone that it means; null: it was not read, because its campaign has no country
 * @param stored   what the row says of the telephone; null if the campaign has no country
 */
public record PickedNumber(
        long row,
        String cld,
        String callerId,
        String vars,
        Integer duration,
        long sequence,
        EarlierState earlier,
        String e164,
        Stored stored) {

    private static final String SUCCESS = NumberStatus.SUCCESS.text();
    private static final Pattern ANY = Pattern.compile(".*");

    /**
     * What a row says of the telephone that its number means, and of the callee.
     *
     * @param e164          the telephone as it was read; null: it has not been read, or it is none
     * @param readBy        by which country, metadata and number; null: it has not been read
     * @param sum           changes with the number
     * @param claimedBefore whether any claim has ever taken the row
     * @param timezone      the callee's time zone; null: none is named
     * @param consent       the record of the callee's consent; null: none
     * @param inputs        changes with each column that calling rules judge by
     */
    record Stored(
            String e164,
            String readBy,
            String sum,
            boolean claimedBefore,
            String timezone,
            String consent,
            Long inputs) {

        private static Stored of(ResultSet row) throws SQLException {
            return new Stored(
                    row.getString("e164"),
                    row.getString("e164_read"),
                    row.getString("shuffle"),
                    row.getBoolean("claimed_before"),
                    row.getString("timezone"),
                    row.getString("consent"),
                    row.getObject("inputs", Long.class));
        }

        /** Whether the number, by this version of country and metadata, was read as this telephone. */
        boolean isRead(String telephone, String version) {
            return telephone.equals(e164) && (version + "/" + sum).equals(readBy);
        }
    }

    /**
     * @param sequenceColumn the column that fresh numbers are ordered by
     * @param telephones     whether the rows have what {@link Stored} needs
     */
    static RowMapper<PickedNumber> reader(String sequenceColumn, boolean telephones) {
        return (row, n) -> new PickedNumber(
                row.getLong("i_campaign_phone"),
                row.getString("cld"),
                row.getString("callerid"),
                row.getString("vars"),
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
                telephones ? Stored.of(row) : null);
    }

    /** The same number, with the telephone that it means. */
    PickedNumber meaning(String telephone) {
        return new PickedNumber(row, cld, callerId, vars, duration, sequence, earlier, telephone, stored);
    }

    /** Whether the row has called the telephone that it means. */
    boolean hasCalled() {
        return stored.claimedBefore() && e164.equals(stored.e164());
    }

    /** The time zone of the callee that the row names; null: none, or the campaign has no country. */
    String timezone() {
        return stored == null ? null : stored.timezone();
    }

    /** The number as calling rules judge it. */
    RuledNumber ruled() {
        return new RuledNumber(row, e164, stored.timezone(), callerId, stored.consent(), stored.inputs());
    }

    /**
     * The form in which do-not-call lists have the number.
     *
     * @return empty: it is not a number that anybody could have asked not to be called at. The dialler will refuse it
     */
    Optional<String> listed() {
        try {
            return Optional.of(PhoneNumber.of(cld, ANY).listed());
        } catch (UndialableException e) {
            return Optional.empty();
        }
    }

    /** The uuid of the call that a claim makes of it. */
    String callUuid(String prefix) {
        return prefix + HexFormat.of().toHexDigits(row, 12);
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
