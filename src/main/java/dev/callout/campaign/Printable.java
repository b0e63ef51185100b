package dev.callout.campaign;

/** A table's text as it may stand in a one-line message: control characters shown as '?', and cut when long. */
final class Printable {

    private static final int LONGEST = 60;

    private Printable() {
    }

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                        || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
    }
}
