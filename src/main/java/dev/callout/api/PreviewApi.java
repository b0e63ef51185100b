package dev.callout.api;

import dev.callout.api.access.Caller;
import dev.callout.api.access.Role;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.CsvCell;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.settings.CallSettings;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseClock;
import dev.callout.store.preview.NumberPreview;
import dev.callout.store.preview.Outlook;
import dev.callout.store.preview.PreviewCount;
import dev.callout.store.preview.PreviewTerms;
import dev.callout.store.preview.Previewed;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Which numbers a campaign would call if it dialled, and why not the others. */
public final class PreviewApi {

    /** After this time a preview ends and says how far it has come. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Set<String> GROUPS =
            Arrays.stream(Outlook.values()).map(Outlook::word).collect(Collectors.toUnmodifiableSet());

    private final DataSource dataSource;
    private final CampaignControl control;
    private final Supplier<CallSettings> calls;
    private final DatabaseClock clock;

    /**
     * @param control finds the campaign
     * @param calls   returns the settings of calls
     * @param clock   the database's clock, by which claims go
     */
    public PreviewApi(
            DataSource dataSource, CampaignControl control, Supplier<CallSettings> calls, DatabaseClock clock) {
        this.dataSource = dataSource;
        this.control = control;
        this.calls = calls;
        this.clock = clock;
    }

    /** Returns counts, one group of numbers as CSV, or the outlook of one number. */
    public ApiResponse preview(ApiRequest request) {
        return Answer.to(request, List.of("at", "group", "format", "number"), () -> {
            boolean csv = request.word("format", "json", Set.of("csv", "json")).equals("csv");
            String group = request.query().containsKey("group") ? request.word("group", "", GROUPS) : null;
            if (group != null && !csv) {
                throw new ApiProblem(400, "A group is returned as CSV: add format=csv");
            }
            String number = request.query().get("number");
            if (number != null) {
                // Whoever could look for numbers could find out masked ones.
                request.require(Role.OPERATOR);
            }
            if (!clock.isMeasured()) {
                throw new ApiProblem(503, control.standings().notLookedAt());
            }
            PreviewTerms terms = terms(control.idOf(request.path("name")), at(request));
            NumberPreview preview = new NumberPreview(dataSource, terms, System::nanoTime);
            if (number != null) {
                return one(preview, terms, number);
            }
            return csv ? csv(preview, terms, group, request.caller()) : counts(preview, terms);
        });
    }

    private Instant at(ApiRequest request) {
        String given = request.query().get("at");
        Instant now = clock.due().truncatedTo(ChronoUnit.MILLIS);
        try {
            Instant at = given == null ? now : Instant.parse(given);
            return at.isBefore(now) ? now : at;
        } catch (DateTimeException e) {
            throw new ApiProblem(400, "Query parameter at must be an instant such as 2027-01-31T09:00:00Z");
        }
    }

    private PreviewTerms terms(long id, Instant at) throws SQLException {
        CampaignRow row = control.read(id);
        Campaign campaign = row.campaign();
        List<String> problems = campaign.problems();
        if (!problems.isEmpty()) {
            throw new ApiProblem(
                    409, "The campaign is not dialled until this is corrected: " + String.join("; ", problems));
        }
        CallSettings settings = calls.get();
        return new PreviewTerms(
                campaign,
                row.once(),
                row.doNotCallLists(),
                row.callingRules(),
                settings.numberRules(),
                settings.eraseKey(),
                at);
    }

    private ApiResponse counts(NumberPreview preview, PreviewTerms terms) throws SQLException {
        PreviewCount count = new PreviewCount(terms.rules(), terms.at());
        NumberPreview.Extent extent = preview.each(LONGEST, count::add);
        Map<String, Object> shown = head(terms);
        shown.put("numbers", extent.rows());
        shown.put("judged", extent.judged());
        shown.put("complete", extent.isComplete());
        shown.put("groups", count.groups());
        shown.put("several_zones", count.severalZones());
        return ApiResponse.json(200, shown);
    }

    private Map<String, Object> head(PreviewTerms terms) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("i_campaign", terms.campaign().id());
        shown.put("emergency", terms.campaign().emergency());
        shown.put("as_of", clock.now().truncatedTo(ChronoUnit.MILLIS).toString());
        shown.put("at", terms.at().toString());
        shown.put("paused", terms.campaign().paused());
        return shown;
    }

    /** All are in a file before the first is sent, so that the answer is complete. */
    private ApiResponse csv(NumberPreview preview, PreviewTerms terms, String group, Caller caller)
            throws SQLException, IOException {
        Path file = Files.createTempFile("callout-preview", null);
        try (BufferedWriter out = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
            printer.printRecord("i_campaign_phone", "cld", "group", "from", "reason", "detail");
            NumberPreview.Extent extent = preview.each(LONGEST, (Previewed number) -> {
                if (group == null || number.outlook().word().equals(group)) {
                    printer.printRecord(caller.shown(members(number, caller.seesNumbers())).values().stream()
                            .map(CsvCell::harmless)
                            .toList());
                }
            });
            if (!extent.isComplete()) {
                throw new ApiProblem(
                        503,
                        "Only " + extent.judged() + " of " + extent.rows() + " numbers were judged within "
                                + LONGEST.toSeconds() + " s: try again when the database is less busy");
            }
        } catch (Throwable e) {
            Files.delete(file);
            throw e;
        }
        return ApiResponse.file("text/csv; charset=utf-8", file)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"preview-" + terms.campaign().id() + (group == null ? "" : "-" + group)
                                + ".csv\"");
    }

    private ApiResponse one(NumberPreview preview, PreviewTerms terms, String number) throws SQLException {
        String e164 = null;
        try {
            e164 = calls.get()
                    .numberRules()
                    .judge(number, Country.of(terms.campaign()))
                    .telephone()
                    .map(Object::toString)
                    .orElse(null);
        } catch (UndialableException e) {
            // It may be in the campaign all the same, written so.
        }
        Map<String, Object> shown = head(terms);
        shown.put(
                "found",
                preview.of(number, e164).stream().map(one -> members(one, true)).toList());
        return ApiResponse.json(200, shown);
    }

    /** @param detailed whether the detail, which may hold the number, is shown */
    private static Map<String, Object> members(Previewed number, boolean detailed) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("i_campaign_phone", number.row());
        members.put("cld", number.cld());
        members.put("group", number.outlook().word());
        members.put("from", number.from() == null ? null : number.from().toString());
        members.put("reason", number.reason());
        members.put("detail", detailed ? number.detail() : null);
        return members;
    }
}
