package dev.callout.store.variables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.dial.NumberVariables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Reads and writes the JSON that column {@code vars} holds: an object of texts. */
public final class VarsColumn {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private VarsColumn() {}

    /**
     * Returns the variables. A number counts as the text that it is written as.
     *
     * @param json null or blank: none
     * @throws UndialableException if this is no JSON object of texts and numbers, or if a variable cannot be sent
     */
    public static NumberVariables read(String json) throws UndialableException {
        if (json == null || json.isBlank()) {
            return NumberVariables.NONE;
        }
        return NumberVariables.of(texts(json));
    }

    /**
     * Returns the texts by name, as they stand there; null for a value that is null.
     *
     * @throws UndialableException if this is no JSON object of texts and numbers
     */
    public static Map<String, String> texts(String json) throws UndialableException {
        Map<String, String> texts = new TreeMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                require(value.isScalarValue() && !value.isBoolean());
                texts.put(name, value == JsonToken.VALUE_NULL ? null : parser.getText());
            }
            require(parser.nextToken() == null);
        } catch (JsonProcessingException e) {
            // Without its message, which shows a part of the text.
            throw noObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static void require(boolean object) throws UndialableException {
        if (!object) {
            throw noObject();
        }
    }

    private static UndialableException noObject() {
        return NumberVariables.invalid(null, "vars is no JSON object of texts, such as {\"amount\": \"12.50\"}");
    }

    /** Returns the column's value for these texts; null if there are none. */
    public static String write(Map<String, String> texts) {
        try {
            return texts.isEmpty() ? null : MAPPER.writeValueAsString(new TreeMap<>(texts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write texts as JSON", e);
        }
    }
}
