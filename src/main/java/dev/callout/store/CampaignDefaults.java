package dev.callout.store;

import dev.callout.campaign.telephone.Country;
import java.time.ZoneId;

/**
 * What applies to campaigns whose rows set nothing else.
 *
 * @param zone    {@code callout.timezone}; null if it is not set
 * @param country {@code callout.country}; null if it is not set
 */
public record CampaignDefaults(ZoneId zone, Country country) {

    /** Those of an installation that sets neither. */
    public static final CampaignDefaults NONE = new CampaignDefaults(null, null);
}
