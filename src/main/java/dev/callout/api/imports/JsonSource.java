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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers as JSON: an array, or one value after the other. Each is an object, or a string that is the number alone. Member
 * {@code vars} is an object of variables. Further members are what further columns of a table are. They are counted as items,
 * since one line can hold them all.
 */
final class JsonSource implements ImportSource {

    /** So many names of variables, and of ignored members, are kept for the answer. */
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
    private final SortedSet<String> ignored = new TreeSet<>();
    private boolean inArray;
    private int items;

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
            items++;
            if (token == JsonToken.START_OBJECT) {
                return readObject();
            }
            if (token == JsonToken.VALUE_STRING) {
                return ImportLine.of(items, Map.of("cld", parser.getText()));
            }
            parser.skipChildren();
            return ImportLine.refused(items, null, "neither an object nor a string");
        } catch (JsonProcessingException e) {
            throw new ApiProblem(400, "The body cannot be read as JSON: " + Json.where(e));
        }
    }

    private ImportLine readObject() throws IOException {
        Map<String, String> members = new HashMap<>();
        Map<String, String> vars = new HashMap<>();
        Map<String, List<String>> offered = new TreeMap<>();
        String refusal = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            boolean text = token.isScalarValue() && !token.isBoolean();
            if (name.equals("vars")) {
                if (token == JsonToken.START_OBJECT) {
                    refusal = readVariables(vars, refusal);
                } else if (token != JsonToken.VALUE_NULL) {
                    refusal = "vars is no object of texts";
                    parser.skipChildren();
                }
            } else if (!FIELDS.contains(name)) {
                refusal = readFurther(name, text, offered, refusal);
            } else if (!text) {
                refusal = name + " is neither a text nor a number";
                parser.skipChildren();
            } else {
                members.put(
                        name.equals("number") ? "cld" : name, token == JsonToken.VALUE_NULL ? null : parser.getText());
            }
        }
        return refusal == null
                ? ImportLine.of(items, members).with(variables(vars, offered))
                : ImportLine.refused(items, members.get("cld"), refusal);
    }

    /** Reads a member that is no field of a number. Only if the sender has named it, it has to be a text or a number. */
    private String readFurther(String name, boolean text, Map<String, List<String>> offered, String refusal)
            throws IOException {
        String variable = further.ofField(name).orElse(null);
        if (variable != null && text) {
            offered.computeIfAbsent(variable, any -> new ArrayList<>())
                    .add(parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText());
            return refusal;
        }
        parser.skipChildren();
        if (variable != null && further.named()) {
            return name + " is neither a text nor a number";
        }
        tell(ignored, name);
        return refusal;
    }

    /** Of two members of the same name nobody knows which is meant; but {@code vars} goes first. */
    private ImportLine.Variables variables(Map<String, String> vars, Map<String, List<String>> offered) {
        Set<String> taken = new HashSet<>();
        offered.forEach((name, texts) -> {
            if (texts.size() > 1 || vars.containsKey(name)) {
                tell(ignored, name);
            } else {
                vars.put(name, texts.get(0));
                tell(variables, name);
                taken.add(name);
            }
        });
        return new ImportLine.Variables(vars, Map.of(), further.named() ? Set.of() : taken);
    }

    private static void tell(Set<String> names, String name) {
        if (names.size() < MOST_TOLD) {
            names.add(name);
        }
    }

    private String readVariables(Map<String, String> vars, String refusal) throws IOException {
        String problem = refusal;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token.isScalarValue() && !token.isBoolean()) {
                vars.put(name, token == JsonToken.VALUE_NULL ? null : parser.getText());
                if (NumberVariables.isName(name)) {
                    tell(variables, name);
                }
            } else {
                problem = "a variable in vars is neither a text nor a number";
                parser.skipChildren();
            }
        }
        return problem;
    }

    @Override
    public String unit() {
        return "item";
    }

    @Override
    public List<String> variables() {
        return List.copyOf(variables);
    }

    @Override
    public List<String> ignored() {
        return List.copyOf(ignored);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
