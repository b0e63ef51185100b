package dev.callout.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.output.SummaryTable;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how attempts have ended. */
@Command(
        name = "report",
        description = "Shows how the attempts of a campaign, or of all campaigns, have ended: counts and rates.")
public final class ReportCommand implements Callable<Integer> {

    private static final int SECONDS_PER_MINUTE = 60;

    @Mixin
    private ApiAccess api;

    @Parameters(arity = "0..1", paramLabel = "CAMPAIGN", description = "name or i_campaign; missing: all campaigns")
    private String campaign;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "hour, weekday, day (default), cause, attempt, import, gateway or campaign")
    private String by;

    @Option(names = "--zone", paramLabel = "WHOSE", description = "whose hours and days: campaign (default), or callee")
    private String zone;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "attempts that ended from then on, such as 2026-11-30T00:00:00Z")
    private String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "attempts that ended before")
    private String to;

    @Option(names = "--csv", paramLabel = "FILE", description = "writes the rows to a file, as CSV")
    private Path csv;

    @Option(names = "--xlsx", paramLabel = "FILE", description = "writes the rows to a file, as a workbook (.xlsx)")
    private Path xlsx;

    @Override
    public Integer call() throws Exception {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("campaign", campaign);
        query.put("by", by);
        query.put("zone", zone);
        query.put("from", from);
        query.put("to", to);
        Path file = xlsx == null ? csv : xlsx;
        query.put("format", file == null ? null : xlsx == null ? "csv" : "xlsx");
        query.values().removeIf(Objects::isNull);
        String path = "/api/reports"
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + ApiAccess.segment(one.getValue()))
                        .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
        if (file == null) {
            JsonNode report = api.get(path);
            api.print(report, text(report));
        } else {
            api.download(path, file);
        }
        return 0;
    }

    private static String text(JsonNode report) {
        String by = report.path("by").asText();
        SummaryTable table = new SummaryTable(
                by, "attempts", "left", "answered", "answer rate", "success", "talk min", "cost", "reached of numbers");
        report.path("rows")
                .forEach(row -> row(
                        table,
                        row.path(by).isNull() ? "not known" : row.path(by).asText(),
                        row));
        row(table, "all", report.path("total"));
        return table.toString();
    }

    private static void row(SummaryTable table, String name, JsonNode row) {
        table.row(
                name,
                row.path("attempts").asLong(),
                row.path("left").asLong(),
                row.path("answered").asLong(),
                percent(row.path("answer_rate")),
                row.path("success").asLong(),
                row.path("talk_sec").asLong() / SECONDS_PER_MINUTE,
                row.path("cost").isNumber() ? row.path("cost").decimalValue().toPlainString() : null,
                row.has("numbers")
                        ? row.path("reached").asLong() + " of "
                                + row.path("numbers").asLong() + " " + percent(row.path("reached_rate"))
                        : null);
    }

    private static String percent(JsonNode rate) {
        return rate.isNumber() ? rate.decimalValue().movePointRight(2).setScale(1, RoundingMode.HALF_UP) + " %" : "";
    }
}
