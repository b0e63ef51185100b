package dev.callout.api.answer;

import java.util.regex.Pattern;

/** Cells of CSV that somebody may open in a spreadsheet. */
public final class CsvCell {

    /**
     * Where a formula begins: at the beginning of the text or after a character that may separate cells, perhaps in
     * quotes or after blanks.
     */
    private static final Pattern FORMULA =
            Pattern.compile("(^|[;\t\r\n])(?=[\\s\"]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])");

    /** A spreadsheet takes a telephone for a number at worst. A program gets it as it is. */
    private static final Pattern TELEPHONE = Pattern.compile("\\+\\d{4,15}");

    private CsvCell() {}

    /**
     * Puts an apostrophe before text that a spreadsheet would read as a formula; the apostrophe marks it as text. Does
     * so after a semicolon, a tab or a line break, too: where these separate cells, the rest of the text is a cell of
     * its own. A telephone such as +493012345 stays as it is.
     */
    public static Object harmless(Object cell) {
        return cell instanceof String text && !TELEPHONE.matcher(text).matches()
                ? FORMULA.matcher(text).replaceAll("$1'")
                : cell;
    }
}
