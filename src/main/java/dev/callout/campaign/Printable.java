package dev.callout.campaign;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes text from outside safe for a log, a terminal and a message. All such text goes through here: a table, a switch
 * or a server may have put anything into it. Characters that a terminal would obey, or that would reorder or hide the
 * text beside them, are shown as {@code '?'}: control characters, direction and joining marks, line and paragraph
 * separators, unpaired surrogates.
 */
public final class Printable {

    private static final int LONGEST = 60;
    /** Control, format and surrogate characters, line and paragraph separators. */
    private static final String HIDDEN = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}";

    private static final Pattern IN_A_LINE = Pattern.compile("[" + HIDDEN + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + HIDDEN + "&&[^\n\t]]");
    /** JSON itself escapes those below 7f; those that are not escaped are the line breaks of its layout. */
    private static final Pattern IN_JSON = Pattern.compile("[" + HIDDEN + "&&[^\\x00-\\x7e]]");

    private Printable() {}

    /** Returns the text in one line. */
    public static String line(String text) {
        return IN_A_LINE.matcher(text).replaceAll("?");
    }

    /** Returns the text with its own line breaks and tabs, for output that Callout has laid out itself. */
    public static String lines(String text) {
        return IN_LINES.matcher(text).replaceAll("?");
    }

    /**
     * Returns the text of a log entry. Each line but the first is indented, so that a line at the margin is always the
     * beginning of an entry.
     */
    public static String entry(String text) {
        return lines(text.replace("\r\n", "\n").replace('\r', '\n')).replace("\n", "\n    ");
    }

    /** Returns the text of a JSON document with such characters escaped. Its meaning as JSON stays the same. */
    public static String json(String document) {
        return IN_JSON.matcher(document).replaceAll(hidden -> hidden.group()
                .chars()
                .mapToObj(half -> String.format("\\\\u%04x", half))
                .collect(Collectors.joining()));
    }

    /** Returns the text in one line, cut if it is long, for use within a message. */
    public static String of(String text) {
        String shown = line(text);
        return shown.codePointCount(0, shown.length()) > LONGEST
                ? shown.substring(0, shown.offsetByCodePoints(0, LONGEST)) + "…"
                : shown;
    }
}
