package dev.callout.store.numbers;

import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.EarlierState;
import java.time.Instant;
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

    /** Whether the number's due time changes. */
    boolean putOff() {
        return !Objects.equals(nextCall, earlier.nextCall());
    }
}
