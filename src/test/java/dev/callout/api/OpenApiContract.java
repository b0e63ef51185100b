package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The OpenAPI document as a client takes it: what it promises of an answer, and nothing else, must come. Its schemas are JSON
 * Schema, and judged by a validator that knows nothing of the API.
 */
final class OpenApiContract {

    private static final String LOCATION = "https://callout.test/openapi.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode document;
    private final JsonSchemaFactory schemas;

    OpenApiContract() {
        try (InputStream in = OpenApiContract.class.getResourceAsStream("openapi.json")) {
            document = MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.findParents("properties").forEach(schema -> {
            if (!schema.has("additionalProperties") && schema.get("properties").isObject()) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, document.toString()))));
    }

    /** Checks the status, the content type, the headers and the JSON of an answer. */
    void check(String method, String path, HttpResponse<String> response) {
        String exchange = method + " " + path + " → " + response.statusCode() + " " + response.body();
        String operation = operation(method, path);
        if (operation == null && response.statusCode() < 400 && !path.startsWith("/api")) {
            // A file of the live page, which is no part of the API.
            return;
        }
        String answer = operation == null ? "/components/responses/Problem" : answer(operation, response.statusCode());
        JsonNode documented = document.at(answer);
        assertThat(documented.isObject()).as("documented: %s", exchange).isTrue();
        documented.path("headers").fieldNames().forEachRemaining(header -> assertThat(
                        response.headers().firstValue(header))
                .as("%s of %s", header, exchange)
                .isPresent());
        JsonNode content = documented.path("content");
        if (content.isEmpty()) {
            assertThat(response.body()).as(exchange).isEmpty();
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        assertThat(content.has(type))
                .as("content type %s of %s", type, exchange)
                .isTrue();
        if (type.endsWith("json")) {
            assertThat(faults(answer + "/content/" + escaped(type) + "/schema", response.body()))
                    .as(exchange)
                    .isEmpty();
        }
    }

    private Set<ValidationMessage> faults(String schema, String body) {
        try {
            return schemas.getSchema(SchemaLocation.of(LOCATION + "#" + schema)).validate(MAPPER.readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the operation stands; null if the API has none for that path or method. */
    private String operation(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        return document.get("paths").properties().stream()
                .filter(one -> plain.matches(Pattern.quote(one.getKey()).replaceAll("\\{\\w+}", "\\\\E[^/]+\\\\Q")))
                .filter(one -> one.getValue().has(method.toLowerCase(Locale.ROOT)))
                .map(one -> "/paths/" + escaped(one.getKey()) + "/" + method.toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(null);
    }

    private String answer(String operation, int status) {
        String responses = operation + "/responses/";
        String answer = responses + (document.at(responses + status).isMissingNode() ? "default" : status);
        JsonNode reference = document.at(answer).path("$ref");
        return reference.isTextual() ? reference.asText().substring(1) : answer;
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
