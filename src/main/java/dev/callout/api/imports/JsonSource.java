package dev.callout.api.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.Json;
import dev.callout.campaign.dial.NumberVariables;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Numbers as JSON: an array, or one value after the other. Each is an object, or a string that is the number alone. Member
 * {@code vars} is an object of variables; further members become variables only where the sender has named them.
 */
final class JsonSource implements ImportSource {

    /** So many names of variables are kept for the answer. */
    private static final int MOST_TOLD = 1000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(4000)
                    .maxNameLength(100)
                    .maxNestingDepth(10)
                    .build())
            .build();

    private final JsonParser parser;
    private final VariableColumns further;
    private final SortedSet<String> variables = new TreeSet<>();
    private boolean inArray;

    JsonSource(InputStream in, VariableColumns further) throws IOException {
        this.further = further;
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
        Map<String, String> vars = new HashMap<>();
        String refusal = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("vars")) {
                if (token == JsonToken.START_OBJECT) {
                    refusal = readVariables(vars, refusal);
                } else if (token != JsonToken.VALUE_NULL) {
                    refusal = "vars is no object of texts";
                    parser.skipChildren();
                }
            } else if (further.hold(name) && token.isScalarValue() && !token.isBoolean()) {
                put(vars, name, token);
            } else if (!FIELDS.contains(name)) {
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
        return refusal == null
                ? ImportLine.of(line, members).with(new ImportLine.Variables(vars, Map.of(), true))
                : ImportLine.refused(line, members.get("cld"), refusal);
    }

    private String readVariables(Map<String, String> vars, String refusal) throws IOException {
        String problem = refusal;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token.isScalarValue() && !token.isBoolean()) {
                put(vars, name, token);
            } else {
                problem = "a variable in vars is neither a text nor a number";
                parser.skipChildren();
            }
        }
        return problem;
    }

    private void put(Map<String, String> vars, String name, JsonToken token) throws IOException {
        vars.put(name, token == JsonToken.VALUE_NULL ? null : parser.getText());
        if (NumberVariables.isName(name) && variables.size() < MOST_TOLD) {
            variables.add(name);
        }
    }

    @Override
    public List<String> variables() {
        return List.copyOf(variables);
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
