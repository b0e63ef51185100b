package dev.callout.api;

import dev.callout.api.access.Role;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.ETag;
import dev.callout.api.answer.Page;
import dev.callout.api.answer.VariablesField;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.imports.NumberImport;
import dev.callout.campaign.Campaign;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.Statements;
import dev.callout.store.lists.ListNumbers;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The numbers of a campaign: import, list and remove, and their variables. */
public final class NumbersApi {

    private static final List<Column> COLUMNS = List.of(Column.of("finished", Column.Kind.FLAG));

    private static final String ONE = "number of this i_campaign_phone in the campaign";

    private final Statements statements;
    private final ListNumbers lists;
    private final CampaignControl control;
    private final Supplier<CampaignDefaults> defaults;
    private final NumberImport numberImport;

    /**
     * @param lists    reads the numbers of campaigns with a list
     * @param control  finds the campaign
     * @param defaults returns what applies where a campaign sets nothing
     */
    public NumbersApi(
            Statements statements,
            ListNumbers lists,
            CampaignControl control,
            Supplier<CampaignDefaults> defaults,
            NumberImport numberImport) {
        this.statements = statements;
        this.lists = lists;
        this.control = control;
        this.defaults = defaults;
        this.numberImport = numberImport;
    }

    /** Returns a page of the numbers; if requested, only those with one status, or one number. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("after", "limit", "status", "cld"), () -> {
            if (request.query().containsKey("cld")) {
                // Whoever could look for numbers could find out masked ones.
                request.require(Role.OPERATOR);
            }
            long limit = request.whole("limit", 100, 1, 1000);
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("campaign", control.idOf(request.path("name")));
            parameters.put("after", request.whole("after", 0, 0, Long.MAX_VALUE));
            parameters.put("status", request.query().get("status"));
            parameters.put("cld", request.query().get("cld"));
            parameters.put("limit", limit);
            List<Map<String, Object>> numbers =
                    page(parameters).stream().map(row -> shown(request, row)).toList();
            return Page.of("numbers", numbers, limit, "i_campaign_phone");
        });
    }

    /** Returns one number. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> parameters = new HashMap<>();
            long key = request.key(ONE);
            parameters.put("campaign", control.idOf(request.path("name")));
            parameters.put("after", key - 1);
            parameters.put("status", null);
            parameters.put("cld", null);
            parameters.put("limit", 1);
            Map<String, Object> found = page(parameters).stream()
                    .filter(row -> ((Number) row.get("i_campaign_phone")).longValue() == key)
                    .findFirst()
                    .orElseThrow(() -> ApiProblem.notFound(ONE));
            return answer(request, found);
        });
    }

    private static ApiResponse answer(ApiRequest request, Map<String, Object> row) {
        return ApiResponse.json(200, shown(request, row)).header("ETag", etag(row));
    }

    /** Of what people set: that a number is called meanwhile is no change of theirs. */
    private static String etag(Map<String, Object> row) {
        return ETag.of(Stream.of("cld", "callerid", "priority", "vars")
                .map(column -> column + "=" + row.get(column))
                .toList());
    }

    private List<Map<String, Object>> page(Map<String, Object> parameters) throws SQLException {
        String list = campaign((Long) parameters.get("campaign")).destinationList();
        return list == null
                ? statements.query("numbers", parameters)
                : lists.page(list, parameters)
                        .orElseThrow(() -> new ApiProblem(
                                409,
                                "Table " + list
                                        + " of its destination_list is not there, or has not got Callout's columns"
                                        + " yet: why_idle of the campaign says more"));
    }

    private static Map<String, Object> shown(ApiRequest request, Map<String, Object> row) {
        return request.caller().shown(VariablesField.shown(Column.shown(COLUMNS, row)));
    }

    /** Changes the variables of a number, also while it is called: the next call has them. */
    public ApiResponse change(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> object = request.object();
            Map<String, Object> keys = keys(request);
            Map<String, Object> changed = statements.inTransaction(session -> {
                List<Map<String, Object>> found = session.query("number-lock", keys);
                if (found.isEmpty()) {
                    throw ApiProblem.notFound(ONE);
                }
                request.requireMatch(etag(session.query("number", keys).get(0)));
                Map<String, Object> values = new HashMap<>(keys);
                values.put("vars", VariablesField.merged((String) found.get(0).get("vars"), object));
                session.update("number-update", values);
                // Without the values: the audit is kept longer than the number.
                session.audit(
                        "numbers.change",
                        "campaign " + keys.get("campaign"),
                        Map.of("i_campaign_phone", keys.get("key"), "vars", "changed"));
                return session.query("number", keys).get(0);
            });
            return answer(request, changed);
        });
    }

    /** Adds one number, several or a million: CSV, a workbook or JSON. */
    public ApiResponse add(ApiRequest request) {
        return Answer.to(
                request,
                List.of(
                        "mode",
                        "file",
                        "column.number",
                        "column.callerid",
                        "column.priority",
                        "column.timezone",
                        "column.consent",
                        "vars"),
                () -> {
                    boolean allOrNone =
                            request.word("mode", "all", Set.of("all", "good")).equals("all");
                    long campaign = control.idOf(request.path("name"));
                    Campaign row = ofOwnNumbers(campaign);
                    Map<String, Object> report = numberImport.run(row, request, allOrNone);
                    return ApiResponse.json(Boolean.TRUE.equals(report.get("imported")) ? 200 : 422, report);
                });
    }

    /**
     * Returns the campaign. Refuses tables in mod_dialer's layout: they belong to others, who fill them with their own
     * statements. Refuses a country that is unknown, because the numbers would be read by another.
     */
    private Campaign ofOwnNumbers(long id) throws SQLException {
        Campaign campaign = campaign(id);
        if (campaign.destinationList() != null) {
            throw new ApiProblem(
                    409, "The campaign dials from the table of its destination_list: insert its numbers there");
        }
        campaign.readProblems().stream()
                .filter(problem -> problem.contains("column country:"))
                .findFirst()
                .ifPresent(problem -> {
                    throw new ApiProblem(409, problem);
                });
        return campaign;
    }

    private Campaign campaign(long id) throws SQLException {
        Map<String, Object> row = statements
                .query("campaigns", Map.of("first", id, "last", id, "limit", 1))
                .get(0);
        return new CampaignRow(row, defaults.get()).campaign();
    }

    /** Removes a number, unless a call to it is in progress. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> keys = keys(request);
            return statements.inTransaction(session -> {
                session.query("number-lock", keys);
                for (Map<String, Object> row : session.query("number", keys)) {
                    request.requireMatch(etag(row));
                }
                if (session.update("number-delete", keys) == 0) {
                    throw session.query("number", keys).isEmpty()
                            ? ApiProblem.notFound(ONE)
                            : new ApiProblem(409, "A call to this number is in progress: try again after it");
                }
                session.audit(
                        "numbers.remove",
                        "campaign " + keys.get("campaign"),
                        Map.of("i_campaign_phone", keys.get("key")));
                return ApiResponse.nothing();
            });
        });
    }

    private Map<String, Object> keys(ApiRequest request) throws SQLException {
        return Map.of("campaign", control.idOf(request.path("name")), "key", request.key(ONE));
    }
}
