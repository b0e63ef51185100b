package dev.callout.store;

import dev.callout.campaign.rules.RuleBook;
import dev.callout.campaign.telephone.Country;
import java.time.ZoneId;
import java.util.List;

/**
 * What applies to campaigns whose rows set nothing else, and the rules that they can name.
 *
 * @param zone         {@code callout.timezone}; null if it is not set
 * @param country      {@code callout.country}; null if it is not set
 * @param callingRules {@code callout.calling-rules}: names of the rules that bind all campaigns
 * @param ruleBook     all calling rules
 */
public record CampaignDefaults(ZoneId zone, Country country, List<String> callingRules, RuleBook ruleBook) {

    /** Those of an installation that sets nothing. */
    public static final CampaignDefaults NONE = new CampaignDefaults(null, null);

    /** Copies the names. */
    public CampaignDefaults {
        callingRules = List.copyOf(callingRules);
    }

    /** Those where calling rules do not matter, because nothing is dialled. A campaign that names one has a problem. */
    public CampaignDefaults(ZoneId zone, Country country) {
        this(zone, country, List.of(), RuleBook.EMPTY);
    }
}
