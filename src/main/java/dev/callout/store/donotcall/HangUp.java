package dev.callout.store.donotcall;

import java.time.Duration;
import java.time.Instant;

/**
 * A telephone whose calls are to be ended, because somebody has put it on a do-not-call list and asked for that.
 *
 * @param at       when, by the database's clock
 * @param dialled  the number in the form that the do-not-call list compares; null: it could not be dialled
 * @param e164     the telephone that it means; null: not known
 * @param campaign the campaign whose calls are concerned; null: those of all campaigns
 */
public record HangUp(Instant at, String dialled, String e164, Long campaign) {

    /** The entry is committed some time after its instant. From then on the entry itself prevents calls. */
    private static final Duration UNTIL_COMMITTED = Duration.ofSeconds(5);

    /**
     * Whether a call is to be ended.
     *
     * @param called  the number that it called, as it was dialled; null: not known
     * @param meaning the telephone that this means; null: not known
     * @param sentAt  when its sent mark was set, by the database's clock; null: not known
     */
    public boolean concerns(long ofCampaign, String called, String meaning, Instant sentAt) {
        return (campaign == null || campaign == ofCampaign)
                && (sentAt == null || !sentAt.isAfter(at.plus(UNTIL_COMMITTED)))
                && (dialled != null && dialled.equalsIgnoreCase(called) || e164 != null && e164.equals(meaning));
    }
}
