package dev.callout.settings.file;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * One problem with the options.
 *
 * @param source  the file, or {@code environment}
 * @param line    line of the file, counted from 1; 0 if there is none
 * @param key     the property or variable; null if the source as a whole is meant
 * @param what    what is wrong and what would be right; holds no password
 * @param nearest the valid name nearest to an unknown one, or null
 */
public record Problem(String source, int line, String key, String what, String nearest) {

    /** Returns the valid name that is nearest to an unknown one. {@code valid} is not empty. */
    public static String nearest(String name, Collection<String> valid) {
        return valid.stream()
                .min(Comparator.comparingInt(each -> distance(name, each)))
                .orElseThrow();
    }

    /** Returns how many letters must be inserted, deleted or replaced to get from one name to the other. */
    public static int distance(String left, String right) {
        return LevenshteinDistance.getDefaultInstance().apply(left, right);
    }

    /** For example {@code my.properties:3: callout.db.ulr: no such option; the nearest is callout.db.url}. */
    @Override
    public String toString() {
        return source + (line > 0 ? ":" + line : "") + ": " + (key == null ? "" : key + ": ") + what
                + (nearest == null ? "" : "; the nearest is " + nearest);
    }
}
