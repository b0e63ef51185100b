package dev.callout.cli.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.callout.settings.file.SettingsException;
import java.io.IOException;

/** The values of columns on a command line, as the API takes them. Its description says which columns hold text. */
public final class ColumnValue {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode columns;

    private ColumnValue(JsonNode columns) {
        this.columns = columns;
    }

    /**
     * Asks the API for the description of some columns.
     *
     * @param schema their schema, such as {@code GatewayFields}
     */
    public static ColumnValue of(ApiAccess api, String schema)
            throws SettingsException, IOException, InterruptedException {
        return new ColumnValue(api.get("/openapi.json")
                .path("components")
                .path("schemas")
                .path(schema)
                .path("properties"));
    }

    /** Returns text that looks like a number as a number, unless the column holds text; an empty text as null. */
    public JsonNode of(String column, String text) throws JsonProcessingException {
        if (text.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        boolean isText = columns.path(column).path("type").toString().contains("\"string\"");
        return !isText && text.matches("-?(0|[1-9]\\d{0,9})(\\.\\d+)?|true|false")
                ? MAPPER.readTree(text)
                : JsonNodeFactory.instance.textNode(text);
    }
}
