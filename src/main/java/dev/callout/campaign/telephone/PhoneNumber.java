package dev.callout.campaign.telephone;

import dev.callout.campaign.Printable;
import dev.callout.campaign.UndialableException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A number in the form in which it is dialled.
 *
 * @param dialable what goes into the dial string. It matches the pattern it was made with, and never holds a separator
 */
public record PhoneNumber(String dialable) {

    /** The default of {@code callout.number-pattern}. */
    public static final Pattern DEFAULT_PATTERN = Pattern.compile("[A-Za-z0-9_+*#]{1,32}");

    /**
     * Applies whatever pattern is configured: no character that could end the number, or begin something else, in a
     * dial string.
     */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_+*#.!~-]{1,64}");

    private static final int LONGEST_SAFE = 64;

    /**
     * Any kind of space, tab and {@code ( ) . / -}. The SQL statements that compare numbers leave out the same
     * characters.
     */
    private static final Pattern LEFT_OUT = Pattern.compile("[\\p{Z}\\t()./-]");

    /**
     * The 0 of the national form within the international form, as in +49 (0)30 1234: dialled with it, the number
     * reaches nobody.
     */
    private static final Pattern NATIONAL_ZERO = Pattern.compile("\\d[^(]*\\([\\p{Z}\\t]*0[\\p{Z}\\t]*\\).*\\d");

    /**
     * @throws IllegalArgumentException if the number holds a character that a dial string could read as something else
     */
    public PhoneNumber {
        if (!isSafe(dialable)) {
            throw new IllegalArgumentException("not a number that can be put into a dial string: '" + dialable + "'");
        }
    }

    /**
     * Makes the dialable form of a table's text, without asking which country it is for. Blanks and
     * {@code - ( ) . /} are left out, and so is {@code .0} behind the number; the rest must match. A national 0 behind
     * a calling code is refused, and so are a spreadsheet's power of ten and two numbers in one text.
     *
     * @param text    the table's text; null counts as empty
     * @param pattern {@code callout.number-pattern}, matched against the whole rest
     * @throws UndialableException if the number cannot be dialled safely
     */
    public static PhoneNumber of(String text, Pattern pattern) throws UndialableException {
        PhoneNumber number = ofWritten(text, pattern);
        Spelling.refuseTrunkZero(text, number.dialable);
        return number;
    }

    /** The dialable form of a telephone as E.164, which never has a national 0. */
    static PhoneNumber of(Telephone telephone, Pattern pattern) throws UndialableException {
        return ofWritten(telephone.e164(), pattern);
    }

    private static PhoneNumber ofWritten(String text, Pattern pattern) throws UndialableException {
        String mended = Spelling.mended(text == null ? "" : text);
        String dialable = withoutSeparators(mended);
        if (dialable.isEmpty()) {
            throw UndialableException.number("the number is empty");
        }
        if (mended.indexOf('(') >= 0 && NATIONAL_ZERO.matcher(text).find()) {
            throw UndialableException.number("the number '" + Printable.of(text)
                    + "' has (0), which is not dialled behind a" + " country code: leave it out");
        }
        if (!pattern.matcher(dialable).matches() || !isSafe(dialable)) {
            throw UndialableException.number("the number '" + Printable.of(text)
                    + "' cannot be dialled: without blanks and" + " - ( ) . / it must match " + pattern);
        }
        return new PhoneNumber(dialable);
    }

    /** Returns the form that is looked up in the do-not-call list, where upper and lower case letters are the same. */
    public String listed() {
        return dialable.toLowerCase(Locale.ROOT);
    }

    /** Returns the text without spaces of any kind, tabs and {@code - ( ) . /}. */
    public static String withoutSeparators(String text) {
        return isPlain(text) ? text : LEFT_OUT.matcher(text).replaceAll("");
    }

    private static boolean isSafe(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_SAFE && isPlain(text)
                || SAFE.matcher(text).matches();
    }

    /** Whether a text is digits alone, or + and digits, as most are: then no pattern needs to be asked. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c != '+' || i > 0)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return dialable;
    }
}
