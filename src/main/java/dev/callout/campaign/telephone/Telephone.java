package dev.callout.campaign.telephone;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One telephone, however its number was written.
 *
 * @param e164 + and 2 to 15 digits, as ITU-T E.164 has it
 */
public record Telephone(String e164) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");

    /** @throws IllegalArgumentException if the text is not in that form */
    public Telephone {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("not a telephone in E.164: '" + e164 + "'");
        }
    }

    /** Returns whether a text is a telephone as E.164; null is none. */
    public static boolean isE164(String text) {
        return text != null && E164.matcher(text).matches();
    }

    /** Returns the digits, without the +. */
    String digits() {
        return e164.substring(1);
    }

    /** Returns the two letters of the country that its number belongs to; empty if libphonenumber knows none. */
    public Optional<String> region() {
        return Optional.ofNullable(Reading.international(digits()).number())
                .map(number -> PhoneNumberUtil.getInstance().getRegionCodeForNumber(number));
    }

    @Override
    public String toString() {
        return e164;
    }
}
