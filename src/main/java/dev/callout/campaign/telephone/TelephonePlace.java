package dev.callout.campaign.telephone;

import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a telephone's number says about where it is. A mobile telephone may be elsewhere.
 *
 * @param callingCode + and the calling code; several countries may share it
 * @param countries   the two letters of each country that it may be in; one if the number is known there. Numbers of no
 *                    country have 001
 * @param zones       all time zones that it may be in; empty: none is known
 */
public record TelephonePlace(String callingCode, Set<String> countries, Set<ZoneId> zones) {

    /** The version of libphonenumber's geocoder, which has the time zones; a test compares it. */
    static final String GEOCODER = "3.23";

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Latest<Telephone, TelephonePlace, RuntimeException> PLACES =
            new Latest<>(TelephoneReader.LATEST, TelephonePlace::find);

    /** Copies the sets. */
    public TelephonePlace {
        countries = Set.copyOf(countries);
        zones = Set.copyOf(zones);
    }

    /** Returns by what places are found, such as {@code 9.0.22/3.23}: if this differs, so may they. */
    public static String version() {
        return TelephoneReader.METADATA + "/" + GEOCODER;
    }

    /** Returns where a telephone is, judged by its number. */
    public static TelephonePlace of(Telephone telephone) {
        return PLACES.get(telephone);
    }

    private static TelephonePlace find(Telephone telephone) {
        Phonenumber.PhoneNumber number =
                Reading.international(telephone.digits()).number();
        if (number == null) {
            return new TelephonePlace("an unknown calling code", Set.of(), Set.of());
        }
        String country = NUMBERS.getRegionCodeForNumber(number);
        return new TelephonePlace(
                "+" + number.getCountryCode(),
                country == null
                        ? new LinkedHashSet<>(NUMBERS.getRegionCodesForCountryCode(number.getCountryCode()))
                        : Set.of(country),
                zones(number));
    }

    /** A number that the metadata does not have may be anywhere behind its calling code. */
    private static Set<ZoneId> zones(Phonenumber.PhoneNumber number) {
        PhoneNumberToTimeZonesMapper mapper = PhoneNumberToTimeZonesMapper.getInstance();
        return zones(
                NUMBERS.getNumberType(number) == PhoneNumberType.UNKNOWN
                        ? mapper.getTimeZonesForGeographicalNumber(
                                new Phonenumber.PhoneNumber().setCountryCode(number.getCountryCode()))
                        : mapper.getTimeZonesForNumber(number));
    }

    /** If one of several zones is not known here, nobody knows when all are open: then none is returned. */
    private static Set<ZoneId> zones(List<String> names) {
        Set<ZoneId> zones = new LinkedHashSet<>();
        for (String name : names) {
            try {
                zones.add(ZoneId.of(name));
            } catch (DateTimeException e) {
                // Etc/Unknown, or a zone that is newer than this Java.
                return Set.of();
            }
        }
        return zones;
    }
}
