package dev.callout.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes the API's JSON. A duplicate member and text after the value are errors. The components of a record get
 * names in lower case with underscores.
 */
public final class Json {

    /** Thread-safe. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Json() {}

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON", e);
        }
    }

    /** Returns the members in their order in the text. */
    static Map<String, Object> object(InputStream in) throws IOException {
        try {
            Map<String, Object> object = MAPPER.readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {});
            if (object == null) {
                throw new ApiProblem(400, "The body must be a JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new ApiProblem(400, "The body must be a JSON object: " + where(e));
        }
    }

    /** Returns what is wrong, without the text around it. */
    public static String where(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("it cannot be read")
                + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")");
    }
}
