package dev.callout.store;

import dev.callout.campaign.rules.RuleBook;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.TelephonePlace;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.TreeSet;

/**
 * What applies to all campaigns, as far as their rows set nothing else, and the rules that they can name.
 *
 * @param zone         {@code callout.timezone}; null if it is not set
 * @param country      {@code callout.country}; null if it is not set
 * @param eraseKey     {@code callout.erase-key}; null if it is not set
 * @param callingRules {@code callout.calling-rules}: names of the rules that bind all campaigns
 * @param ruleBook     all calling rules
 */
public record CampaignDefaults(
        ZoneId zone, Country country, EraseKey eraseKey, List<String> callingRules, RuleBook ruleBook) {

    /** Those of an installation that sets none. */
    public static final CampaignDefaults NONE = new CampaignDefaults(null, null);

    /** Copies the names. */
    public CampaignDefaults {
        callingRules = List.copyOf(callingRules);
    }

    /** For those who read what the rows set, and call nobody. A campaign that names a calling rule has a problem. */
    public CampaignDefaults(ZoneId zone, Country country) {
        this(zone, country, null, List.of(), RuleBook.EMPTY);
    }

    /** Returns by what a node with these defaults judges numbers, beside the tables, in words. */
    public String terms() {
        return "telephones " + TelephonePlace.version() + ", time zones "
                + ZoneRulesProvider.getVersions("UTC").lastKey() + ", callout.country "
                + (country == null ? "-" : country.iso()) + ", callout.timezone " + (zone == null ? "-" : zone)
                + ", callout.calling-rules " + (callingRules.isEmpty() ? "-" : new TreeSet<>(callingRules));
    }

    /** Returns the same, with other rules to be named. */
    public CampaignDefaults with(RuleBook book) {
        return new CampaignDefaults(zone, country, eraseKey, callingRules, book);
    }
}
