package dev.callout.store.preview;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.NumberRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * By what the numbers of a campaign are judged.
 *
 * @param campaign       the campaign, as its row is
 * @param once           whether a telephone that was reached by one of its numbers is not called by the others
 * @param doNotCallLists the further do-not-call lists that bind it; empty: none
 * @param rules          the calling rules that bind it
 * @param numberRules    how this installation judges numbers
 * @param eraseKey       by which erased persons are known; empty: nobody was erased
 * @param at             the instant at which it would dial
 */
public record PreviewTerms(
        Campaign campaign,
        boolean once,
        List<String> doNotCallLists,
        CallingRules rules,
        NumberRules numberRules,
        Optional<EraseKey> eraseKey,
        Instant at) {}
