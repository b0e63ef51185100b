package dev.callout.campaign.telephone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelephonePlaceTest {

    private static TelephonePlace place(String e164) {
        return TelephonePlace.of(new Telephone(e164));
    }

    @ParameterizedTest
    @CsvSource({
        "+493023125456, +49, DE, Europe/Berlin",
        "+12025550611, +1, US, America/New_York",
        "+13105550123, +1, US, America/Los_Angeles",
        "+442079460018, +44, GB, Europe/London",
        "+97145612345, +971, AE, Asia/Dubai"
    })
    void aFixedLineIsInOneCountryAndOneZone(String e164, String callingCode, String country, String zone) {
        assertThat(place(e164)).isEqualTo(new TelephonePlace(callingCode, Set.of(country), Set.of(ZoneId.of(zone))));
    }

    @Test
    void aNumberWithoutPlaceMayBeInAllZonesOfItsCountries() {
        assertThat(place("+18005550199").zones())
                .hasSizeGreaterThan(30)
                .contains(ZoneId.of("Pacific/Honolulu"), ZoneId.of("America/St_Johns"));
        assertThat(place("+79161234567").zones()).hasSizeGreaterThan(5);
    }

    @Test
    void aNumberThatTheMetadataDoesNotHaveMayBeAnywhereBehindItsCallingCode() {
        TelephonePlace unknown = place("+11115550199");

        assertThat(unknown.zones()).isEqualTo(place("+18005550199").zones());
        assertThat(unknown.countries()).contains("US", "CA", "BS");
    }

    @Test
    void eachZoneOfTheMetadataIsKnownToThisJava() {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        Set<String> without = numbers.getSupportedRegions().stream()
                .map(region -> numbers.format(numbers.getExampleNumber(region), PhoneNumberFormat.E164))
                .filter(e164 -> place(e164).zones().isEmpty())
                .collect(Collectors.toSet());

        assertThat(without).isEmpty();
    }

    @Test
    void itsVersionIsThatOfTheLibrary() {
        assertThat(Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator"))))
                .anyMatch(jar -> jar.endsWith("geocoder-" + TelephonePlace.GEOCODER + ".jar"))
                .anyMatch(jar -> jar.endsWith("libphonenumber-" + TelephoneReader.METADATA + ".jar"));
    }
}
