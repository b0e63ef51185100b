package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** That docs/esl-component.md tells of every option and header as the component's generated description does. */
class EslReferenceTest {

    /** Options that every component of Camel has, and the part of the URI that has a table of its own. */
    private static final Set<String> CAMELS = Set.of(
            "autowiredEnabled",
            "bridgeErrorHandler",
            "exceptionHandler",
            "exchangePattern",
            "lazyStartProducer",
            "operation");

    private final JsonNode description;
    private final String reference;

    EslReferenceTest() throws Exception {
        try (InputStream json = EslComponent.class.getResourceAsStream("/META-INF/dev/callout/esl/esl.json")) {
            description = new ObjectMapper().readTree(json);
        }
        reference = Files.readString(Path.of("docs/esl-component.md"));
    }

    @Test
    void everyOptionStandsInTheTableOfWhereItIsGiven() {
        Predicate<JsonNode> ofConnection = option -> option.has("configurationClass");
        assertThat(rowsBelow("### Options of the component"))
                .containsExactlyElementsOf(options("componentProperties", ofConnection.negate()));
        assertThat(rowsBelow("### Options of a connection"))
                .containsExactlyElementsOf(options("properties", ofConnection))
                .containsExactlyInAnyOrderElementsOf(options("componentProperties", ofConnection));
        assertThat(rowsBelow("### Options of an endpoint"))
                .containsExactlyElementsOf(options("properties", ofConnection.negate()));
    }

    @Test
    void everyHeaderStandsThere() {
        List<String> headers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : description.get("headers").properties()) {
            headers.add("| `" + header.getKey() + "` | "
                    + header.getValue().get("javaType").asText() + " | "
                    + header.getValue().get("description").asText() + " |");
        }
        assertThat(headers).isNotEmpty();
        assertThat(rowsBelow("## Headers")).containsExactlyElementsOf(headers);
    }

    @Test
    void everyOperationStandsThere() {
        Set<String> told = new LinkedHashSet<>();
        rowsBelow("# The component").forEach(row -> told.add(row.replaceFirst("(?s)^\\| `esl:(\\w+)` .*", "$1")));
        assertThat(told)
                .containsExactlyInAnyOrder("originate", "api", "bgapi", "calls", "events")
                .hasSameSizeAs(EslOperation.values());
    }

    private List<String> options(String kind, Predicate<JsonNode> wanted) {
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> option : description.get(kind).properties()) {
            JsonNode told = option.getValue();
            if (!CAMELS.contains(option.getKey()) && wanted.test(told)) {
                rows.add("| `" + option.getKey() + "` | " + told.get("type").asText() + " | "
                        + (told.has("defaultValue")
                                ? "`" + told.get("defaultValue").asText() + "`"
                                : "") + " | "
                        + told.get("description").asText() + " |");
            }
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    /** The rows, without head, of the first table below a heading. */
    private List<String> rowsBelow(String heading) {
        int table = reference.indexOf("\n|---", reference.indexOf(heading));
        return reference
                .substring(table + 1)
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
