package dev.callout.campaign.telephone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;

/**
 * One way to read digits, judged by libphonenumber.
 *
 * @param number what was read; null: nothing
 * @param length whether numbers there may be that long
 */
record Reading(Phonenumber.PhoneNumber number, ValidationResult length) {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    /** With the +; libphonenumber knows some countries' numbers with more digits. */
    private static final int LONGEST_E164 = 16;

    static Reading of(Phonenumber.PhoneNumber number) {
        boolean tooLong = NUMBERS.format(number, PhoneNumberFormat.E164).length() > LONGEST_E164;
        return new Reading(number, tooLong ? ValidationResult.TOO_LONG : NUMBERS.isPossibleNumberWithReason(number));
    }

    /**
     * Reads digits that begin with a calling code. Where libphonenumber reads its own result differently, as it does if that
     * begins with the code of a carrier in China, nobody knows which telephone is meant.
     */
    static Reading international(String digits) {
        try {
            Phonenumber.PhoneNumber number = NUMBERS.parse("+" + digits, null);
            String e164 = NUMBERS.format(number, PhoneNumberFormat.E164);
            return e164.substring(1).equals(digits)
                            || number.isItalianLeadingZero()
                            || NUMBERS.format(NUMBERS.parse(e164, null), PhoneNumberFormat.E164)
                                    .equals(e164)
                    ? of(number)
                    : new Reading(null, ValidationResult.INVALID_LENGTH);
        } catch (NumberParseException e) {
            return new Reading(
                    null,
                    switch (e.getErrorType()) {
                        case INVALID_COUNTRY_CODE -> ValidationResult.INVALID_COUNTRY_CODE;
                        case TOO_LONG -> ValidationResult.TOO_LONG;
                        case NOT_A_NUMBER, TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> ValidationResult.TOO_SHORT;
                    });
        }
    }

    /** Reads digits as people dial them within a country. */
    static Reading national(String digits, Country country) {
        return international(country.callingCode() + digits);
    }

    /**
     * Returns whether there may be such a number, by its length. Zeros that begin a number and are not known there are
     * what was left of a wrong prefix.
     */
    boolean isPossible() {
        return length == ValidationResult.IS_POSSIBLE && (!number.isItalianLeadingZero() || isValid());
    }

    boolean isValid() {
        return length == ValidationResult.IS_POSSIBLE && NUMBERS.isValidNumber(number);
    }

    /** Returns how many digits stand behind the calling code. */
    int nationalDigits() {
        return number == null ? 0 : NUMBERS.getNationalSignificantNumber(number).length();
    }

    String e164() {
        return NUMBERS.format(number, PhoneNumberFormat.E164);
    }

    boolean isSame(Reading other) {
        return number != null && other.number != null && e164().equals(other.e164());
    }

    /** Returns why the number is not possible, and what to write, in words that follow the number. */
    String problem() {
        return switch (length) {
            case INVALID_COUNTRY_CODE -> "begins with no calling code: write + and the code of its country";
            case TOO_SHORT -> "has too few digits for a telephone: write it in full, with its area code";
            case TOO_LONG -> "has too many digits for a telephone: write one number, without an extension";
            case IS_POSSIBLE_LOCAL_ONLY -> "has no area code: write it in full";
            case INVALID_LENGTH -> "has a number of digits that no telephone there has: write it in full";
            case IS_POSSIBLE ->
                "has zeros behind its calling code that belong to no number: write + and the number" + " without them";
        };
    }
}
