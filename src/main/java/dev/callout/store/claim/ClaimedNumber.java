package dev.callout.store.claim;

import java.time.Instant;

/**
 * A number taken by a claim. It belongs to the claiming node until it is given back or its call has ended.
 *
 * @param campaign {@code i_campaign}
 * @param row      the row's id in the callout table
 * @param cld      the number as stored, maybe not dialable
 * @param e164     the telephone that it means; null if its campaign has no country
 * @param timezone the time zone of the callee that the row names; null: none, or it was not read
 * @param attempt  the number of this attempt, from 1
 * @param callUuid the call's Unique-ID, to be passed as {@code origination_uuid}
 * @param dialAt   the instant reserved for it
 * @param expires  the earliest instant at which the call has certainly ended
 * @param callerId the row's caller id, null if it has none
 * @param duration the row's talk time in seconds, null if it has none
 * @param vars     the row's variables as they stand there, maybe no JSON; null: none
 * @param earlier  what giving it back restores
 */
public record ClaimedNumber(
        long campaign,
        long row,
        String cld,
        String e164,
        String timezone,
        int attempt,
        String callUuid,
        Instant dialAt,
        Instant expires,
        String callerId,
        Integer duration,
        String vars,
        EarlierState earlier) {

    /** A number without variables. */
    public ClaimedNumber(
            long campaign,
            long row,
            String cld,
            String e164,
            String timezone,
            int attempt,
            String callUuid,
            Instant dialAt,
            Instant expires,
            String callerId,
            Integer duration,
            EarlierState earlier) {
        this(campaign, row, cld, e164, timezone, attempt, callUuid, dialAt, expires, callerId, duration, null, earlier);
    }
}
