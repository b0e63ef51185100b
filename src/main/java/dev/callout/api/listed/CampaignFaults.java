package dev.callout.api.listed;

import dev.callout.api.http.ApiProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of the dialler's sentences about a row of table {@code campaigns} what is wrong with the fields of a request. A
 * sentence that is about none of its fields is left out, so that a problem that existed before does not stop another
 * change.
 */
final class CampaignFaults {

    /** What {@link dev.callout.store.CampaignRow} says of a column that it cannot read. */
    private static final Pattern OF_COLUMN =
            Pattern.compile("table campaigns, row \\d+, column (\\w+): (.*)", Pattern.DOTALL);

    private static final String TIMEZONE = "timezone";
    private static final String NO_ZONE = "i_schedule or datetime_start is set, but no zone";
    private static final Set<String> NEED_ZONE = Set.of("i_schedule", "datetime_start", TIMEZONE);

    private final Map<String, Object> given;
    private final List<Map.Entry<String, String>> found = new ArrayList<>();

    /** @param given the fields of the request; null resets one */
    CampaignFaults(Map<String, Object> given) {
        this.given = given;
    }

    /** Adds a sentence that names a column. */
    void add(String sentence) {
        fault(sentence).ifPresent(found::add);
    }

    /**
     * Adds the sentences of a rule that stops at the first: what it complains about is left out of the row, until it
     * has no more to say about the fields.
     */
    void addAll(Map<String, Object> row, Function<Map<String, Object>, List<String>> rule) {
        Map<String, Object> rest = new HashMap<>(row);
        boolean more = true;
        while (more) {
            more = false;
            for (String sentence : rule.apply(rest)) {
                Optional<Map.Entry<String, String>> fault = fault(sentence);
                fault.ifPresent(found::add);
                more |= fault.isPresent() && rest.put(fault.get().getKey(), null) != null;
            }
        }
    }

    private Optional<Map.Entry<String, String>> fault(String sentence) {
        if (sentence.startsWith(NO_ZONE)) {
            return NEED_ZONE.stream().noneMatch(given::containsKey)
                    ? Optional.empty()
                    : Optional.of(Map.entry(
                            TIMEZONE,
                            "must be set, such as Europe/Berlin: a schedule or a beginning is local time, and"
                                    + " callout.timezone is not set either"));
        }
        Matcher read = OF_COLUMN.matcher(sentence);
        if (read.matches()) {
            return given.get(read.group(1)) == null
                    ? Optional.empty()
                    : Optional.of(Map.entry(read.group(1), read.group(2)));
        }
        return given.keySet().stream()
                .filter(column -> given.get(column) != null)
                .filter(column -> sentence.matches("(?s).*\\b" + column + "\\b.*"))
                .max(Comparator.comparingInt(String::length))
                .map(column -> Map.entry(column, sentence));
    }

    /** @throws ApiProblem if anything is wrong with the fields; it names all of them */
    void refuse() {
        ApiProblem.refuse(found);
    }
}
