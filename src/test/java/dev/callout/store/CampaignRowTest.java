package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
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

    @ParameterizedTest
    @CsvSource({
        ",,, ",
        ",,k1, ",
        "k1,k1,k1, ",
        "k1,k1,, callout.erase-key which is not set",
        "k1,k1,k2, another callout.erase-key",
        "k1,k2,k1, another callout.erase-key",
        "k1,k2,k2, another callout.erase-key"
    })
    void aNodeThatCannotRecogniseErasedPersonsSaysSo(String least, String greatest, String key, String problem) {
        Map<String, Object> row = new HashMap<>(Map.of("i_campaign", 7L));
        row.put("least_key_sum", least == null ? null : new EraseKey(least).sum());
        row.put("greatest_key_sum", greatest == null ? null : new EraseKey(greatest).sum());
        EraseKey own = key == null ? null : new EraseKey(key);
        String told = new CampaignRow(row, new CampaignDefaults(null, null, own))
                .erasedProblem()
                .map(text -> text.replace(",", ""))
                .orElse("");
        if (problem == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told).startsWith("table erased_telephones").contains(problem);
        }
    }
}
