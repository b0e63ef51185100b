package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.telephone.Country;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignRowTest {

    private static Campaign campaign(String country, String defaultCountry) {
        Map<String, Object> row = new HashMap<>(Map.of("i_campaign", 7L));
        row.put("country", country);
        return new CampaignRow(
                        row, new CampaignDefaults(null, defaultCountry == null ? null : Country.of(defaultCountry)))
                .campaign();
    }

    @ParameterizedTest
    @CsvSource({",,", ",DE,DE", "GB,DE,GB", "gb,,GB", "none,DE,", "NONE,,"})
    void aCampaignsOwnCountryGoesBeforeTheInstallations(String own, String installations, String country) {
        Campaign campaign = campaign(own, installations);
        assertThat(campaign.country()).isEqualTo(country);
        assertThat(Country.of(campaign).map(Country::iso).orElse(null)).isEqualTo(country);
        assertThat(campaign.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"XX", "Germany", "49"})
    void aCampaignWithAnUnknownCountryIsNotDialled(String own) {
        assertThat(campaign(own, "DE").problems())
                .singleElement()
                .asString()
                .contains("row 7, column country: '" + own.toUpperCase(Locale.ROOT) + "' is not the two letters");
    }
}
