package dev.callout.campaign.telephone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callout.campaign.UndialableException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRulesTest {

    private static final Optional<Country> NONE = Optional.empty();
    private static final Optional<Country> DE = country("DE");

    private static Optional<Country> country(String code) {
        return code == null ? NONE : Optional.of(Country.of(code));
    }

    private static NumberRules rules(DialFormat format) {
        return new NumberRules(PhoneNumber.DEFAULT_PATTERN, format, false, new NeverDialled(null, false));
    }

    private static String refusal(NumberRules rules, String text, Optional<Country> country) {
        UndialableException refusal = catchThrowableOfType(UndialableException.class, () -> rules.judge(text, country));
        assertThat(refusal).as(text).isNotNull();
        return refusal.hangupCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "112",
                "+112",
                "911",
                "110",
                "999",
                "+49112",
                "0049112",
                "01149112",
                "+1911",
                "+1 911",
                "0112",
                "+44999",
                "+49 0 112",
                "1-1-2",
                "(112)",
                "112#",
                "9112",
                "9911",
                "+61 000",
                "+81 119",
                "112.0",
                "+972 100"
            })
    void anEmergencyNumberIsNeverDialledInAnySpelling(String text) {
        assertThat(refusal(NumberRules.DEFAULT, text, NONE)).isEqualTo(NeverDialled.NEVER_DIALLED);
    }

    @ParameterizedTest
    @CsvSource({
        "DE,112",
        "DE,0112",
        "DE,+49110",
        "DE,49112",
        "DE,0049 112",
        "US,911",
        "US,1911",
        "US,011 49 112",
        "IL,100",
        "IN,102",
        "AU,000",
        "JP,119",
        "IT,118",
        "AU,+61 000",
        "GB,9112"
    })
    void norIsThatOfAKnownCountry(String country, String text) {
        assertThat(refusal(NumberRules.DEFAULT, text, country(country))).isEqualTo(NeverDialled.NEVER_DIALLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100", "101", "1112", "118", "119", "000", "1120", "91121", "alice", "*69", "08001", "118118", "1", "0",
                "3112", "49112"
            })
    void withoutACountryExtensionsAndShortCodesAreDialledAsTheyAre(String text) throws UndialableException {
        assertThat(NumberRules.DEFAULT.judge(text, NONE))
                .isEqualTo(new NumberRules.Judged(text, new PhoneNumber(text), Optional.empty(), false));
    }

    @ParameterizedTest
    @CsvSource({"GB,118118", "US,411", "US,988", "DE,115", "DE,11833", "GB,+44118118"})
    void shortCodesAreNotDialledWhereTheCountryIsKnown(String country, String text) {
        assertThat(refusal(NumberRules.DEFAULT, text, country(country)))
                .isIn(NeverDialled.NEVER_DIALLED, TelephoneReader.NOT_A_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0900 1 123456", "+49 900 1 123456"})
    void premiumRateIsDialledOnlyWhereItIsAllowed(String text) throws UndialableException {
        assertThat(refusal(NumberRules.DEFAULT, text, DE)).isEqualTo(NeverDialled.NEVER_DIALLED);
        NumberRules allowed =
                new NumberRules(PhoneNumber.DEFAULT_PATTERN, DialFormat.E164, false, new NeverDialled(null, true));
        assertThat(allowed.judge(text, DE).dialled().dialable()).isEqualTo("499001123456");
    }

    @ParameterizedTest
    @CsvSource({"DE,0190 123", "DE,+49190123", "DE,0049 190 123", ",+49190123", ",+49 (190) 123"})
    void anInstallationMayExcludeNumbers(String country, String text) {
        NumberRules rules = new NumberRules(
                PhoneNumber.DEFAULT_PATTERN,
                DialFormat.AS_WRITTEN,
                false,
                new NeverDialled(Pattern.compile("\\+49190.*"), false));
        assertThat(refusal(rules, text, country(country))).isEqualTo(NeverDialled.NEVER_DIALLED);
    }

    @ParameterizedTest
    @CsvSource({
        "AS_WRITTEN, DE, 030 23125021, 03023125021",
        "AS_WRITTEN, DE, 493023125021, 493023125021",
        "AS_WRITTEN, DE, 0049 30/23125021, 00493023125021",
        "AS_WRITTEN, DE, 4930231250.0, 4930231250",
        "AS_WRITTEN, DE, +44 (0)20 7946 0018, +442079460018",
        "AS_WRITTEN, DE, +44 020 7946 0018, +442079460018",
        "AS_WRITTEN, DE, (0044) 020 7946 0018, +442079460018",
        "AS_WRITTEN, US, 011 44 (0)20 7946 0018, +442079460018",
        "AS_WRITTEN, IT, +39 (0)6 6982, +39066982",
        "AS_WRITTEN, AR, 011 15 2345-6789, 0111523456789",
        "E164, DE, 030 23125021, 493023125021",
        "E164_PLUS, DE, 030 23125021, +493023125021",
        "NATIONAL, DE, +49 30 23125021, 03023125021",
        "NATIONAL, DE, +44 20 7946 0018, 00442079460018",
        "NATIONAL, US, +1 202 555 0161, 2025550161",
        "NATIONAL, US, +44 20 7946 0018, 011442079460018",
        "NATIONAL, IT, +39 06 6982, 066982"
    })
    void aTelephoneIsDialledInTheFormThatIsSet(DialFormat format, String country, String text, String dialled)
            throws UndialableException {
        assertThat(rules(format).judge(text, country(country)).dialled().dialable())
                .isEqualTo(dialled);
    }

    @ParameterizedTest
    @CsvSource({"E164, +49 30 23125021", "NATIONAL, 493023125021", "E164_PLUS, alice"})
    void withoutACountryNothingIsWrittenInAnotherForm(DialFormat format, String text) throws UndialableException {
        assertThat(rules(format).judge(text, NONE).dialled().dialable()).isEqualTo(text.replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+44 020 7946 0015",
                "+44 0 20 7946 0014",
                "0044 020 7946 0015",
                "+49 030 23125021",
                "+44 (0)20 7946 0011",
                "4.93023e+11",
                "4.93023E11",
                "2.025550171E9",
                "493E9",
                "+49 30 23125011 / +49 30 23125012",
                "030 23125013/14",
                "++493023125021"
            })
    void evenWithoutACountryABrokenSpellingIsRefused(String text) {
        assertThat(refusal(NumberRules.DEFAULT, text, NONE)).startsWith("the number '" + text + "' ");
    }

    @ParameterizedTest
    @CsvSource({
        "12025550141.0, 12025550141",
        "030 2312-5021.0, 03023125021",
        "030.23125.0, 030231250",
        "4930231250.0, 4930231250",
        "'+4930231250,0', +4930231250",
        "+39 06 6982, +39066982",
        "1e5, 1e5",
        "030/23125013, 03023125013",
        "(0044) 20 7946 0016, 00442079460016",
        "004420, 004420"
    })
    void andWhatCanBeMendedIsDialledRightly(String text, String dialled) throws UndialableException {
        assertThat(NumberRules.DEFAULT.judge(text, NONE).dialled().dialable()).isEqualTo(dialled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1 555 0100 200", "+49 1200 1234567", "1001"})
    void whatTheMetadataDoesNotKnowIsTakenUnlessItIsToBeRefused(String text) throws UndialableException {
        NumberRules strict = new NumberRules(
                PhoneNumber.DEFAULT_PATTERN, DialFormat.AS_WRITTEN, true, new NeverDialled(null, false));
        assertThat(NumberRules.DEFAULT.judge(text, DE).telephone()).isPresent();
        assertThat(refusal(strict, text, DE)).isEqualTo(TelephoneReader.NOT_A_NUMBER);
    }
}
