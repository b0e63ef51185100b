package dev.callout.store;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import java.time.ZoneId;

/**
 * What applies to all campaigns, as far as their rows set nothing else.
 *
 * @param zone     {@code callout.timezone}; null if it is not set
 * @param country  {@code callout.country}; null if it is not set
 * @param eraseKey {@code callout.erase-key}; null if it is not set
 */
public record CampaignDefaults(ZoneId zone, Country country, EraseKey eraseKey) {

    /** Those of an installation that sets none. */
    public static final CampaignDefaults NONE = new CampaignDefaults(null, null);

    /** For those who read what the rows set, and call nobody. */
    public CampaignDefaults(ZoneId zone, Country country) {
        this(zone, country, null);
    }
}
