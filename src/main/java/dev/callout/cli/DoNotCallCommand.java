package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.campaign.Printable;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.output.SummaryTable;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Do-not-call lists, through the API of the running dialler. */
@Command(
        name = "do-not-call",
        description =
                "Imports, lists, adds and removes numbers that must not be called, through the running dialler's HTTP API.")
final class DoNotCallCommand {

    private static final String ENTRIES = "/api/do-not-call";
    private static final String LISTS = "/api/do-not-call-lists";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** How many refused lines are shown. */
    private static final int SHOWN = 20;
    /** How many entries are shown. */
    private static final int MOST_ENTRIES = 1000;

    /** The list that a command is about. */
    static final class OfList {
        @Option(
                names = "--list",
                paramLabel = "NAME",
                description = "a further list; else the list that binds all campaigns")
        private String name;

        private String query(String first, String... others) {
            List<String> all = new ArrayList<>();
            if (name != null) {
                all.add("list=" + ApiAccess.segment(name));
            }
            all.addAll(List.of(others));
            return all.isEmpty() ? "" : first + String.join("&", all);
        }
    }

    @Command(
            name = "import",
            description =
                    "Adds the numbers of a file, or /dev/stdin: one in each line, or an area code and seven digits.")
    int take(
            @Mixin ApiAccess api,
            @Mixin OfList list,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--country",
                            paramLabel = "CODE",
                            description = "country by which numbers without + are read, such as US")
                    String country,
            @Option(names = "--replace", description = "replace the whole further list, in one step") boolean replace)
            throws Exception {
        api.requireReadable(file);
        List<String> query = new ArrayList<>();
        if (country != null) {
            query.add("country=" + ApiAccess.segment(country));
        }
        if (replace) {
            query.add("replace=true");
        }
        if (Files.isRegularFile(file)) {
            query.add("file=" + ApiAccess.segment(file.getFileName().toString()));
        }
        JsonNode report;
        try (InputStream numbers = Files.newInputStream(file)) {
            // A pipe, such as /dev/stdin, has no known length.
            report = api.post(
                    ENTRIES + "/numbers" + list.query("?", query.toArray(String[]::new)),
                    "text/csv",
                    Files.isRegularFile(file)
                            ? BodyPublishers.ofFile(file)
                            : BodyPublishers.ofInputStream(() -> numbers));
        }
        boolean imported = report.path("imported").asBoolean();
        api.print(report, (imported ? "" : "Nothing was imported: ") + text(report));
        return imported ? 0 : 1;
    }

    private static String text(JsonNode report) {
        StringBuilder text = new StringBuilder(String.format(
                "%s of %s lines accepted, %s refused.%n",
                report.path("accepted"), report.path("lines"), report.path("refused")));
        int shown = 0;
        for (JsonNode line : report.path("left_out")) {
            if (shown++ == SHOWN) {
                return text.append("... --json shows more\n").toString();
            }
            text.append("Line " + line.path("line") + ": "
                    + Printable.line(line.path("reason").asText()) + "\n");
        }
        return text.toString();
    }

    @Command(description = "Lists the first thousand entries, or those of one number, in whatever form it is written.")
    void list(
            @Mixin ApiAccess api, @Mixin OfList list, @Parameters(arity = "0..1", paramLabel = "NUMBER") String number)
            throws Exception {
        String limit = "limit=" + MOST_ENTRIES;
        JsonNode page = api.get(ENTRIES
                + (number == null
                        ? list.query("?", limit)
                        : list.query("?", limit, "number=" + ApiAccess.segment(number))));
        SummaryTable table = new SummaryTable("number", "telephone", "expires", "reason");
        page.path("do_not_call")
                .forEach(entry -> table.row(
                        entry.path("number").asText(),
                        entry.path("e164").asText(""),
                        entry.path("expires").asText(""),
                        entry.path("reason").asText("")));
        api.print(page, table + (page.path("next").isNull() ? "" : "... and more\n"));
    }

    @Command(description = "Lists the further lists, which bind the campaigns that name them.")
    void lists(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> lists = api.all(LISTS, "do_not_call_lists");
        SummaryTable table = new SummaryTable("list", "country", "loaded at", "max. days", "source");
        lists.forEach(one -> table.row(
                one.path("name").asText(),
                one.path("country").asText(""),
                one.path("loaded_at").asText(""),
                one.path("max_age_days").asText(""),
                one.path("source").asText("")));
        api.print(MAPPER.valueToTree(lists), table.toString());
    }

    @Command(description = "Adds a number, or changes the reason and the end of its entry.")
    void add(
            @Mixin ApiAccess api,
            @Mixin OfList list,
            @Parameters(paramLabel = "NUMBER") String number,
            @Option(names = "--reason", paramLabel = "TEXT", description = "for people only") String reason,
            @Option(
                            names = "--expires",
                            paramLabel = "INSTANT",
                            description = "when it may be called again, such as 2027-01-31T09:00:00Z; else never")
                    String expires,
            @Option(names = "--hangup", description = "end calls to it that ring or talk now, on all nodes")
                    boolean hangUp)
            throws Exception {
        ObjectNode entry = MAPPER.createObjectNode().put("number", number);
        entry.put("reason", reason).put("expires", expires);
        JsonNode added = api.post(ENTRIES + (hangUp ? list.query("?", "hangup=true") : list.query("?")), entry);
        api.print(added, "Added " + Printable.line(added.path("number").asText()) + ".\n");
    }

    @Command(description = "Removes numbers, in whatever form they are written.")
    void remove(
            @Mixin ApiAccess api,
            @Mixin OfList list,
            @Parameters(arity = "1..*", paramLabel = "NUMBER") List<String> numbers)
            throws Exception {
        for (String number : numbers) {
            api.delete(ENTRIES + "/" + ApiAccess.segment(number) + list.query("?"));
        }
        api.print(MAPPER.valueToTree(numbers), "Removed " + numbers.size() + ".\n");
    }
}
