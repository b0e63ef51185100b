package dev.callout.campaign.telephone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.UndialableException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonTest {

    private static final Optional<Country> DE = Optional.of(new Country("DE"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+49 30 23125021",
                "0049 (0)30/23125021",
                "(030) 23125021",
                "493023125021",
                "493023125021.0",
                "+49 (0)30 23125021"
            })
    void isFoundInEachSpellingOfTheCountryWhoseServerHasTheSameLastDigits(String spelling) throws Exception {
        Person person = Person.of("+493023125021", Optional.empty());
        assertThat(person.has(spelling, DE)).isTrue();
        assertThat(spelling.replaceAll("[^0-9]", "")).contains(person.lastDigits());
        assertThat(Person.of(spelling, DE).telephone()).isEqualTo(person.telephone());
    }

    @Test
    void isNoneOfTheOthers() throws Exception {
        Person person = Person.of("030 23125021", DE);
        assertThat(person.has("+49 30 23125022", DE)).isFalse();
        assertThat(person.has("+43 30 23125021", DE)).isFalse();
        assertThat(person.has(null, DE)).isFalse();
        assertThat(person.has("", DE)).isFalse();
        assertThat(person.has("erased:23125021", DE)).isFalse();
    }

    @Test
    void isFoundWithoutACountryByPlusAndByTheSpellingAskedFor() throws Exception {
        Person person = Person.of("030/23125021", DE);
        assertThat(person.has("+49 30 23125021", Optional.empty())).isTrue();
        assertThat(person.has("(030) 23125021", Optional.empty())).isTrue();
        assertThat(person.has("0049 30 23125021", Optional.empty())).isFalse();
    }

    @Test
    void maySpeakFromAnExtension() throws Exception {
        Person person = Person.of("SIP-101", DE);
        assertThat(person.telephone()).isNull();
        assertThat(person.has("sip101", Optional.empty())).isTrue();
        assertThat(person.lastDigits()).isEqualTo("101");
    }

    @Test
    void isNotGuessed() {
        assertThatThrownBy(() -> Person.of("4961234567", DE))
                .isInstanceOf(UndialableException.class)
                .hasMessageContaining("write +");
        assertThatThrownBy(() -> Person.of(" ", DE)).isInstanceOf(UndialableException.class);
        assertThatThrownBy(() -> Person.of("a:b", Optional.empty())).isInstanceOf(UndialableException.class);
    }

    @Test
    void isHashedByAKey() {
        // RFC 4231 has no such text: computed with openssl dgst -sha256 -hmac.
        assertThat(new EraseKey("0123456789abcdef0123456789abcdef").hash("+493023125021"))
                .isEqualTo("06fd2bbbe09f724aa6ef28afcbab39773350592503160ad3c1b228e7e0e2eecb")
                .isNotEqualTo(new EraseKey("0123456789abcdef0123456789abcdeg").hash("+493023125021"));
        assertThat(new EraseKey("0123456789abcdef0123456789abcdef")).asString().doesNotContain("0123");
    }
}
