package dev.callout.store.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A batch in the form that the statements use for JSON_TABLE: one parameter, whatever the number of rows. */
public final class JsonBatch {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private JsonBatch() {}

    public static <T> String of(List<T> rows, Function<T, Map<String, Object>> members) {
        try {
            return MAPPER.writeValueAsString(rows.stream().map(members).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a batch as JSON", e);
        }
    }
}
