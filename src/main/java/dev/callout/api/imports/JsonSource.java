package dev.callout.api.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers as JSON: an array, or one value after the other. Each is an object, or a string that is the number alone. */
final class JsonSource implements ImportSource {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(1000)
                    .maxNameLength(100)
                    .maxNestingDepth(10)
                    .build())
            .build();

    private final JsonParser parser;
    private boolean inArray;

    JsonSource(InputStream in) throws IOException {
        parser = JSON.createParser(in);
    }

    @Override
    public ImportLine next() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            while (token == JsonToken.START_ARRAY && !inArray || token == JsonToken.END_ARRAY) {
                inArray = token == JsonToken.START_ARRAY;
                token = parser.nextToken();
            }
            if (token == null) {
                return null;
            }
            int line = parser.currentTokenLocation().getLineNr();
            if (token == JsonToken.START_OBJECT) {
                return readObject(line);
            }
            if (token == JsonToken.VALUE_STRING) {
                return ImportLine.of(line, Map.of("cld", parser.getText()));
            }
            parser.skipChildren();
            return ImportLine.refused(line, null, "neither an object nor a string");
        } catch (JsonProcessingException e) {
            throw new ApiProblem(400, "The body cannot be read as JSON: " + Json.where(e));
        }
    }

    private ImportLine readObject(int line) throws IOException {
        Map<String, String> members = new HashMap<>();
        String refusal = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (!FIELDS.contains(name)) {
                refusal = "there is no field " + name;
                parser.skipChildren();
            } else if (!token.isScalarValue() || token.isBoolean()) {
                refusal = name + " is neither a text nor a number";
                parser.skipChildren();
            } else {
                members.put(
                        name.equals("number") ? "cld" : name, token == JsonToken.VALUE_NULL ? null : parser.getText());
            }
        }
        return refusal == null ? ImportLine.of(line, members) : ImportLine.refused(line, members.get("cld"), refusal);
    }

    @Override
    public List<String> ignored() {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
