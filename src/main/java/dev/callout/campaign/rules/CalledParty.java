package dev.callout.campaign.rules;

import java.util.List;

/**
 * What calling rules ask about a number.
 *
 * @param e164     its telephone, as E.164
 * @param timezone the time zone that its row names; null: the row names none
 * @param callerId the caller ID that the callee would see; null: none; {@link dev.callout.campaign.WayOut#FROM_POOL}: one
 *                 that is not chosen yet
 * @param consent  what the callee has agreed to, where and when; null: nothing is known
 * @param past     the earlier calls to the telephone, from all campaigns, in any order
 */
public record CalledParty(String e164, String timezone, String callerId, String consent, List<PastCall> past) {

    /** Copies the past. */
    public CalledParty {
        past = List.copyOf(past);
    }
}
