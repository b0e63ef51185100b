package dev.callout.campaign.telephone;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;

/** How a telephone is written in the dial string, where its country is known. */
public enum DialFormat {

    /** As the row has it, without separators: 03023125021. What the row has wrong is dialled as E.164 with +. */
    AS_WRITTEN,
    /** Calling code and number: 493023125021. */
    E164,
    /** The same behind a +: +493023125021. */
    E164_PLUS,
    /** As people dial it in the campaign's country: 03023125021, 00442079460018. */
    NATIONAL;

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /**
     * Writes a telephone.
     *
     * @param written the row's text without separators
     * @param country the campaign's
     */
    String write(Telephone telephone, String written, Country country) {
        return switch (this) {
            case AS_WRITTEN -> isRight(written, telephone, country) ? written : telephone.e164();
            case E164 -> telephone.digits();
            case E164_PLUS -> telephone.e164();
            case NATIONAL -> national(Reading.international(telephone.digits()).number(), country);
        };
    }

    /** Behind + or an exit code, only the calling code and the number may stand: no 0 of the national form. */
    private static boolean isRight(String written, Telephone telephone, Country country) {
        boolean international =
                written.startsWith("+") || written.startsWith(country.callingCode() == 1 ? "011" : "00");
        return !international || written.endsWith(telephone.digits());
    }

    private static String national(Phonenumber.PhoneNumber number, Country country) {
        String text = number.getCountryCode() == country.callingCode()
                ? NUMBERS.format(number, PhoneNumberFormat.NATIONAL)
                : NUMBERS.formatOutOfCountryCallingNumber(number, country.iso());
        return text.replaceAll("[^0-9+]", "");
    }
}
