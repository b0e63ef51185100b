package dev.callout.store.rules;

import dev.callout.campaign.rules.CalledParty;
import dev.callout.campaign.rules.PastCall;
import dev.callout.campaign.rules.RuleVerdict;
import java.time.Instant;
import java.util.List;

/**
 * A number that calling rules judge.
 *
 * @param row      the row's id
 * @param e164     its telephone
 * @param timezone the zone that its row names; null: none
 * @param callerId its own caller ID; null: none
 * @param consent  the record of its consent; null: none
 * @param inputs   changes with each column of the row that they judge by
 */
public record RuledNumber(long row, String e164, String timezone, String callerId, String consent, Long inputs) {

    /**
     * The number as the rules judge it.
     *
     * @param past the earlier calls to the telephone
     */
    public CalledParty party(BindingRules binding, List<PastCall> past) {
        boolean hasOwn = callerId != null && !callerId.isBlank();
        return new CalledParty(e164, timezone, hasOwn ? callerId : binding.callerId(), consent, past);
    }

    /**
     * Whether the rules allow a call at an instant.
     *
     * @param past the earlier calls to the telephone
     */
    public RuleVerdict verdict(BindingRules binding, List<PastCall> past, Instant now) {
        return binding.rules().judge(party(binding, past), now);
    }
}
