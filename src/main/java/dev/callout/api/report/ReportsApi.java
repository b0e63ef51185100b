package dev.callout.api.report;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.CsvCell;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.campaign.report.Grouping;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.sheet.WorkbookWriter;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** How attempts have ended: counts and rates, by time, cause, attempt, import, gateway or campaign. */
public final class ReportsApi {

    private static final Set<String> FORMATS = Set.of("csv", "json", "xlsx");
    private static final Instant BEGINNING = Instant.EPOCH;

    private final Statements statements;
    private final CampaignControl control;
    private final DatabaseClock clock;
    private final Supplier<ZoneId> zone;

    /**
     * @param control finds the campaign
     * @param clock   the database's clock
     * @param zone    returns the time zone of campaigns that have none; null: there is none
     */
    public ReportsApi(Statements statements, CampaignControl control, DatabaseClock clock, Supplier<ZoneId> zone) {
        this.statements = statements;
        this.control = control;
        this.clock = clock;
        this.zone = zone;
    }

    /** Returns a report, as JSON, CSV or a workbook. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, List.of("campaign", "by", "zone", "from", "to", "format"), () -> {
            String format = request.word("format", "json", FORMATS);
            ReportTerms terms = terms(request);
            Report report = Report.of(terms, statements);
            return format.equals("json") ? json(terms, report) : file(terms, report, format);
        });
    }

    private ReportTerms terms(ApiRequest request) throws SQLException {
        if (!clock.isMeasured()) {
            throw new ApiProblem(503, control.standings().notLookedAt());
        }
        String campaign = request.query().get("campaign");
        Grouping by = Grouping.ofWord(request.word("by", Grouping.DAY.word(), Grouping.words()))
                .orElseThrow();
        boolean callee =
                request.word("zone", "campaign", Set.of("campaign", "callee")).equals("callee");
        Instant from = request.instant("from", BEGINNING);
        Instant to = request.instant("to", clock.now().truncatedTo(ChronoUnit.MILLIS));
        if (!from.isBefore(to)) {
            throw new ApiProblem(400, "Query parameter from must be before to");
        }
        ZoneId otherwise = zone.get();
        return new ReportTerms(
                campaign == null ? null : control.idOf(campaign),
                by,
                callee,
                from,
                to,
                otherwise == null ? ZoneOffset.UTC : otherwise);
    }

    private static ApiResponse json(ReportTerms terms, Report report) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("by", terms.by().word());
        shown.put("zone", terms.callee() ? "callee" : "campaign");
        shown.put("i_campaign", terms.campaign());
        shown.put("from", terms.from().toString());
        shown.put("to", terms.to().toString());
        shown.put("total", report.total());
        shown.put("rows", report.rows());
        return ApiResponse.json(200, shown);
    }

    private static ApiResponse file(ReportTerms terms, Report report, String format) throws IOException {
        List<String> heading = new ArrayList<>(List.of(terms.by().word()));
        heading.addAll(Report.FIGURES);
        if (terms.by().dividesNumbers()) {
            heading.addAll(Report.FIGURES_OF_NUMBERS);
        }
        Path file = Files.createTempFile("callout-report", null);
        boolean csv = format.equals("csv");
        try (OutputStream out = Files.newOutputStream(file)) {
            if (csv) {
                csv(heading, report, out);
            } else {
                workbook(heading, report, out);
            }
        } catch (Throwable e) {
            Files.delete(file);
            throw e;
        }
        return ApiResponse.file(csv ? "text/csv; charset=utf-8" : WorkbookWriter.MEDIA_TYPE, file)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"report-by-" + terms.by().word() + "." + format + "\"");
    }

    private static void csv(List<String> heading, Report report, OutputStream out) throws IOException {
        try (CSVPrinter printer =
                new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), CSVFormat.RFC4180)) {
            printer.printRecord(heading);
            for (Map<String, Object> row : report.rows()) {
                printer.printRecord(row.values().stream().map(CsvCell::harmless).toList());
            }
        }
    }

    private static void workbook(List<String> heading, Report report, OutputStream out) throws IOException {
        try (WorkbookWriter workbook = new WorkbookWriter(out, heading)) {
            for (Map<String, Object> row : report.rows()) {
                workbook.row(row.values());
            }
        }
    }
}
