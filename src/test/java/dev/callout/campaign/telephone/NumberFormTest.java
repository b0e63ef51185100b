package dev.callout.campaign.telephone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callout.campaign.UndialableException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves by a gateway with a form of its own. */
class NumberFormTest {

    private static final NumberRules RULES = new NumberRules(
            PhoneNumber.DEFAULT_PATTERN,
            DialFormat.AS_WRITTEN,
            false,
            new NeverDialled(Pattern.compile("8800.*"), false));

    private static PhoneNumber leaving(String number, String country, String format, int strip, String prefix)
            throws UndialableException {
        Optional<Country> known = Optional.ofNullable(country).map(Country::of);
        NumberForm form = new NumberForm(format == null ? null : DialFormat.valueOf(format), strip, prefix);
        return RULES.leaving(RULES.judge(number, known), known, form);
    }

    @ParameterizedTest
    @CsvSource({
        "030 23125021,    DE, E164_PLUS, 0, '',    +493023125021",
        "030 23125021,    DE, E164,      0, 00,    00493023125021",
        "+49 30 23125021, DE, NATIONAL,  1, 9,     93023125021",
        "030 23125021,    DE, ,          0, '',    03023125021",
        "+49 30 23125021, DE, ,          1, 1234#, 1234#493023125021",
        "+49 30 23125021, ,   E164,      0, '',    +493023125021",
        "1001,            ,   ,          0, 77,    771001"
    })
    void theFormatComesFirstThenTheStripThenThePrefix(
            String number, String country, String format, int strip, String prefix, String leaves)
            throws UndialableException {
        assertThat(leaving(number, country, format, strip, prefix).dialable()).isEqualTo(leaves);
    }

    @ParameterizedTest
    @CsvSource({
        // The strip, the prefix, or both together would make an emergency number.
        "55112,        ,   ,         2, ''",
        "12,           ,   ,         0, 1",
        "4912,         ,   ,         2, 1",
        // What a carrier gets that takes the prefix away.
        "55112,        ,   ,         2, 8",
        "030 23125112, DE, ,         8, 0049",
        "5500123,      ,   ,         4, 8800"
    })
    void whatFinallyLeavesIsNeverAnEmergencyNumberNorOneThatIsExcluded(
            String number, String country, String format, int strip, String prefix) {
        UndialableException refusal =
                catchThrowableOfType(UndialableException.class, () -> leaving(number, country, format, strip, prefix));
        assertThat(refusal).isNotNull();
        assertThat(refusal.hangupCause()).isEqualTo(NeverDialled.NEVER_DIALLED);
    }

    @Test
    void aNumberOfWhichNothingIsLeftFailsAndTheCampaignGoesOn() {
        UndialableException refusal =
                catchThrowableOfType(UndialableException.class, () -> leaving("1001", null, null, 4, "0"));
        assertThat(refusal.isOfTheNumber()).isTrue();
    }

    @Test
    void aPrefixHoldsOnlyWhatCanBeDialled() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NumberForm(null, 0, "0/"));
        assertThatIllegalArgumentException().isThrownBy(() -> new NumberForm(null, -1, ""));
    }
}
