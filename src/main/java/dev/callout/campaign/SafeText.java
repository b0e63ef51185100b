package dev.callout.campaign;

/**
 * Decides which texts may stand in a dial string at all, escaped or not.
 *
 * <p>These are refused: control characters (a line feed begins a header, or a second command of the socket's protocol);
 * {@code { } [ ] < >}, which no escape protects; {@code $}, which begins an expansion; the backslash, which only
 * Callout itself writes; and {@code :_:}, which splits the whole originate line into several, even inside a variable
 * (switch_ivr_originate.c).
 */
public final class SafeText {

    private static final String REFUSED = "{}[]<>$\\";
    private static final String NEXT_ORIGINATE = ":_:";

    private SafeText() {}

    /** Returns why this text may not stand in a dial string, in words that follow the column's name; null if it may. */
    public static String flaw(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (Character.isISOControl(c)) {
                return String.format("holds the control character U+%04X", c);
            }
            if (Character.getType(c) == Character.SURROGATE) {
                return "holds half of a character";
            }
            if (REFUSED.indexOf(c) >= 0) {
                return "holds " + Character.toString(c) + ", which cannot be written into a dial string";
            }
            i += Character.charCount(c);
        }
        return text.contains(NEXT_ORIGINATE) ? "holds :_:, which begins another call in a dial string" : null;
    }

    /**
     * Refuses an unsafe text of the campaign. The message shows the column and the offending character, never the text.
     */
    public static void require(String column, String text) throws UndialableException {
        String flaw = flaw(text);
        if (flaw != null) {
            throw UndialableException.campaign(column + " " + flaw);
        }
    }

    /** Returns a text without its leading and trailing blanks; null if nothing is left. */
    public static String orNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
