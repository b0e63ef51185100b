package dev.callout.campaign.telephone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.UndialableException;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @CsvSource({
        "' +46 (8) 123-45.67/8 ', +46812345678",
        "alice_1, alice_1",
        "*100#, *100#",
        "(030) 1234, 0301234",
        "(0)30 1234, 0301234",
        "+49 30 1234-(0), +493012340",
        "1E5, 1E5",
        "'1\t2\u00a03\u20034\u20285\u202f6\u30007', 1234567"
    })
    void separatorsAreLeftOut(String text, String dialable) throws UndialableException {
        assertThat(PhoneNumber.of(text, PhoneNumber.DEFAULT_PATTERN).dialable()).isEqualTo(dialable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " -",
                "1,sofia/gateway/x/2",
                "1|2",
                "1@x",
                "123456789012345678901234567890123",
                "١٢٣",
                "1\n2",
                "+49 (0)30 1234",
                "0049 ( 0 ) 30 1234",
                "+49-30 (0) 1",
                "4.93012E+11",
                "4,93E+11",
                " 493E+9 "
            })
    void whatIsNoNumberIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> PhoneNumber.of(text, PhoneNumber.DEFAULT_PATTERN))
                .isInstanceOf(UndialableException.class)
                .hasMessageContaining("number")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aNarrowerPatternHolds() {
        assertThatThrownBy(() -> PhoneNumber.of("555", Pattern.compile("\\+[0-9]+")))
                .isInstanceOf(UndialableException.class);
    }

    @Property
    void evenAPatternThatAllowsEverythingLetsNothingThroughThatADialStringTakesForSyntax(@ForAll String text) {
        try {
            assertThat(PhoneNumber.of(text, Pattern.compile(".*", Pattern.DOTALL))
                            .dialable())
                    .matches("[\\w+*#!~]+");
        } catch (UndialableException e) {
            assertThat(e.isOfTheNumber()).isTrue();
        }
    }
}
