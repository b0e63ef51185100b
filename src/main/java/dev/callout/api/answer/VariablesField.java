package dev.callout.api.answer;

import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.dial.NumberVariables;
import dev.callout.store.variables.VarsColumn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Field {@code vars} of a number: an object of texts in JSON, a text in its column. */
public final class VariablesField {

    private static final String NAME = "vars";

    private VariablesField() {}

    /** Returns a row with its variables as an object, or as the text that stands there if that is none. */
    public static Map<String, Object> shown(Map<String, Object> row) {
        if (!(row.get(NAME) instanceof String text)) {
            return row;
        }
        Map<String, Object> shown = new LinkedHashMap<>(row);
        try {
            shown.put(NAME, VarsColumn.texts(text));
        } catch (UndialableException e) {
            // Whoever sees the text can mend it; the number's cause says what is wrong.
            shown.put(NAME, text);
        }
        return shown;
    }

    /**
     * Returns the column's value after a merge patch: a text sets a variable, null removes it, and null for all removes them
     * all. What stands there now and is no object of texts is replaced.
     *
     * @param column what stands there now; null: nothing
     * @param object the body of the request
     * @throws ApiProblem if the body holds anything else, or a variable that cannot be sent
     */
    public static String merged(String column, Map<String, Object> object) {
        for (String field : object.keySet()) {
            if (!field.equals(NAME)) {
                throw ApiProblem.field(
                        field.length() > 64 ? field.substring(0, 64) : field, "there is no such field that can be set");
            }
        }
        if (object.get(NAME) == null) {
            return object.containsKey(NAME) ? null : column;
        }
        if (!(object.get(NAME) instanceof Map<?, ?> changes)) {
            throw ApiProblem.field(NAME, "must be an object of texts");
        }
        Map<String, String> texts = new TreeMap<>(standing(column));
        for (Map.Entry<?, ?> one : changes.entrySet()) {
            if (one.getValue() != null && !(one.getValue() instanceof String)) {
                throw ApiProblem.field(NAME, "must be an object of texts");
            }
            texts.put((String) one.getKey(), (String) one.getValue());
        }
        try {
            return VarsColumn.write(NumberVariables.of(texts).texts());
        } catch (UndialableException e) {
            throw ApiProblem.field(NAME, e.getMessage());
        }
    }

    private static Map<String, String> standing(String column) {
        try {
            return column == null || column.isBlank() ? Map.of() : VarsColumn.texts(column);
        } catch (UndialableException e) {
            return Map.of();
        }
    }
}
