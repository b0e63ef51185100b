package dev.callout.check;

import dev.callout.campaign.Printable;
import java.util.Locale;

/**
 * The result of one check.
 *
 * @param result  whether it is as it should be
 * @param subject what was checked, such as {@code switch fs1}
 * @param text    what was found; holds no password
 * @param remedy  what to do about it; empty if nothing
 */
public record Finding(Result result, String subject, String text, String remedy) {

    /** Whether something is as it should be. */
    public enum Result {
        /** As it should be. */
        OK,
        /** Callout dials, but perhaps not as intended. */
        WARN,
        /** Callout does not dial, or not by this switch, gateway or campaign, until this is fixed. */
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

    /** Returns OK without the remedy if that is so, else the other result. */
    static Finding okIf(boolean so, Result otherwise, String subject, String text, String remedy) {
        return so ? ok(subject, text) : new Finding(otherwise, subject, text, remedy);
    }

    /** Returns the finding as one line: result, subject, text, and the remedy behind an arrow. */
    @Override
    public String toString() {
        String line = String.format(Locale.ROOT, "%-4s  %s: %s", result, subject, text);
        return Printable.line((remedy.isEmpty() ? line : line + " -> " + remedy).replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }
}
