package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.api.access.Permissions;
import dev.callout.api.access.Role;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.listed.CampaignsApi;
import dev.callout.api.listed.GatewaysApi;
import dev.callout.dialler.campaigns.Idle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final Pattern STEP = Pattern.compile(
            "(?m)^    path: (?<base>.*)$|^    (?<verb>get|post|patch|delete):$|^        path: (?<sub>.*)$"
                    + "|^        to: (?:bean:(?<bean>\\w+)\\?method=(?<method>\\w+)|direct:(?<route>[\\w-]+)(?:\\?.*)?)$");

    private final JsonNode document = document();

    private static JsonNode document() {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void documentAndRoutesKnowTheSameOperations() throws Exception {
        List<String> documented = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(verb -> documented.add(verb + " " + path.getKey())));

        assertThat(operations().stream().map(Operation::name)).containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void everyOperationNamesTheRoleThatItNeeds() throws Exception {
        for (Operation operation : operations()) {
            String[] words = operation.name().split(" ");
            JsonNode documented = document.get("paths").get(words[1]).get(words[0]);
            String method = words[0].toUpperCase(Locale.ROOT);
            assertThat(documented.at("/security/1/token/0").asText())
                    .as("security of %s; class Permissions has the roles", operation.name())
                    .isEqualTo(Permissions.listed(method, words[1].replaceAll("[{}]", ""))
                            .map(Role::word)
                            .orElse("not in the table"));
        }
    }

    @Test
    void everyRouteCallsAMethodThatTakesARequest() throws Exception {
        for (Operation operation :
                operations().stream().filter(one -> one.bean() != null).toList()) {
            Class<?> bean = resource(operation.bean());
            assertThat(Arrays.stream(bean.getMethods())
                            .filter(one -> one.getName().equals(operation.method())))
                    .as(operation.name())
                    .singleElement()
                    .extracting(Method::getReturnType)
                    .isEqualTo(ApiResponse.class);
        }
    }

    private static Class<?> resource(String bean) throws ClassNotFoundException {
        String type = bean.substring(0, 1).toUpperCase(Locale.ROOT) + bean.substring(1);
        String inner = Stream.of(
                        "", "activity/", "calls/", "listed/", "numbers/", "prompts/", "report/", "stop/", "testcall/")
                .filter(room -> Api.class.getResource(room + type + ".class") != null)
                .findFirst()
                .orElseThrow();
        return Class.forName("dev.callout.api." + inner.replace('/', '.') + type);
    }

    @Test
    void campaignSchemaIsWhatTheApiTakes() {
        List<String> fields = new ArrayList<>();
        document.at("/components/schemas/CampaignFields/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactlyElementsOf(
                        CampaignsApi.COLUMNS.stream().map(Column::name).toList());
        for (Column column : CampaignsApi.COLUMNS) {
            JsonNode schema = document.at("/components/schemas/CampaignFields/properties/" + column.name());
            if (schema.has("maxLength")) {
                assertThat(schema.get("maxLength").asLong()).as(column.name()).isEqualTo(column.most());
            }
            if (schema.has("minimum")) {
                assertThat(schema.get("minimum").asLong()).as(column.name()).isEqualTo(column.least());
                assertThat(schema.get("maximum").asLong()).as(column.name()).isEqualTo(column.most());
            }
        }
    }

    @Test
    void gatewaySchemaIsWhatTheApiTakesAndSaysWhichColumnsHoldText() {
        JsonNode fields = document.at("/components/schemas/GatewayFields/properties");
        assertThat(fields.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(
                        GatewaysApi.COLUMNS.stream().map(Column::name).toList());
        for (Column column : GatewaysApi.COLUMNS) {
            JsonNode schema = fields.get(column.name());
            boolean isText = column.kind() == Column.Kind.TEXT || column.kind() == Column.Kind.LINES;
            assertThat(schema.get("type").toString().contains("string"))
                    .as(column.name())
                    .isEqualTo(isText);
            if (column.most() > 0) {
                assertThat(schema.path(isText ? "maxLength" : "maximum").asLong())
                        .as(column.name())
                        .isEqualTo(column.most());
            }
        }
    }

    @Test
    void reasonsAreThoseOfTheDiallerInDocumentPageAndMetrics() throws Exception {
        Set<String> codes =
                Arrays.stream(Idle.Reason.values()).map(Idle.Reason::code).collect(Collectors.toSet());
        List<String> documented = new ArrayList<>();
        document.at("/components/schemas/Campaign/properties/idle_reason/enum").forEach(one -> {
            if (!one.isNull()) {
                documented.add(one.asText());
            }
        });
        assertThat(documented).containsExactlyInAnyOrderElementsOf(codes);

        String page = new String(
                OpenApiTest.class.getResourceAsStream("page/words.js").readAllBytes(), StandardCharsets.UTF_8);
        List<String> used = Pattern.compile("(?m)^const (?:WORDS|NOT_YET) = .*")
                .matcher(page)
                .results()
                .flatMap(line -> Pattern.compile("(\\w+): 'why|[\\[ ]'(\\w+)'[,\\]]")
                        .matcher(line.group())
                        .results())
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
        assertThat(used).hasSize(4).isSubsetOf(codes);

        String metric = Files.readString(Path.of("docs/monitoring.md"))
                .lines()
                .filter(line -> line.startsWith("| `callout_campaigns`"))
                .findFirst()
                .orElseThrow();
        codes.removeAll(Set.of("database_away", "switch_away", "draining", "route_halted"));
        assertThat(codes).allSatisfy(code -> assertThat(metric).containsPattern("\\b" + code + "\\b"));
    }

    /** What a verb of the REST routes leads to. */
    private record Operation(String name, String bean, String method) {}

    private static List<Operation> operations() throws Exception {
        List<Operation> operations = new ArrayList<>();
        String base = "";
        String verb = "";
        String sub = "";
        Matcher step = STEP.matcher(Files.readString(Path.of("routes/api.camel.yaml")));
        while (step.find()) {
            if (step.group("base") != null) {
                base = step.group("base");
            } else if (step.group("verb") != null) {
                verb = step.group("verb");
            } else if (step.group("sub") != null) {
                sub = step.group("sub");
            } else {
                operations.add(new Operation(verb + " " + base + sub, step.group("bean"), step.group("method")));
                sub = "";
            }
        }
        return operations;
    }
}
