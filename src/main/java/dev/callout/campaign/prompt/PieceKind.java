package dev.callout.campaign.prompt;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a piece of a prompt is. Kinds that are said have one fixed form each, made of digits and {@code . -}: whatever a
 * number's variable holds, only that form can reach the switch.
 */
public enum PieceKind {

    /** A sound file or stream, as {@code ivr_prompts.file} names one. */
    FILE,
    /** Milliseconds of silence. */
    SILENCE,
    /** Digit by digit, such as a code or a telephone. Blanks and {@code + ( ) . / -} between digits are left out. */
    DIGITS("NUMBER ITERATED", "7", "digits, 32 at most"),
    /** A whole number. */
    NUMBER("NUMBER PRONOUNCED", "7", "a whole number of 9 digits at most"),
    /** Money, in the currency of the switch's sound files. */
    AMOUNT("CURRENCY PRONOUNCED", "7.00", "an amount such as 12.50, 12,50 or 1,250.00"),
    /** A day. Said from noon UTC, with {@code timezone=UTC} in the call. */
    DATE(
            "CURRENT_DATE PRONOUNCED",
            "1796212800",
            "a date such as 2026-12-02 or 02.12.2026, in languages other than en before 2038-01-19"),
    /** A time of day. Said in UTC, as a date. */
    TIME("CURRENT_TIME PRONOUNCED", "946713600", "a time of day such as 09:30"),
    /** Text that an engine of the switch speaks. */
    TEXT;

    private static final String ENGLISH = "en";

    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[ +()./-]");
    private static final Pattern DIGITS_FORM = Pattern.compile("[0-9]{1,32}");
    private static final Pattern NUMBER_FORM = Pattern.compile("[0-9]{1,9}");
    private static final Pattern PLAIN_AMOUNT = Pattern.compile("-?[0-9]{1,9}([.,][0-9]{1,2})?");
    private static final Pattern ENGLISH_AMOUNT = Pattern.compile("-?[0-9]{1,3}(,[0-9]{3}){1,2}\\.[0-9]{2}");
    private static final Pattern GERMAN_AMOUNT = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{3}){1,2},[0-9]{2}");
    private static final DateTimeFormatter DAY_FIRST =
            DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    /** In 2000: {@code say} takes 0 for now. */
    private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

    private static final LocalTime NOON = LocalTime.NOON;
    private static final int HOUR_AND_COLON = 2;

    private final String typeAndMethod;
    private final String sample;
    private final String shape;

    PieceKind() {
        this(null, null, null);
    }

    PieceKind(String typeAndMethod, String sample, String shape) {
        this.typeAndMethod = typeAndMethod;
        this.sample = sample;
        this.shape = shape;
    }

    /** Returns the kind of that name, in small letters; empty if there is none. */
    public static Optional<PieceKind> of(String name) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(name)).findFirst();
    }

    /** Returns all names, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(PieceKind::word).collect(Collectors.joining(", "));
    }

    /** Returns the name, in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether a {@code mod_say_…} of the switch says it. */
    public boolean isSaid() {
        return typeAndMethod != null;
    }

    /** Returns type and method for the switch's {@code say}; null if it is not said. */
    public String typeAndMethod() {
        return typeAndMethod;
    }

    /** Returns some form, to check a prompt without a number; null if it is not said. */
    public String sample() {
        return sample;
    }

    /** Returns what a text must be to be said, in words; null if it is not said. */
    public String shape() {
        return shape;
    }

    /** Returns the form in which a text is said: characters of {@code 0-9 . -} only; empty if it cannot be said so. */
    public Optional<String> form(String text) {
        String plain = text.strip();
        try {
            return Optional.ofNullable(
                    switch (this) {
                        case DIGITS ->
                            matching(DIGITS_FORM, BETWEEN_DIGITS.matcher(plain).replaceAll(""));
                        case NUMBER -> matching(NUMBER_FORM, plain);
                        case AMOUNT -> amount(plain);
                        case DATE -> Long.toString(day(plain).toEpochSecond(NOON, ZoneOffset.UTC));
                        case TIME -> Long.toString(time(plain).toEpochSecond(SOME_DAY, ZoneOffset.UTC));
                        default -> null;
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the form in which a text is said in a language. Of FreeSWITCH's modules only {@code mod_say_en} keeps an
     * instant in 64 bits; the others would say today's date for one from 2038-01-19 on (heard from mod_say_de 1.10.12).
     *
     * @return empty if it cannot be said so
     */
    public Optional<String> form(String text, String language) {
        return form(text)
                .filter(form -> this != DATE || language.equals(ENGLISH) || Long.parseLong(form) <= Integer.MAX_VALUE);
    }

    private static String matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? text : null;
    }

    private static String amount(String text) {
        if (PLAIN_AMOUNT.matcher(text).matches()) {
            String point = text.replace(',', '.');
            return point.lastIndexOf('.') == point.length() - 2 ? point + "0" : point;
        }
        if (ENGLISH_AMOUNT.matcher(text).matches()) {
            return text.replace(",", "");
        }
        return GERMAN_AMOUNT.matcher(text).matches() ? text.replace(".", "").replace(',', '.') : null;
    }

    /** From 1970 on: {@code say} takes what is before for now. */
    private static LocalDate day(String text) {
        LocalDate day = text.indexOf('.') < 0 ? LocalDate.parse(text) : LocalDate.parse(text, DAY_FIRST);
        if (day.getYear() < 1970 || day.getYear() > 9999) {
            throw new DateTimeException("before 1970 or after 9999");
        }
        return day;
    }

    private static LocalTime time(String text) {
        return LocalTime.parse(text.indexOf(':') < HOUR_AND_COLON ? "0" + text : text);
    }
}
