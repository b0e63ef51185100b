package dev.callout.campaign.telephone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import dev.callout.campaign.Printable;
import dev.callout.campaign.UndialableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which telephone a text means. A text that could mean two, or none, is refused: nobody is to be called by a
 * guess.
 *
 * <p>libphonenumber knows the numbers. Rules of ours decide where it guesses: a number without + that begins with the
 * country's own calling code may be national or international (it takes the German 4917612345678 for
 * +494917612345678), and so may one that begins with the exit code of another country.
 */
public final class TelephoneReader {

    /** The text is no telephone. */
    public static final String NOT_A_NUMBER = "NOT_A_NUMBER";
    /** The text may mean two telephones. */
    public static final String NUMBER_AMBIGUOUS = "NUMBER_AMBIGUOUS";

    /** The version of libphonenumber; a test compares it. */
    static final String METADATA = "9.0.22";
    /** Raise it with each change of our own rules by which any text means another telephone, or none; a test tells. */
    static final int RULES = 1;

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    /** More than are claimed within the horizon by the fastest node. */
    static final int LATEST = 10_000;

    private static final Latest<Written, Telephone, UndialableException> READINGS =
            new Latest<>(LATEST, written -> readAnew(written.text, written.number, written.country));

    private static final int MOST_DIGITS = 15;
    /**
     * A number without + and without the 0 of the national form counts as national up to this length. The metadata has
     * longer ones in few countries, all of them of fixed lines with an extension; mobile telephones end at 11 digits.
     */
    private static final int MOST_NATIONAL_DIGITS = 11;

    private static final Pattern FORM = Pattern.compile("\\+?[0-9]+");
    private static final Pattern PREFIX = Pattern.compile("^(?:\\+|0+)");
    private static final Pattern LETTER = Pattern.compile(".*\\p{L}.*", Pattern.DOTALL);
    /** x12, ext. 12, ,,12, ;12, and p or w for a pause, behind a number. */
    private static final Pattern EXTENSION =
            Pattern.compile(".*\\d\\p{Z}*(?:[xX]|[eE][xX][tT]|[,;]+|[pPwW])\\.?\\p{Z}*\\d[\\d,;pPwW]*\\p{Z}*");
    /** What people dial in front of a calling code in most countries, and in North America. */
    private static final Pattern EXIT_CODE = Pattern.compile("(?:00|011)(?=[1-9])");

    private record Written(String text, String number, Country country) {}

    private TelephoneReader() {}

    /**
     * Returns by what a telephone was read: country, libphonenumber and our own rules, such as {@code DE/9.0.22.1}. If this
     * differs, it must be read again.
     */
    public static String version(Country country) {
        return country.iso() + "/" + METADATA + "." + RULES;
    }

    /**
     * Returns the telephone that a text means.
     *
     * @param text    the number as it is written; null counts as empty
     * @param country the country whose rules a number without + follows
     * @throws UndialableException if it means none, or may mean two; its {@code hangupCause} is {@link #NOT_A_NUMBER} or
     *                             {@link #NUMBER_AMBIGUOUS}, and its message says what to write instead
     */
    public static Telephone read(String text, Country country) throws UndialableException {
        return read(text, withoutSeparators(text), country);
    }

    /** The same, if {@link #withoutSeparators} has made the number of the text. */
    static Telephone read(String text, String number, Country country) throws UndialableException {
        return READINGS.get(new Written(text, number, country));
    }

    private static Telephone readAnew(String text, String number, Country country) throws UndialableException {
        String written = text == null ? "" : text.strip();
        refuseForm(written, number);
        Reading reading = number.startsWith("+")
                ? Reading.international(number.substring(1))
                : withoutPlus(written, number, country);
        if (!reading.isPossible()) {
            throw notANumber(written, reading.problem());
        }
        return new Telephone(reading.e164());
    }

    /** Returns the text without separators and what a data frame puts behind a number; null counts as empty. */
    static String withoutSeparators(String text) throws UndialableException {
        try {
            return PhoneNumber.withoutSeparators(Spelling.mended(text == null ? "" : text));
        } catch (UndialableException e) {
            throw UndialableException.telephone(NOT_A_NUMBER, e.getMessage());
        }
    }

    private static void refuseForm(String written, String number) throws UndialableException {
        if (number.isEmpty()) {
            throw UndialableException.telephone(NOT_A_NUMBER, "the number is empty");
        }
        if (!FORM.matcher(number).matches()) {
            throw notANumber(written, formProblem(written));
        }
        if (PREFIX.matcher(number).replaceFirst("").length() > MOST_DIGITS) {
            throw notANumber(
                    written, "has more than " + MOST_DIGITS + " digits: write one number, without an extension");
        }
    }

    private static String formProblem(String written) {
        if (EXTENSION.matcher(written).matches()) {
            return "has an extension or a pause, which is not dialled: write the number without it";
        }
        return LETTER.matcher(written).matches()
                ? "has letters, which no telephone has: write its digits, or set the campaign's country to none"
                : "has characters that no telephone has: write its digits, with + and blanks - ( ) . / alone";
    }

    /** Chooses between the readings that digits without + have; each that was not chosen must be none. */
    private static Reading withoutPlus(String written, String digits, Country country) throws UndialableException {
        Phonenumber.PhoneNumber guess = guess(digits, country);
        if (guess != null && guess.getCountryCodeSource() == CountryCodeSource.FROM_NUMBER_WITH_IDD) {
            return Reading.of(guess);
        }
        Reading national = Reading.national(digits, country);
        String code = String.valueOf(country.callingCode());
        Reading chosen = digits.startsWith(code) ? either(written, national, Reading.international(digits)) : national;
        if (chosen.isValid()) {
            return chosen;
        }
        Matcher exit = EXIT_CODE.matcher(digits);
        Reading abroad = Reading.international(exit.lookingAt() ? digits.substring(exit.end()) : digits);
        if (abroad.isValid() && !abroad.isSame(chosen)) {
            throw chosen.isPossible()
                    ? ambiguous(written, abroad, chosen)
                    : notANumber(written, "is no number there: if it is " + abroad.e164() + ", write +");
        }
        return chosen;
    }

    /** Chooses between two readings of digits that begin with the country's own calling code. */
    private static Reading either(String written, Reading national, Reading international) throws UndialableException {
        if (national.isSame(international)) {
            return international;
        }
        boolean nationalIsValid = national.isValid() && national.nationalDigits() <= MOST_NATIONAL_DIGITS;
        if (nationalIsValid != international.isValid()) {
            return nationalIsValid ? national : international;
        }
        if (national.isPossible() && international.isPossible()) {
            throw ambiguous(written, international, national);
        }
        return international.isPossible() ? international : national;
    }

    static UndialableException notANumber(String written, String problem) {
        return UndialableException.telephone(
                NOT_A_NUMBER, Spelling.refused(written, problem).getMessage());
    }

    private static UndialableException ambiguous(String written, Reading one, Reading other) {
        return UndialableException.telephone(
                NUMBER_AMBIGUOUS,
                "the number '" + Printable.of(written) + "' may be " + one.e164() + " or " + other.e164()
                        + "; write +");
    }

    private static Phonenumber.PhoneNumber guess(String digits, Country country) {
        try {
            return NUMBERS.parseAndKeepRawInput(digits, country.iso());
        } catch (NumberParseException e) {
            // The readings below say what is wrong.
            return null;
        }
    }
}
