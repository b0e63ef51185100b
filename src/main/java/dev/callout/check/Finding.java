package dev.callout.check;

import dev.callout.campaign.Printable;
import java.util.Locale;

/**
 * What was found of one thing that dialling needs.
 *
 * @param result  whether it is as it should be
 * @param subject what was looked at, such as {@code switch fs1}
 * @param text    how it is; no password in it
 * @param remedy  what to do about it; empty if nothing
 */
public record Finding(Result result, String subject, String text, String remedy) {

    /** Whether something is as it should be. */
    public enum Result {
        /** As it should be. */
        OK,
        /** It is dialled, but perhaps not as was meant. */
        WARN,
        /** Nothing is dialled, or not by this switch, gateway or campaign, until it is mended. */
        FAIL
    }

    static Finding ok(String subject, String text) {
        return new Finding(Result.OK, subject, text, "");
    }

    static Finding warn(String subject, String text, String remedy) {
        return new Finding(Result.WARN, subject, text, remedy);
    }

    static Finding fail(String subject, String text, String remedy) {
        return new Finding(Result.FAIL, subject, text, remedy);
    }

    /** The same as one line: result, subject, text, and behind an arrow the remedy. */
    @Override
    public String toString() {
        String line = String.format(Locale.ROOT, "%-4s  %s: %s", result, subject, text);
        return Printable.line((remedy.isEmpty() ? line : line + " -> " + remedy).replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }
}
