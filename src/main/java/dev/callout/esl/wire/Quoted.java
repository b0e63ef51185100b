package dev.callout.esl.wire;

/** Makes text from a peer safe for a log line or an error. */
public final class Quoted {

    private static final int MOST = 60;

    private Quoted() {}

    /** The text in quotes, with control characters replaced, shortened to 60 characters. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(MOST + 4).append('\'');
        for (int i = 0; i < text.length() && i < MOST; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return shown.append(text.length() > MOST ? "…'" : "'").toString();
    }
}
