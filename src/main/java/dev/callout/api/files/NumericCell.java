package dev.callout.api.files;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell holds that a workbook stores as a number.
 *
 * @param text  the number as digits, or what stands there if it is no number
 * @param fault why no digits can be taken from it; null if nothing is wrong
 * @param decimals what a sheet shows of it, if this has decimals; null if it has none
 */
record NumericCell(String text, String fault, String decimals) {

    private NumericCell(String text, String fault) {
        this(text, fault, null);
    }

    /** Decimals of a format code, as in {@code #,##0.00 "EUR"}. */
    private static final Pattern DECIMALS = Pattern.compile("[#0?,]*\\.(0+)[^%E]*");

    private static final int MOST_DECIMALS = 15;

    /** A spreadsheet keeps 15 digits. */
    private static final BigDecimal TOO_LARGE = BigDecimal.TEN.pow(15);

    private static final int LONGEST = 40;

    /**
     * Reads a value exactly: {@code 4.93023125011E+12} is 4930231250110.
     *
     * @param value  as it stands in the workbook
     * @param format code of the cell's number format. Of those that add digits, {@code 00000} and {@code +0} are heeded
     */
    static NumericCell of(String value, String format) {
        if (value.length() > LONGEST) {
            return new NumericCell(value, null);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(value.strip());
        } catch (NumberFormatException e) {
            return new NumericCell(value, null);
        }
        if (NumberFormats.isDate(format)) {
            return new NumericCell(value, "is a date or a time");
        }
        if (number.abs().compareTo(TOO_LARGE) >= 0) {
            return new NumericCell(
                    value,
                    "is a number of more than 15 digits, of which a spreadsheet loses the last ones: give the column the"
                            + " format text there, and enter the numbers anew");
        }
        String decimals = decimals(number, format);
        if (number.signum() == 0) {
            return new NumericCell(shown("0", format), null, decimals);
        }
        if (number.stripTrailingZeros().scale() > 0) {
            return new NumericCell(value, "is a fraction", decimals);
        }
        return new NumericCell(shown(number.toBigIntegerExact().toString(), format), null, decimals);
    }

    /** By the format, or else all that a spreadsheet shows. Null: the number has no decimals, or is shown otherwise. */
    private static String decimals(BigDecimal number, String format) {
        Matcher shown = DECIMALS.matcher(format.split(";")[0].replaceAll("\"[^\"]*\"|\\[[^\\]]*]|\\\\.|_.|\\*.", ""));
        if (shown.matches()) {
            return number.setScale(Math.min(shown.group(1).length(), MOST_DECIMALS), RoundingMode.HALF_UP)
                    .toPlainString();
        }
        BigDecimal rounded = number.round(new MathContext(MOST_DECIMALS)).stripTrailingZeros();
        return rounded.scale() > 0 && rounded.scale() <= LONGEST ? rounded.toPlainString() : null;
    }

    private static String shown(String digits, String format) {
        String code = format.replaceAll("[\"\\\\]", "");
        if (!code.matches("\\+?[#0]+") || digits.startsWith("-")) {
            return digits;
        }
        String plus = code.startsWith("+") ? "+" : "";
        int least = (int) code.chars().filter(c -> c == '0').count();
        return plus + "0".repeat(Math.max(0, Math.min(least, LONGEST) - digits.length())) + digits;
    }
}
