package dev.callout.settings;

import dev.callout.campaign.telephone.Country;
import java.util.Optional;

/**
 * How numbers become telephones.
 *
 * @param country the country whose telephones the numbers of campaigns are that name none; empty: those numbers need be no
 *                telephones
 */
public record TelephoneSettings(Optional<Country> country) {}
