package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.api.imports.NumberSplit;
import dev.callout.campaign.Printable;
import dev.callout.campaign.telephone.Country;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.output.Printout;
import dev.callout.cli.output.SummaryTable;
import dev.callout.cli.report.AttemptList;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports numbers into campaigns and exports results, through the API of the running dialler. */
@Command(
        name = "numbers",
        description = "Imports numbers into a campaign of the running dialler, and exports their attempts.")
final class NumbersCommand {

    /** How many of the lines that were left out are shown. */
    private static final int SHOWN = 20;
    /** Each is a file that is open. */
    private static final int MOST_HOMES = 1000;

    @Spec
    private CommandSpec spec;

    @Command(
            name = "import",
            description =
                    "Imports numbers from a file, or /dev/stdin: CSV, a workbook (.xlsx) or JSON, as it is or packed by gzip.")
    int take(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--good",
                            description = "import the good lines even if others are refused; else all lines or none")
                    boolean good,
            @Option(
                            names = "--column",
                            paramLabel = "FIELD=NAME",
                            description = "name the column of a field: number, callerid, priority, timezone or consent")
                    Map<String, String> columns,
            @Option(
                            names = "--vars",
                            paramLabel = "NAME,NAME",
                            description =
                                    "the further columns that become variables of the numbers, or none; by default all"
                                            + " whose headings can be names of variables")
                    String vars)
            throws Exception {
        api.requireReadable(file);
        StringBuilder query = new StringBuilder("?mode=" + (good ? "good" : "all"));
        if (Files.isRegularFile(file)) {
            query.append("&file=" + ApiAccess.segment(file.getFileName().toString()));
        }
        if (columns != null) {
            columns.forEach((field, heading) ->
                    query.append("&column." + ApiAccess.segment(field) + "=" + ApiAccess.segment(heading)));
        }
        if (vars != null) {
            query.append("&vars=" + ApiAccess.segment(vars));
        }
        JsonNode report;
        try (InputStream numbers = Files.newInputStream(file)) {
            // A pipe, such as /dev/stdin, has no known length.
            report = api.post(
                    ApiAccess.campaign(name) + "/numbers" + query,
                    // What the file is, its content decides.
                    "application/octet-stream",
                    Files.isRegularFile(file)
                            ? BodyPublishers.ofFile(file)
                            : BodyPublishers.ofInputStream(() -> numbers));
        }
        boolean imported = report.get("imported").asBoolean();
        api.print(report, (imported ? "" : "Nothing was imported: ") + text(report));
        return imported ? 0 : 1;
    }

    private static String text(JsonNode report) {
        StringBuilder text = new StringBuilder(String.format(
                "%s of %s lines accepted, %s duplicates, %s on the do-not-call list, %s refused.%n",
                report.get("accepted"),
                report.get("lines"),
                report.get("duplicate"),
                report.get("do_not_call"),
                report.get("refused")));
        addNames(text, "Columns that became variables: ", report.get("variables"));
        addNames(text, "Columns that were not used: ", report.get("ignored_columns"));
        addLines(text, report.get("left_out"));
        if (report.get("warned").asLong() > 0) {
            text.append(report.get("warned") + " things may be wrong:\n");
            addLines(text, report.get("warnings"));
        }
        return text.toString();
    }

    private static void addNames(StringBuilder text, String title, JsonNode names) {
        List<String> shown = new ArrayList<>();
        names.forEach(name -> shown.add(Printable.line(name.asText())));
        if (!shown.isEmpty()) {
            text.append(title + String.join(", ", shown) + "\n");
        }
    }

    private static void addLines(StringBuilder text, JsonNode lines) {
        int shown = 0;
        for (JsonNode line : lines) {
            if (shown++ == SHOWN) {
                text.append("... --json shows more\n");
                return;
            }
            text.append((line.has("item") ? "Item " + line.get("item") : "Line " + line.get("line")) + ": "
                    + Printable.line(line.get("reason").asText()) + "\n");
        }
    }

    @Command(description = "Lists what was imported into a campaign, when and by whom, the latest first.")
    void imports(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        JsonNode answer = api.get("/api/imports?campaign=" + ApiAccess.segment(name));
        SummaryTable table = new SummaryTable("import", "at", "who", "file", "numbers", "undone");
        answer.path("imports")
                .forEach(one -> table.row(
                        one.path("i_import").asLong(),
                        one.path("at").asText(),
                        one.path("who").asText(),
                        one.path("file").asText(""),
                        one.path("accepted").asLong(),
                        one.path("undone").asText("")));
        api.print(answer, table.toString());
    }

    @Command(
            description =
                    "Takes an import back: removes its numbers that were never called, and calls none of the others again.")
    void undo(@Mixin ApiAccess api, @Parameters(paramLabel = "IMPORT") long key) throws Exception {
        JsonNode done = api.post("/api/imports/" + key + "/undo");
        long calling = done.path("in_progress").asLong();
        api.print(
                done,
                done.path("removed").asLong() + " removed, "
                        + done.path("already_called").asLong() + " already called"
                        + (calling == 0 ? "" : ", of which " + calling + " are in a call now: undo it again after them")
                        + ".\n");
    }

    @Command(
            description =
                    "Writes every attempt of a campaign to a file: CSV; JSON or a workbook if its name ends in .json or .xlsx.")
    void export(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--vars", description = "with the variables that each number has now") boolean vars)
            throws Exception {
        String format = Stream.of("json", "xlsx")
                .filter(one -> file.toString().endsWith("." + one))
                .findFirst()
                .orElse("csv");
        api.download(ApiAccess.campaign(name) + "/attempts?format=" + format + (vars ? "&vars=true" : ""), file);
    }

    @Command(description = "Lists attempts of a campaign, or of all, those that ended last first.")
    void attempts(
            @Mixin ApiAccess api,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "CAMPAIGN",
                            description = "name or i_campaign; missing: all campaigns")
                    String name,
            @Option(names = "--status", paramLabel = "STATUS", description = "with this status, such as failure")
                    String status,
            @Option(names = "--cause", paramLabel = "CAUSE", description = "with this hang-up cause") String cause,
            @Option(names = "--number", paramLabel = "NUMBER", description = "of this number, in any spelling")
                    String number,
            @Option(
                            names = "--since",
                            paramLabel = "INSTANT",
                            description = "that ended from then on, such as 2026-11-30T00:00:00Z")
                    String since,
            @Option(names = "--until", paramLabel = "INSTANT", description = "that ended before") String until,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "so many, 1000 at most; by default ${DEFAULT-VALUE}")
                    int limit)
            throws Exception {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("campaign", name);
        query.put("status", status);
        query.put("cause", cause);
        query.put("number", number);
        query.put("since", since);
        query.put("until", until);
        AttemptList.print(api, query, limit);
    }

    @Command(
            description =
                    "Divides a list into CSV files for independent installations: each telephone is in one of them, however it"
                            + " is written.")
    int split(
            @Parameters(paramLabel = "FILE", description = "CSV or a workbook (.xlsx), with or without a heading")
                    Path file,
            @Option(
                            names = "--by-telephone",
                            required = true,
                            paramLabel = "N",
                            description = "how many installations there are")
                    int homes,
            @Option(
                            names = "--country",
                            required = true,
                            paramLabel = "DE",
                            description = "the country of numbers without +, as callout.country has it")
                    String country,
            @Option(
                            names = "--column",
                            paramLabel = "FIELD=NAME",
                            description = "name the column of the numbers: number=NAME")
                    Map<String, String> columns,
            @Option(
                            names = "--into",
                            paramLabel = "FOLDER",
                            description = "where the files are written; by default here")
                    Path folder)
            throws IOException {
        Country of;
        try {
            of = Country.of(country);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--country: " + e.getMessage(), e);
        }
        if (homes < 1 || homes > MOST_HOMES) {
            throw new ParameterException(spec.commandLine(), "--by-telephone must be 1 to " + MOST_HOMES);
        }
        NumberSplit.Result result = NumberSplit.of(
                file, homes, of, columns == null ? Map.of() : columns, folder == null ? Path.of("") : folder);
        Printout out = Printout.of(spec);
        for (int i = 0; i < homes; i++) {
            out.println(result.files().get(i) + ": " + result.lines().get(i) + " lines");
        }
        if (result.refused() > 0) {
            out.println(result.rest() + ": " + result.refused()
                    + " lines that mean no telephone, or perhaps two, with the reasons");
        }
        out.flush();
        return result.refused() > 0 ? 1 : 0;
    }
}
