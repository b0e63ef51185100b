package dev.callout.esl;

import dev.callout.esl.wire.EslEvent;
import java.util.Map;
import org.apache.camel.Converter;
import org.apache.camel.util.json.JsonObject;

/** Type conversions for an event in a body: to a map of its fields, to a JSON object, and to JSON text. */
@Converter(generateLoader = true)
public final class EslEventConverter {

    private EslEventConverter() {}

    /** All fields in the order received; see {@link EslEvent#toMap()}. */
    @Converter
    public static Map<String, String> toMap(EslEvent event) {
        return event.toMap();
    }

    /** The fields as a JSON object of strings, for steps that process JSON. An array is a string here, too. */
    @Converter
    public static JsonObject toJsonObject(EslEvent event) {
        return new JsonObject(event.toMap());
    }

    /** {@link #toJsonObject} as text. */
    @Converter
    public static String toJson(EslEvent event) {
        return toJsonObject(event).toJson();
    }
}
