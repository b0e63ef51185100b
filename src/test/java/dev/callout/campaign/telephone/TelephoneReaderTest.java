package dev.callout.campaign.telephone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.callout.campaign.UndialableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelephoneReaderTest {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Country DE = Country.of("DE");

    private static final String COUNTRIES =
            "AR AT AU BE BR CH CN CZ DE DK ES FI FR GB GR HU IE IN IT JP MX NL NO PL PT RU SE TR US ZA";

    static Stream<Phonenumber.PhoneNumber> examples() {
        return Stream.of(COUNTRIES.split(" "))
                .flatMap(country -> Stream.of(PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
                        .map(type -> NUMBERS.getExampleNumberForType(country, type)))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everySpellingOfANumberIsTheSameTelephone(Phonenumber.PhoneNumber number) throws UndialableException {
        Country country = Country.of(NUMBERS.getRegionCodeForNumber(number));
        String e164 = NUMBERS.format(number, PhoneNumberFormat.E164);
        String abroad = NUMBERS.format(number, PhoneNumberFormat.INTERNATIONAL);
        String national = NUMBERS.format(number, PhoneNumberFormat.NATIONAL);
        List<String> spellings = new ArrayList<>(List.of(
                e164,
                e164 + ".0",
                abroad,
                abroad.replace(' ', '-'),
                abroad.replaceFirst(" ", " (").replaceFirst(" (?=[^(])|$", ") "),
                abroad.replace(' ', '\u00a0'),
                exitCode(country) + e164.substring(1),
                exitCode(country) + " " + abroad.substring(1),
                "(" + exitCode(country) + country.callingCode() + ") " + abroad.replaceFirst("[^ ]* ", ""),
                national,
                national.replace(" ", ""),
                national.replaceAll("[ -]", "."),
                " " + national + "\t"));
        // Sweden's +46 8 123456 is Stockholm's, and 046 8123456, without its 0, is Lund's.
        if (!e164.equals("+468123456")) {
            spellings.addAll(List.of(e164.substring(1), e164.substring(1) + ".0", abroad.substring(1)));
        }
        for (String spelling : spellings) {
            assertThat(TelephoneReader.read(spelling, country).e164())
                    .as(spelling + " in " + country)
                    .isEqualTo(e164);
        }
    }

    private static String exitCode(Country country) {
        return switch (country.iso()) {
            case "AU" -> "0011";
            case "CA", "US" -> "011";
            case "JP" -> "010";
            case "BR" -> "0015";
            case "RU" -> "810";
            default -> "00";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 4917612345678, +4917612345678",
        "DE, 4915112345678, +4915112345678",
        "DE, 493023125021, +493023125021",
        "DE, 4930231250.0, +4930231250",
        "DE, 030 23125021, +493023125021",
        "DE, (0049) 30 23125021, +493023125021",
        "DE, 0049 (0)30/23125021, +493023125021",
        "DE, +49 0 30 23125-0, +4930231250",
        "DE, 4917612345, +494917612345",
        "DE, +44 (0)20 7946 0018, +442079460018",
        "DE, +44 020 7946 0018, +442079460018",
        "DE, (0044) 20 7946 0016, +442079460016",
        "DE, +39 06 6982, +39066982",
        "GB, 020 7946 0018, +442079460018",
        "GB, +44(0)2079460012, +442079460012",
        "IT, 06 6982, +39066982",
        "IT, +39 (0)6 6982, +39066982",
        "IT, 393331234567, +393331234567",
        "US, 2025550161, +12025550161",
        "US, 12025550161, +12025550161",
        "US, 1-202-555-0161, +12025550161",
        "US, (202) 555-0161, +12025550161",
        "US, 011 49 30 23125021, +493023125021",
        "US, 12025550141.0, +12025550141",
        "AR, 011 15 2345-6789, +5491123456789",
        "RU, 8 912 345-67-89, +79123456789",
        "RU, 79123456789, +79123456789"
    })
    void aNumberIsReadByTheRulesOfItsCountry(String country, String text, String e164) throws UndialableException {
        assertThat(TelephoneReader.read(text, Country.of(country)).e164()).isEqualTo(e164);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DE|4961234567|+4961234567 or +494961234567; write +",
                "SE|468123456|+468123456 or +46468123456; write +",
                "DE|0114930231250|+4930231250 or +49114930231250; write +",
                "DE|12025550161|+12025550161 or +4912025550161; write +"
            })
    void whatMayBeTwoTelephonesIsRefused(String country, String text, String words) {
        assertThat(refusal(text, Country.of(country)))
                .hasMessageContaining(words)
                .extracting(UndialableException::hangupCause)
                .isEqualTo(TelephoneReader.NUMBER_AMBIGUOUS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|empty",
                "' - '|empty",
                "sip-101|letters",
                "alice|letters",
                "unknown|letters",
                "1-800-FLOWERS|letters",
                "tel:+493023125021|letters",
                "*69|characters",
                "#31#03023125021|characters",
                "+493023125021x12|extension",
                "030 23125021 ext. 12|extension",
                "03023125021,,12|extension",
                "03023125021p12|pause",
                "03023125021w12|pause",
                "4.93023E+11|power of ten",
                "4.93023e+11|power of ten",
                "4.93023E11|power of ten",
                "2.025550171E9|power of ten",
                "493E9|power of ten",
                "12025550141.00|fraction",
                "++493023125021|two +",
                "+49 30 23125011 / +49 30 23125012|two numbers",
                "030 23125013/14|two numbers",
                "030 23125011 030 23125012|more than 15 digits",
                "+49 0049 30 2312|zeros",
                "+999 123456|calling code",
                "0|too few digits",
                "01|area code",
                "011493023125021|if it is +493023125021, write +",
                "112|area code",
                "+1 911|too few digits",
                "＋4930２３1250|characters",
                "+49‑30‑23125021|characters"
            })
    void whatIsNoTelephoneIsRefusedWithWhatToWrite(String text, String words) {
        assertThat(refusal(text, DE))
                .hasMessageContaining(words)
                .extracting(UndialableException::hangupCause)
                .isEqualTo(TelephoneReader.NOT_A_NUMBER);
    }

    @Test
    void aTelephoneThatWouldBeReadAsAnotherOneIsRefused() {
        assertThat(refusal("0110001000000", new Country("CN")).hangupCause()).isEqualTo(TelephoneReader.NOT_A_NUMBER);
    }

    private static UndialableException refusal(String text, Country country) {
        return catchThrowableOfType(UndialableException.class, () -> TelephoneReader.read(text, country));
    }

    /** The last digits of a text are those of the telephone, and what stands before them is a prefix that is known. */
    @Property(tries = 5000, seed = "4917612345678")
    void whateverTheTextItIsTheTelephoneThatIsWrittenOrRefused(
            @ForAll("texts") String text, @ForAll("countries") Country country) {
        try {
            Telephone telephone = TelephoneReader.read(text, country);
            String digits = text.replaceFirst("[.,]0\\s*$", "").replaceAll("[^0-9]", "");
            String tail =
                    telephone.e164().substring(Math.max(1, telephone.e164().length() - 6));
            assertThat(digits).as(text).endsWith(tail.substring(tail.length() - Math.min(tail.length(), 4)));
            assertThat(TelephoneReader.read(telephone.e164(), country)).isEqualTo(telephone);
            assertThat(text).matches("[\\p{Z}\\t0-9+()./,-]+");
            if (text.strip().matches("\\+[1-9].*")
                    && Reading.international(telephone.digits()).isValid()) {
                assertThat(digits).startsWith(telephone.e164().substring(1, 2));
            }
        } catch (UndialableException e) {
            assertThat(e.hangupCause()).isIn(TelephoneReader.NOT_A_NUMBER, TelephoneReader.NUMBER_AMBIGUOUS);
            assertThat(e.isOfTheNumber()).isTrue();
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.strings().withChars("0123456789").ofMinLength(2).ofMaxLength(16),
                Arbitraries.strings().withChars("0123456789 +()-./e").ofMaxLength(24),
                Arbitraries.of("0", "+", "00", "011", "+49", "49", "+49 (0)", "+1", "1", "+44 0", "0044")
                        .flatMap(prefix -> Arbitraries.strings()
                                .withChars("0123456789")
                                .ofMinLength(3)
                                .ofMaxLength(14)
                                .map(rest -> prefix + rest)));
    }

    @Provide
    Arbitrary<Country> countries() {
        return Arbitraries.of(COUNTRIES.split(" ")).map(Country::of);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "Germany", "", "49", "D", "001"})
    void anUnknownCountryIsRefusedWithAnExample(String code) {
        assertThatThrownBy(() -> Country.of(code))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as DE");
    }

    @Test
    void aCountryMayBeWrittenInSmallLettersOrBeNone() {
        assertThat(Country.of(" de ")).isEqualTo(DE);
        assertThat(Country.orNone("None")).isEmpty();
        assertThat(Country.orNone("de")).contains(DE);
    }

    @Test
    void aTelephoneIsReadAgainWhenCountryOrMetadataChange() throws IOException {
        Properties library = new Properties();
        try (InputStream in = PhoneNumberUtil.class.getResourceAsStream(
                "/META-INF/maven/com.googlecode.libphonenumber/libphonenumber/pom.properties")) {
            library.load(in);
        }
        assertThat(TelephoneReader.version(DE))
                .isEqualTo("DE/" + library.getProperty("version") + "." + TelephoneReader.RULES);
    }

    /** Numbers that libphonenumber or one of our own rules decides about, in many spellings. */
    private static Stream<String> decided() {
        return Stream.of(
                        "030 23125021",
                        "3023125021",
                        "+49 (0)30 23125021",
                        "0049 30 23125021",
                        "00 49 030 23125021",
                        "4917612345678",
                        "4915112345678",
                        "493023125021",
                        "+4917612345678",
                        "017612345678",
                        "+44 (0)20 7946 0018",
                        "+44 020 7946 0018",
                        "020 7946 0018",
                        "442079460018",
                        "2079460018",
                        "39061234567",
                        "061234567",
                        "+39 06 1234567",
                        "1-202-555-0141",
                        "12025550141",
                        "2025550141",
                        "011 49 30 23125021",
                        "01149302312502",
                        "4961234567",
                        "0112",
                        "112",
                        "110",
                        "911",
                        "++493023125021",
                        "+49302312+5021",
                        "030 23125013/14",
                        "030 23125013 / 03023125014",
                        "12025550141.0",
                        "4930.00",
                        "4.93012E+11",
                        "493E9",
                        "1e5",
                        "030 23125021 x12",
                        "030 23125021,,12",
                        "03023125021p1",
                        "ext. 12",
                        "sip-101",
                        "1001",
                        "*21#",
                        "anna",
                        "",
                        " ",
                        "+",
                        "0",
                        "00",
                        "+0",
                        "1234567890123456",
                        "+999123456",
                        "8613812345678",
                        "013812345678",
                        "74951234567",
                        "84951234567",
                        "003902",
                        "٠٣٠٢٣١٢٥٠٢١")
                .flatMap(text -> Stream.of("DE", "GB", "IT", "US", "CN", "RU").map(country -> country + " " + text));
    }

    private static String means(String countryAndText) {
        try {
            return TelephoneReader.read(countryAndText.substring(3), Country.of(countryAndText.substring(0, 2)))
                    .e164();
        } catch (UndialableException e) {
            return e.hangupCause();
        }
    }

    @Test
    void whatOurRulesReadOtherwiseHasAnotherVersion() throws Exception {
        String meanings = decided().map(text -> text + " = " + means(text)).collect(Collectors.joining("\n"));
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(meanings.getBytes(StandardCharsets.UTF_8));
        assertThat(TelephoneReader.METADATA + "." + TelephoneReader.RULES + " "
                        + HexFormat.of().formatHex(sum, 0, 8))
                .as(
                        "numbers are read otherwise than rows say by the same version: if a rule of ours has changed, raise"
                                + " TelephoneReader.RULES; then write the version and the new sum here. They mean:%n%s",
                        meanings)
                .isEqualTo("9.0.22.1 215015fa259be2ac");
    }
}
