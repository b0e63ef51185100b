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
import java.util.List;

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
    private int line;
    private String cld;
    private String callerid;
    private int priority;
    private String refusal;

    JsonSource(InputStream in) throws IOException {
        parser = JSON.createParser(in);
    }

    @Override
    public ImportLine next() throws ApiProblem, IOException {
        try {
            JsonToken token = parser.nextToken();
            while (token == JsonToken.START_ARRAY && !inArray || token == JsonToken.END_ARRAY) {
                inArray = token == JsonToken.START_ARRAY;
                token = parser.nextToken();
            }
            if (token == null) {
                return null;
            }
            line = parser.currentTokenLocation().getLineNr();
            cld = null;
            callerid = null;
            priority = 0;
            refusal = null;
            if (token == JsonToken.START_OBJECT) {
                readObject();
            } else if (token == JsonToken.VALUE_STRING) {
                cld = parser.getText();
            } else {
                parser.skipChildren();
                refusal = "neither an object nor a string";
            }
            return refusal == null
                    ? new ImportLine(line, cld, callerid, priority, null)
                    : ImportLine.refused(line, cld, refusal);
        } catch (JsonProcessingException e) {
            throw new ApiProblem(400, "The body cannot be read as JSON: " + Json.where(e));
        }
    }

    private void readObject() throws IOException {
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
                read(name, token == JsonToken.VALUE_NULL ? null : parser.getText());
            }
        }
    }

    private void read(String name, String text) {
        switch (name) {
            case "callerid" -> callerid = text;
            case "priority" -> {
                try {
                    priority = ImportSource.priority(text);
                } catch (NumberFormatException e) {
                    refusal = "priority is not a whole number";
                }
            }
            default -> cld = text;
        }
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
