package dev.callout.campaign.telephone;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import dev.callout.campaign.UndialableException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers that no campaign may dial, in the form that leaves for the switch: emergency numbers always; other short codes
 * and numbers at a premium rate where the country is known; and what an installation excludes.
 *
 * @param pattern     {@code callout.never-dial}, matched against the whole number as it is dialled, and against its
 *                    telephone with +; null: none
 * @param premiumRate {@code callout.premium-rate}: whether numbers at a premium rate are dialled after all
 */
public record NeverDialled(Pattern pattern, boolean premiumRate) {

    /** The word for a number that is never dialled. */
    public static final String NEVER_DIALLED = "NEVER_DIALLED";

    /**
     * Emergency numbers that are refused even if no country is known: 112 and 911, which every mobile telephone knows
     * (3GPP TS 22.101, 10.1.1), and the two that most people have beside them. Others, such as 100 and 119, may be
     * extensions.
     */
    private static final Set<String> ANYWHERE = Set.of("110", "112", "911", "999");

    /** Some of them behind a 9, which many switches take for an outside line. */
    private static final Set<String> OUTSIDE = Set.of("9112", "9911");

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final ShortNumberInfo SHORT_CODES = ShortNumberInfo.getInstance();
    private static final Pattern ENDS_DIALLING = Pattern.compile("[*#]+$");
    private static final Pattern ZEROS = Pattern.compile("^0+");
    private static final Pattern CALLING_CODE = Pattern.compile("[1-9][0-9]*");
    private static final Pattern EXIT_CODE = Pattern.compile("\\+|00|011");
    private static final int LONGEST_CALLING_CODE = 3;

    /**
     * Refuses a number that is never dialled.
     *
     * @param dialled what leaves for the switch
     * @param country the campaign's; empty: none is known
     * @throws UndialableException if it is never dialled; its {@code hangupCause} is {@link #NEVER_DIALLED}
     */
    void refuse(String dialled, Optional<Country> country) throws UndialableException {
        // A switch may take a # behind the number for its end.
        String number = ENDS_DIALLING.matcher(dialled).replaceFirst("");
        if (isEmergency(number, country)) {
            throw never(dialled, "reaches an emergency service");
        }
        if (pattern != null && pattern.matcher(dialled).matches()) {
            throw never(dialled, "matches callout.never-dial");
        }
    }

    /**
     * Refuses a telephone that is never dialled, however it is written.
     *
     * @param reading   how libphonenumber reads the telephone
     * @throws UndialableException as above
     */
    void refuse(Telephone telephone, Reading reading, Country country) throws UndialableException {
        Phonenumber.PhoneNumber number = reading.number();
        if (pattern != null && pattern.matcher(telephone.e164()).matches()) {
            throw never(telephone.e164(), "matches callout.never-dial");
        }
        if (!reading.isValid()
                && number.getCountryCode() == country.callingCode()
                && SHORT_CODES.isValidShortNumberForRegion(number, country.iso())) {
            throw never(telephone.e164(), "is a short code of " + country);
        }
        if (!premiumRate && NUMBERS.getNumberType(number) == PhoneNumberType.PREMIUM_RATE) {
            throw never(telephone.e164(), "is charged at a premium rate, which callout.premium-rate does not allow");
        }
    }

    private static boolean isEmergency(String number, Optional<Country> country) {
        String home = country.map(Country::iso).orElse(null);
        if (isEmergencyIn(number, home) || OUTSIDE.contains(number)) {
            return true;
        }
        Matcher exit = EXIT_CODE.matcher(number);
        if (exit.lookingAt()) {
            String behind = number.substring(exit.end());
            if (isEmergencyIn(behind, home) || isEmergencyAbroad(behind)) {
                return true;
            }
        }
        return country.isPresent()
                && number.startsWith(String.valueOf(country.get().callingCode()))
                && isEmergencyAbroad(number);
    }

    /** Returns whether the digits are a calling code and an emergency number there. */
    private static boolean isEmergencyAbroad(String digits) {
        for (int length = 1; length <= LONGEST_CALLING_CODE && length < digits.length(); length++) {
            String code = digits.substring(0, length);
            if (CALLING_CODE.matcher(code).matches()) {
                String behind = digits.substring(length);
                for (String region : NUMBERS.getRegionCodesForCountryCode(Integer.parseInt(code))) {
                    if (isEmergencyIn(behind, region)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** @param region null: only what holds anywhere */
    private static boolean isEmergencyIn(String digits, String region) {
        String significant = ZEROS.matcher(digits).replaceFirst("");
        return ANYWHERE.contains(digits)
                || ANYWHERE.contains(significant)
                || region != null
                        && (SHORT_CODES.isEmergencyNumber(digits, region)
                                || SHORT_CODES.isEmergencyNumber(significant, region));
    }

    private static UndialableException never(String number, String why) {
        return UndialableException.telephone(
                NEVER_DIALLED,
                Spelling.refused(number, why + ": it is never dialled").getMessage());
    }
}
