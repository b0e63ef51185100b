package dev.callout.api.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who sent a request.
 *
 * @param name    in words: {@code token night-shift}, {@code user anna}, {@code callout.http.token}, or {@link #LOCAL}
 * @param role    what the caller may do
 * @param address the address that the request came from; the one that a trusted proxy names, if it does
 */
public record Caller(String name, Role role, String address) {

    /** Who is let in without a token or a user, because this Callout has neither. */
    public static final String LOCAL = "local";

    /** Fields that hold telephone numbers, in every answer. */
    private static final Set<String> NUMBERS = Set.of("cld", "number", "callerid", "caller_id");

    /** The field that holds what is known of a callee. */
    private static final String VARIABLES = "vars";

    /**
     * Fields that may say anything of a callee: a record of what they have agreed to, what an agent reports, and who that
     * was, which can be the number of a telephone.
     */
    private static final Set<String> TEXTS = Set.of("consent", "report_note", "agent");

    private static final String HIDDEN = "\u2026";

    /** Returns whether the caller sees telephone numbers as they are. */
    public boolean seesNumbers() {
        return role.includes(Role.OPERATOR);
    }

    /** Returns a row as this caller may see it. */
    public Map<String, Object> shown(Map<String, Object> row) {
        if (seesNumbers()) {
            return row;
        }
        Map<String, Object> masked = new LinkedHashMap<>(row);
        masked.replaceAll(
                (field, value) -> NUMBERS.contains(field) && value instanceof String text ? masked(text) : value);
        masked.computeIfPresent(VARIABLES, (field, value) -> hidden(value));
        TEXTS.forEach(text -> masked.computeIfPresent(text, (field, value) -> HIDDEN));
        return masked;
    }

    /** Returns variables of which only the names can be seen. */
    private static Object hidden(Object variables) {
        if (variables instanceof Map<?, ?> texts) {
            Map<Object, Object> hidden = new LinkedHashMap<>(texts);
            hidden.replaceAll((name, text) -> HIDDEN);
            return hidden;
        }
        return HIDDEN;
    }

    /**
     * Returns a telephone number by which people can tell calls apart, but call nobody: its beginning, which says where
     * it is, and its last two characters, with at least four in between left out.
     */
    static String masked(String number) {
        String plain = number.replaceAll("[\\s()./-]", "");
        int shown = Math.min(5, plain.length() - 6);
        return shown < 2 ? "…" : plain.substring(0, shown) + "…" + plain.substring(plain.length() - 2);
    }
}
