package dev.callout.store;

import dev.callout.campaign.telephone.Country;
import java.time.ZoneId;

/**
 * What applies to campaigns whose rows set nothing else.
 *
 * @param zone    {@code callout.timezone}; null if it is not set
 * @param country {@code callout.country}; null if it is not set
 */
public record CampaignDefaults(ZoneId zone, Country country) {}
