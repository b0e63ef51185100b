package dev.callout.campaign;

import java.util.PrimitiveIterator;

/**
 * The one way of a text from outside into a log, onto a terminal and into a message: a table, a switch or a server may have put
 * anything into it. What a terminal would obey, or what would reorder or hide what stands beside it, is shown as {@code '?'}:
 * control characters, marks of direction and of joining, line and paragraph separators, halves of characters.
 */
public final class Printable {

    private static final int LONGEST = 60;
    /** Below it JSON escapes by itself; in its layout stand line breaks. */
    private static final int FIRST_NOT_OF_JSON = 0x7f;

    private Printable() {}

    /** The text in one line. */
    public static String line(String text) {
        return shown(text, "");
    }

    /** The text with its own line breaks and tabs, for what a program of ours has laid out. */
    public static String lines(String text) {
        return shown(text, "\n\t");
    }

    /**
     * The text of a log's entry: each line but the first is set in, so that what begins at the margin is the beginning of an
     * entry.
     */
    public static String entry(String text) {
        return lines(text.replace("\r\n", "\n").replace('\r', '\n')).replace("\n", "\n    ");
    }

    /** The text of a JSON document, the same to who reads it as JSON: such characters are escaped. */
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

    /** The text in one line, and cut when long, for a message beside other words. */
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
