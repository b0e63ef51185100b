package dev.callout.store.numbers;

import dev.callout.store.claim.ClaimedNumber;
import java.time.Instant;

/**
 * A call that a lost node may have made (its sent mark was committed). It now belongs to the node that took it over.
 *
 * @param row        the row's id
 * @param campaign   {@code i_campaign}
 * @param cld        the number as stored
 * @param callUuid   the call's uuid
 * @param attempt    the attempt charged for it
 * @param switchName the switch that was asked; null: none, so that nothing was dialled
 * @param gateway    the gateway it left by, as campaigns name it; null: none, or it is not known
 * @param setup      when the originate was sent
 * @param connect    when the call was answered; null: no answer was committed
 * @param expires    the earliest instant at which the call has certainly ended
 * @param recorded   how the attempt ended, if the lost node recorded that before it was lost; else null
 */
public record LostCall(
        long row,
        long campaign,
        String cld,
        String callUuid,
        int attempt,
        String switchName,
        String gateway,
        Instant setup,
        Instant connect,
        Instant expires,
        Recorded recorded) {

    /** What is known of its number: neither the telephone that it means, nor what a claim would restore. */
    public ClaimedNumber asClaimed() {
        return new ClaimedNumber(campaign, row, cld, null, null, attempt, callUuid, setup, expires, null, null, null);
    }

    /** Whether the number has its sent mark. Without it, it was certainly not dialled. */
    boolean wasSent() {
        return switchName != null;
    }

    /**
     * The end of an attempt as {@code call_attempts} has it.
     *
     * @param status     the outcome
     * @param cause      the hang-up cause; null if none
     * @param connect    null: not answered
     * @param disconnect when the call ended; null if unknown
     * @param digits     the keys that were pressed; null if none
     * @param answer     the answer that they gave; null if none
     * @param answeredBy what had answered; null if that was not found out
     * @param amdMs      milliseconds until it was; null if it was not
     */
    public record Recorded(
            String status,
            String cause,
            Instant connect,
            Instant disconnect,
            String digits,
            String answer,
            String answeredBy,
            Long amdMs) {}
}
