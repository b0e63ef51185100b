package dev.callout.cli.testcall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.output.SummaryTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Test numbers, through the API of the running dialler. */
@Command(
        name = "test-number",
        description =
                "Lists and changes the telephones that test calls may go to, through the running dialler's HTTP API.")
public final class TestNumberCommand {

    private static final String PATH = "/api/test-numbers";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Lists the test numbers.")
    void list(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> numbers = all(api);
        SummaryTable table = new SummaryTable("i_test_number", "number", "name", "added by");
        numbers.forEach(one -> table.row(
                one.path("i_test_number").asLong(),
                one.path("number").asText(),
                one.path("name").asText(""),
                one.path("created_by").asText("")));
        api.print(MAPPER.valueToTree(numbers), table.toString());
    }

    @Command(description = "Adds a test number; needs the role admin.")
    void add(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "NUMBER") String number,
            @Option(names = "--name", description = "whose telephone it is") String name)
            throws Exception {
        JsonNode added =
                api.post(PATH, MAPPER.createObjectNode().put("number", number).put("name", name));
        api.print(added, added.path("number").asText() + " is a test number now.\n");
    }

    @Command(description = "Removes a test number; needs the role admin.")
    void remove(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "NUMBER", description = "as it is listed, or i_test_number") String number)
            throws Exception {
        JsonNode row = all(api).stream()
                .filter(one -> one.path("number").asText().equals(number)
                        || one.path("i_test_number").asText().equals(number))
                .findFirst()
                .orElseThrow(() -> new ApiAccess.RefusedException("there is no test number " + number));
        api.delete(PATH + "/" + row.path("i_test_number").asLong());
        api.print(row, row.path("number").asText() + " is no test number any more.\n");
    }

    private static List<JsonNode> all(ApiAccess api) throws Exception {
        return api.all(PATH, "test_numbers");
    }
}
