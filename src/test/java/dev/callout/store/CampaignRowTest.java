package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
        String told = new CampaignRow(row, new CampaignDefaults(null, null, own, List.of(), RuleBook.EMPTY))
                .erasedProblem()
                .map(text -> text.replace(",", ""))
                .orElse("");
        if (problem == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told).startsWith("table erased_telephones").contains(problem);
        }
    }

    private static CampaignRow bound(String installation, Map<String, Object> columns) {
        CallingRule rule = new CallingRule("uk", "GB", null, List.of(), null, Duration.ofSeconds(15), false, false);
        CallingRule hours = new CallingRule("hours", "", null, List.of(), null, null, false, false);
        Map<String, Object> row = new HashMap<>(columns);
        row.put("i_campaign", 7L);
        return new CampaignRow(
                row,
                new CampaignDefaults(
                        null,
                        null,
                        null,
                        DoNotCallList.names(installation),
                        new RuleBook(
                                List.of(new RuleBook.Entry(rule, List.of()), new RuleBook.Entry(hours, List.of())))));
    }

    @Test
    void theRulesOfTheInstallationAndOfTheCampaignBindIt() {
        CampaignRow row = bound("hours", Map.of("country", "GB", "calling_rules", " UK ,hours"));

        assertThat(row.campaign().problems()).isEmpty();
        assertThat(row.callingRules().rules()).extracting(CallingRule::name).containsExactly("hours", "uk");
        assertThat(bound(null, Map.of("country", "GB")).callingRules().isEmpty())
                .isTrue();
        assertThat(bound("hours", Map.of("country", "GB", "calling_rules", "unknown", "emergency", "Mayor: flood"))
                        .callingRules()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aCampaignWhoseRulesAreUnknownOrCannotBeAppliedIsNotDialled() {
        assertThat(bound("huors", Map.of("country", "GB")).campaign().problems())
                .containsExactly(
                        "callout.calling-rules: there is no calling rule 'huors': add it, or leave the name out");
        assertThat(bound(null, Map.of("country", "GB", "calling_rules", "de"))
                        .campaign()
                        .problems())
                .containsExactly(
                        "table campaigns, row 7, column calling_rules: there is no calling rule 'de': add it, or"
                                + " leave the name out");
        for (String country : List.of("", "none")) {
            assertThat(bound("uk", Map.of("country", country)).campaign().problems())
                    .singleElement()
                    .asString()
                    .contains("column calling_rules", "set column country");
        }
    }

    @Test
    void noCallMayBeGivenUpBeforeItRangAsLongAsARuleWants() {
        assertThat(bound("uk", Map.of("country", "GB", "timeout_sec", 14, "cancel_ratio", 1))
                        .campaign()
                        .problems())
                .containsExactly(
                        "table campaigns, row 7, column timeout_sec: a calling rule wants calls to ring for 15 s at least",
                        "table campaigns, row 7, column cancel_ratio: a calling rule wants calls to ring for 15 s at least:"
                                + " set it to 0");
        assertThat(bound("uk", Map.of("country", "GB", "timeout_sec", 15))
                        .campaign()
                        .problems())
                .isEmpty();
    }

    @Test
    void aScheduleThatCountsInTheCalleesZoneNeedsNoZoneOfTheCampaign() {
        Map<String, Object> columns = Map.of(
                "country",
                "GB",
                "i_schedule",
                1,
                "has_schedule",
                1,
                "schedule_records",
                "[{\"id\": 1, \"start_wday\": 1, \"stop_wday\": 5}]",
                "schedule_zone",
                "callee");

        assertThat(bound(null, columns).campaign().problems()).isEmpty();
        assertThat(bound(null, columns).campaign().hours().schedule()).isEqualTo(Schedule.ALWAYS);
        // A Saturday in London.
        assertThat(bound(null, columns)
                        .callingRules()
                        .judgeHours("+442079460018", null, Instant.parse("2026-11-28T12:00:00Z"))
                        .notBefore())
                .isEqualTo(Instant.parse("2026-11-30T00:00:00Z"));
        assertThat(bound(null, Map.of("country", "GB", "schedule_zone", "Callee's"))
                        .campaign()
                        .problems())
                .containsExactly(
                        "table campaigns, row 7, column schedule_zone: 'Callee's' is neither campaign nor callee");
        assertThat(bound(null, Map.of("country", "GB", "schedule_zone", "callee", "i_schedule", 9))
                        .campaign()
                        .problems())
                .singleElement()
                .asString()
                .contains("there is no schedule 9");
    }
}
