package dev.callout.store.numbers;

import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.EarlierState;
import dev.callout.store.sql.EpochSeconds;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A claimed number that was not dialled, or whose originate was refused. No attempt is charged.
 *
 * @param campaign {@code i_campaign}
 * @param row      the row's id
 * @param callUuid the call's uuid, as claimed
 * @param attempt  the attempt, as claimed
 * @param earlier  the state to go back to
 * @param nextCall when the number is due again; null: at once. {@code earlier.nextCall()} for no change
 */
public record GivenBack(long campaign, long row, String callUuid, int attempt, EarlierState earlier, Instant nextCall) {
    /** Gives a number back as it was. */
    public static GivenBack asItWas(ClaimedNumber number) {
        return until(number, number.earlier().nextCall());
    }

    /** Gives a number back. It is not dialled before the given instant. */
    public static GivenBack until(ClaimedNumber number, Instant nextCall) {
        return new GivenBack(
                number.campaign(), number.row(), number.callUuid(), number.attempt(), number.earlier(), nextCall);
    }

    /** What the statements read of it in their batch. */
    Map<String, Object> members() {
        Map<String, Object> members = new HashMap<>();
        members.put("id", row);
        members.put("call", callUuid);
        members.put("attempt", attempt);
        members.put("count", earlier.callCount());
        members.put("status", earlier.status());
        members.put("setup", earlier.setup());
        members.put("connect", earlier.connect());
        members.put("disconnect", earlier.disconnect());
        members.put("expires", earlier.expires());
        members.put("put_off", putOff());
        members.put("next_call", EpochSeconds.of(nextCall));
        return members;
    }

    /** Whether the number's due time changes. */
    boolean putOff() {
        return !Objects.equals(nextCall, earlier.nextCall());
    }
}
