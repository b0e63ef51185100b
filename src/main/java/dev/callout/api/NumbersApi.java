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
import dev.callout.api.numbers.ListedNumbers;
import dev.callout.campaign.Campaign;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.Statements;
import dev.callout.store.lists.ListNumbers;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The numbers of a campaign: import, list, change and remove. */
public final class NumbersApi {

    private static final List<Column> COLUMNS = List.of(Column.of("finished", Column.Kind.FLAG));

    /** What people change of a number besides its variables. */
    private static final List<Column> CHANGED = List.of(
            Column.text("callerid", 64),
            Column.whole("priority", Integer.MIN_VALUE, Integer.MAX_VALUE),
            Column.text("timezone", 64),
            Column.text("consent", 255));

    private static final String VARIABLES = "vars";

    private static final String ONE = "number of this i_campaign_phone in the campaign";

    private final Statements statements;
    private final ListNumbers lists;
    private final ListedNumbers listed;
    private final CampaignControl control;
    private final Supplier<CampaignDefaults> defaults;
    private final NumberImport numberImport;

    /**
     * @param lists    reads the numbers of campaigns with a list
     * @param listed   changes these
     * @param control  finds the campaign
     * @param defaults returns what applies where a campaign sets nothing
     */
    public NumbersApi(
            Statements statements,
            ListNumbers lists,
            ListedNumbers listed,
            CampaignControl control,
            Supplier<CampaignDefaults> defaults,
            NumberImport numberImport) {
        this.statements = statements;
        this.lists = lists;
        this.listed = listed;
        this.control = control;
        this.defaults = defaults;
        this.numberImport = numberImport;
    }

    /** Returns a page of the numbers; if requested, only those with one status, or one number. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("after", "limit", "status", "cause", "cld"), () -> {
            if (request.query().containsKey("cld")) {
                // Whoever could look for numbers could find out masked ones.
                request.require(Role.OPERATOR);
            }
            long limit = request.whole("limit", 100, 1, 1000);
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("campaign", control.idOf(request.path("name")));
            parameters.put("after", request.whole("after", 0, 0, Long.MAX_VALUE));
            parameters.put("status", request.query().get("status"));
            parameters.put("cause", request.query().get("cause"));
            parameters.put("cld", request.query().get("cld"));
            parameters.put("limit", limit);
            List<Map<String, Object>> numbers =
                    page(parameters).stream().map(row -> shown(request, row)).toList();
            return Page.of("numbers", numbers, limit, "i_campaign_phone");
        });
    }

    /** Returns one number. That of a list has only the columns that the list has. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> read(request, control.idOf(request.path("name")), request.key(ONE)));
    }

    private ApiResponse read(ApiRequest request, long campaign, long key) throws SQLException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("campaign", campaign);
        parameters.put("after", key - 1);
        parameters.put("status", null);
        parameters.put("cause", null);
        parameters.put("cld", null);
        parameters.put("limit", 1);
        Map<String, Object> found = page(parameters).stream()
                .filter(row -> ((Number) row.get("i_campaign_phone")).longValue() == key)
                .findFirst()
                .orElseThrow(() -> ApiProblem.notFound(ONE));
        String list = campaign(campaign).destinationList();
        if (list == null) {
            return answer(request, found);
        }
        Map<String, Object> state = listed.state(list, key);
        CHANGED.forEach(column -> found.remove(column.name()));
        found.putAll(state);
        return ApiResponse.json(200, shown(request, found)).header("ETag", ETag.of(state));
    }

    private List<Map<String, Object>> page(Map<String, Object> parameters) throws SQLException {
        String list = campaign((Long) parameters.get("campaign")).destinationList();
        return list == null
                ? statements.query("numbers", parameters)
                : lists.page(list, parameters).orElseThrow(() -> ListedNumbers.notThere(list));
    }

    private static Map<String, Object> shown(ApiRequest request, Map<String, Object> row) {
        return request.caller().shown(VariablesField.shown(Column.shown(COLUMNS, row)));
    }

    private static ApiResponse answer(ApiRequest request, Map<String, Object> row) {
        return ApiResponse.json(200, shown(request, row)).header("ETag", ETag.of(state(row)));
    }

    /** Returns what people set of a row: that the number is called meanwhile is no change of theirs. */
    private static Map<String, Object> state(Map<String, Object> row) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("cld", row.get("cld"));
        CHANGED.forEach(column -> state.put(column.name(), row.get(column.name())));
        state.put(VARIABLES, row.get(VARIABLES));
        return state;
    }

    /** Changes the given fields of a number, also while it is called: the next call has them. Null resets a field. */
    public ApiResponse change(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> object = new LinkedHashMap<>(request.object());
            Map<String, Object> keys = keys(request);
            refuseUnknownZone(object);
            long campaign = (Long) keys.get("campaign");
            String list = campaign(campaign).destinationList();
            if (list != null) {
                listed.change(request, list, campaign, (Long) keys.get("key"), object);
                return read(request, campaign, (Long) keys.get("key"));
            }
            Map<String, Object> variables = new HashMap<>();
            if (object.containsKey(VARIABLES)) {
                variables.put(VARIABLES, object.remove(VARIABLES));
            }
            Map<String, Object> given = Column.read(CHANGED, object);
            Map<String, Object> changed = statements.inTransaction(session -> {
                List<Map<String, Object>> found = session.query("number-lock", keys);
                if (found.isEmpty()) {
                    throw ApiProblem.notFound(ONE);
                }
                request.requireMatch(ETag.of(state(found.get(0))));
                Map<String, Object> values = new HashMap<>(found.get(0));
                values.putAll(given);
                values.computeIfAbsent("priority", absent -> 0);
                values.putAll(keys);
                values.put(
                        VARIABLES, VariablesField.merged((String) found.get(0).get(VARIABLES), variables));
                session.update("number-update", values);
                // Without the values: the audit is kept longer than the number.
                Map<String, Object> told = new LinkedHashMap<>(Map.of("i_campaign_phone", keys.get("key")));
                given.keySet().forEach(field -> told.put(field, "changed"));
                variables.keySet().forEach(field -> told.put(field, "changed"));
                session.audit("numbers.change", "campaign " + keys.get("campaign"), told);
                return session.query("number", keys).get(0);
            });
            return answer(request, changed);
        });
    }

    private static void refuseUnknownZone(Map<String, Object> given) {
        try {
            if (given.get("timezone") instanceof String zone && !zone.isBlank()) {
                ZoneId.of(zone.strip());
            }
        } catch (DateTimeException e) {
            throw ApiProblem.field("timezone", "must be a time zone such as Europe/Berlin");
        }
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
            long campaign = (Long) keys.get("campaign");
            String list = campaign(campaign).destinationList();
            if (list != null) {
                listed.remove(request, list, campaign, (Long) keys.get("key"));
                return ApiResponse.nothing();
            }
            return statements.inTransaction(session -> {
                session.query("number-lock", keys);
                for (Map<String, Object> row : session.query("number", keys)) {
                    request.requireMatch(ETag.of(state(row)));
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
