package dev.callout.cli.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Set;

/** The value of a column on a command line, as the API takes it. */
public final class ColumnValue {

    /** Columns of text whose values may look like numbers. Caller IDs of campaigns begin with + or 0. */
    private static final Set<String> TEXT = Set.of("prefix", "prefixes", "switches");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ColumnValue() {}

    /** Returns text that looks like a number as a number, unless the column holds text; an empty text as null. */
    public static JsonNode of(String column, String text) throws JsonProcessingException {
        if (text.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        return !TEXT.contains(column) && text.matches("-?(0|[1-9]\\d{0,9})(\\.\\d+)?|true|false")
                ? MAPPER.readTree(text)
                : JsonNodeFactory.instance.textNode(text);
    }
}
