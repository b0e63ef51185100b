package dev.callout.campaign;

import java.util.PrimitiveIterator;

/**
 * Makes text from outside safe for a log, a terminal and a message. All such text goes through here: a table, a switch
 * or a server may have put anything into it. Characters that a terminal would obey, or that would reorder or hide the
 * text beside them, are shown as {@code '?'}: control characters, direction and joining marks, line and paragraph
 * separators, unpaired surrogates.
 */
public final class Printable {

    private static final int LONGEST = 60;
    /** JSON itself escapes the characters below it; those that are not escaped are the line breaks of its layout. */
    private static final int FIRST_NOT_OF_JSON = 0x7f;

    private Printable() {}

    /** Returns the text in one line. */
    public static String line(String text) {
        return shown(text, "");
    }

    /** Returns the text with its own line breaks and tabs, for output that Callout has laid out itself. */
    public static String lines(String text) {
        return shown(text, "\n\t");
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
        StringBuilder escaped = new StringBuilder(document.length());
        for (int i = 0; i < document.length(); ) {
            int c = document.codePointAt(i);
            int end = i + Character.charCount(c);
            if (c < FIRST_NOT_OF_JSON || isShownAsItIs(c)) {
                escaped.appendCodePoint(c);
            } else {
                document.substring(i, end).chars().forEach(half -> escaped.append(String.format("\\u%04x", half)));
            }
            i = end;
        }
        return escaped.toString();
    }

    /** Returns the text in one line, cut if it is long, for use within a message. */
    public static String of(String text) {
        String shown = line(text);
        return shown.codePointCount(0, shown.length()) > LONGEST
                ? shown.substring(0, shown.offsetByCodePoints(0, LONGEST)) + "…"
                : shown;
    }

    private static String shown(String text, String layout) {
        StringBuilder shown = new StringBuilder(text.length());
        for (PrimitiveIterator.OfInt all = text.codePoints().iterator(); all.hasNext(); ) {
            int c = all.nextInt();
            shown.appendCodePoint(isShownAsItIs(c) || layout.indexOf(c) >= 0 ? c : '?');
        }
        return shown.toString();
    }

    private static boolean isShownAsItIs(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
