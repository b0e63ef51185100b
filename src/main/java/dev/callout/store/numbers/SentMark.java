package dev.callout.store.numbers;

import dev.callout.store.gateway.LegChanges;
import dev.callout.store.sql.EpochSeconds;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Records that an originate is about to be sent.
 *
 * @param campaign   {@code i_campaign}, whose run the call counts for
 * @param row        the row's id
 * @param callUuid   the call's uuid, as claimed
 * @param number     the number in dialable form, for the do-not-call list
 * @param e164       the telephone, for the do-not-call lists; null if the campaign has no country
 * @param earlier    how many attempts were charged when the number was claimed
 * @param attempt    the attempt that is charged: {@code call_count} becomes this
 * @param at         {@code setup_time}
 * @param switchName the switch that will be asked
 * @param coreUuid   the switch's incarnation; null if unknown
 * @param gateway    the gateway the call leaves by, as campaigns name it; null: none
 * @param expires    the earliest instant at which the call has certainly ended
 * @param before     the leg before; null: this is the first
 */
public record SentMark(
        long campaign,
        long row,
        String callUuid,
        String number,
        String e164,
        int earlier,
        int attempt,
        Instant at,
        String switchName,
        String coreUuid,
        String gateway,
        Instant expires,
        Before before) {

    /**
     * A call of the same attempt that has ended, and that this one follows as its next leg.
     *
     * @param callUuid its uuid, in which the number is
     * @param recorded its end, as {@code insert-attempts.sql} reads it: a JSON object
     */
    public record Before(String callUuid, String recorded) {}

    /** What the statements read of it in their batch. */
    Map<String, Object> members() {
        Map<String, Object> members = new HashMap<>();
        members.put("id", row);
        members.put("call", callUuid);
        members.put("number", number);
        members.put("e164", e164);
        members.put("earlier", earlier);
        members.put("attempt", attempt);
        members.put("sent", EpochSeconds.of(at));
        members.put("switch", switchName);
        members.put("core", coreUuid);
        members.put("gateway", gateway);
        members.put("expires", EpochSeconds.of(expires));
        return members;
    }

    /** The change of calls that comes with the mark of a further leg. */
    LegChanges.Change change() {
        return new LegChanges.Change(row, before.callUuid, callUuid, e164, expires);
    }
}
