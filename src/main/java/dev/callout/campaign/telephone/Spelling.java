package dev.callout.campaign.telephone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.callout.campaign.Printable;
import dev.callout.campaign.UndialableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spellings that are broken in every country: what spreadsheets and data frames make of a number, two numbers in one
 * cell, and the 0 of the national form behind a calling code.
 */
final class Spelling {

    /** Any kind of space and tab. */
    private static final String BLANK = "[\\p{Z}\\t]";

    /** 12025550141.0, which a data frame writes for a whole number. With further dots, the last one separates as they do. */
    private static final Pattern DOT_ZERO = Pattern.compile(BLANK + "*([0-9+()/\\p{Z}\\t-]*\\d)[.,]0" + BLANK + "*");

    private static final Pattern MORE_ZEROS = Pattern.compile(BLANK + "*\\+?\\d{4,}[.,]0{2,}" + BLANK + "*");

    /**
     * 4.93012E+11, 4,93e11, 493E9: what a spreadsheet makes of a long number. The digits are lost. Without a fraction
     * and a sign only from a million on, because 1e5 may be the name of a user.
     */
    private static final Pattern POWER_OF_TEN = Pattern.compile(
            BLANK + "*[+-]?\\d+(?:(?:[.,]\\d*)?[Ee]\\+\\d+|[.,]\\d*[Ee]-?\\d+|[Ee](?:0?[6-9]|1\\d))" + BLANK + "*");

    /** 030 23125013/14: behind a whole number, the last digits of the next one. */
    private static final Pattern LAST_DIGITS_OF_ANOTHER =
            Pattern.compile("([^/]*)/" + BLANK + "*\\d{1,4}" + BLANK + "*");

    private static final int WHOLE_NUMBER = 11;
    private static final int LONGEST_CALLING_CODE = 3;
    private static final Pattern INTERNATIONAL = Pattern.compile("(?:\\+|00)([1-9]\\d+)");

    private Spelling() {}

    /**
     * Returns the text, without the {@code .0} that a data frame puts behind a number.
     *
     * @throws UndialableException if it is a power of ten, or holds two numbers
     */
    static String mended(String text) throws UndialableException {
        if (PhoneNumber.isPlain(text)) {
            return text;
        }
        Matcher dotZero = DOT_ZERO.matcher(text);
        if (dotZero.matches()) {
            return dotZero.group(1);
        }
        if (MORE_ZEROS.matcher(text).matches()) {
            throw refused(text, "has a fraction: write its digits alone");
        }
        if (POWER_OF_TEN.matcher(text).matches()) {
            throw refused(
                    text,
                    "is a power of ten, as a spreadsheet writes a long number: give its column the format text there,"
                            + " and enter the numbers anew");
        }
        if (text.chars().noneMatch(Character::isLetter)) {
            refuseTwoNumbers(text);
        }
        return text;
    }

    private static void refuseTwoNumbers(String text) throws UndialableException {
        String dialable = PhoneNumber.withoutSeparators(text);
        if (dialable.startsWith("++")) {
            throw refused(text, "begins with two +: write one");
        }
        Matcher another = LAST_DIGITS_OF_ANOTHER.matcher(text);
        if (dialable.lastIndexOf('+') > 0 || another.matches() && digits(another.group(1)) >= WHOLE_NUMBER) {
            throw refused(text, "holds two numbers: write each in a row of its own");
        }
    }

    private static long digits(String text) {
        return text.chars().filter(Character::isDigit).count();
    }

    /**
     * Refuses a number with + or 00 and a calling code, behind which stands the 0 that only the national form has: with
     * it, the number reaches nobody. The 0 of Italy, which belongs to the number, stays.
     */
    static void refuseTrunkZero(String text, String dialable) throws UndialableException {
        if (!dialable.startsWith("+") && !dialable.startsWith("00")) {
            return;
        }
        Matcher international = INTERNATIONAL.matcher(dialable);
        if (!international.matches() || !mayHaveTrunkZero(international.group(1))) {
            return;
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            Phonenumber.PhoneNumber read = numbers.parse("+" + international.group(1), null);
            String behind = international
                    .group(1)
                    .substring(String.valueOf(read.getCountryCode()).length());
            if (behind.startsWith("0") && !read.isItalianLeadingZero() && numbers.isValidNumber(read)) {
                throw refused(
                        text,
                        "has a 0 behind its calling code, which only the national form has: write "
                                + numbers.format(read, PhoneNumberUtil.PhoneNumberFormat.E164));
            }
        } catch (NumberParseException e) {
            // No number of any country, so nothing is known about its zeros.
            return;
        }
    }

    /** Most have no 0 where a calling code may end, so that nothing needs to be read. */
    private static boolean mayHaveTrunkZero(String digits) {
        int zero = digits.indexOf('0');
        return zero > 0 && zero <= LONGEST_CALLING_CODE;
    }

    static UndialableException refused(String text, String problem) {
        return UndialableException.number("the number '" + Printable.of(text) + "' " + problem);
    }
}
