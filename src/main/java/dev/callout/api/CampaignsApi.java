package dev.callout.api;

import static dev.callout.api.answer.Column.decimal;
import static dev.callout.api.answer.Column.lines;
import static dev.callout.api.answer.Column.text;
import static dev.callout.api.answer.Column.whole;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.ETag;
import dev.callout.api.answer.Page;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.http.PathSegment;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.PlannedAction;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import dev.callout.store.schema.ListSchema;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Campaigns: list, create, read, change and delete; start, stop, pause and resume. */
public final class CampaignsApi {

    private static final int DAY = 86_400;

    static final List<Column> COLUMNS = List.of(
            text("name", 128),
            lines("description"),
            whole("i_ivr_prompt", 1, Long.MAX_VALUE),
            Column.of("paused", Column.Kind.FLAG),
            text("username", 128),
            text("md5secret", 128),
            text("cli", 64),
            whole("i_schedule", 1, Long.MAX_VALUE),
            whole("max_concurrent_calls", 1, 100_000),
            whole("max_attempts", 1, 1000),
            whole("timeout_sec", 1, 3600),
            whole("backoff_sec", 0, 366 * DAY),
            whole("threshold_msec", 0, DAY * 1000L),
            text("context", 128),
            text("dialplan_type", 32),
            text("profile_gateway", 128),
            text("add_custom_header_name", 128),
            text("add_custom_header_value", 255),
            decimal("time_between_calls"),
            Column.of("gaussian_distribution", Column.Kind.FLAG),
            decimal("gaussian_distribution_mean"),
            decimal("gaussian_distribution_stdv"),
            whole("call_max_duration", 0, DAY),
            whole("call_min_duration", 0, DAY),
            whole("cancel_ratio", 0, 100),
            text("destination_list", 64),
            text("codec_list", 255),
            text("calling_strategy", 16),
            text("action_on_answer", 255),
            text("transfer_on_answer", 128),
            whole("finish_on", -1, Integer.MAX_VALUE),
            Column.of("datetime_start", Column.Kind.LOCAL_DATE_TIME),
            text("timezone", 64),
            text("retry_delays", 255));

    /** Fields that are shown but cannot be set. */
    private static final List<String> READ_ONLY = List.of(
            "i_campaign",
            "run_started",
            "run_ended",
            "calls_made",
            "state",
            "idle_reason",
            "why_idle",
            "numbers",
            "finished",
            "in_progress",
            "calls_up",
            "calls_per_minute");

    /** Fields that are read but never shown. */
    private static final List<String> HIDDEN = List.of("md5secret", "prompt_file", "has_schedule", "schedule_records");

    private final Statements statements;
    private final DialString dialString;
    private final Supplier<ZoneId> zone;
    private final CampaignControl control;
    private final CampaignProgress progress;

    /**
     * @param dialString the dialler's own, so that this API refuses what the dialler refuses
     * @param zone       returns {@code callout.timezone}; null if it is not set
     */
    public CampaignsApi(
            Statements statements,
            DialString dialString,
            Supplier<ZoneId> zone,
            CampaignControl control,
            DatabaseClock clock) {
        this.statements = statements;
        this.dialString = dialString;
        this.zone = zone;
        this.control = control;
        this.progress = new CampaignProgress(statements, control, clock);
    }

    /** Returns a page of the campaigns. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(() -> {
            request.allow("after", "limit", "fields");
            List<String> fields = fields(request.query().get("fields"));
            long after = request.whole("after", 0, 0, Long.MAX_VALUE - 1);
            long limit = request.whole("limit", 100, 1, 1000);
            List<Map<String, Object>> rows =
                    statements.query("campaigns", Map.of("first", after + 1, "last", Long.MAX_VALUE, "limit", limit));
            List<Map<String, Object>> shown = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                Map<String, Object> one = shown(row);
                if (fields != null) {
                    one.keySet().retainAll(fields);
                    one.put("i_campaign", row.get("i_campaign"));
                }
                shown.add(one);
            }
            return Page.of("campaigns", shown, limit, "i_campaign");
        });
    }

    /** Returns the requested fields; null: all. */
    private static List<String> fields(String query) throws ApiProblem {
        if (query == null) {
            return null;
        }
        List<String> fields = List.of(query.split(","));
        for (String field : fields) {
            boolean column = COLUMNS.stream().anyMatch(one -> one.name().equals(field)) && !HIDDEN.contains(field);
            if (!column && !READ_ONLY.contains(field)) {
                throw new ApiProblem(400, "Query parameter fields must be fields of a campaign, separated by commas");
            }
        }
        return fields;
    }

    /** Returns one campaign. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            long key = control.idOf(request.path("name"));
            Map<String, Object> row = row(key);
            Map<String, Object> shown = shown(row);
            shown.put("statuses", progress.statuses(key));
            shown.put(
                    "timetable",
                    control.planned(key).stream().map(PlannedAction::members).toList());
            return ApiResponse.json(200, shown).header("ETag", ETag.of(state(row)));
        });
    }

    /** Creates a campaign. */
    public ApiResponse create(ApiRequest request) {
        return Answer.to(() -> {
            Map<String, Object> given = Column.read(COLUMNS, request.allow().object());
            Map<String, Object> created = statements.inTransaction(session -> {
                requireFreeName(session, given.get("name"), 0);
                Map<String, Object> values = new LinkedHashMap<>();
                COLUMNS.forEach(column -> values.put(column.name(), given.get(column.name())));
                values.putIfAbsent("paused", 1);
                long key = session.insert("campaign-insert", values);
                return checked(session, key, given);
            });
            return ApiResponse.json(201, shown(created))
                    .header("ETag", ETag.of(state(created)))
                    .header("Location", "/api/campaigns/" + PathSegment.encode((String) created.get("name")));
        });
    }

    /** Changes the given fields. A null sets a field to its default. */
    public ApiResponse change(ApiRequest request) {
        return Answer.to(() -> {
            Map<String, Object> given = Column.read(COLUMNS, request.allow().object());
            long key = control.idOf(request.path("name"));
            Map<String, Object> changed = statements.inTransaction(session -> {
                Map<String, Object> row = locked(session, key);
                request.requireMatch(ETag.of(state(row)));
                if (given.containsKey("name") && !Objects.equals(given.get("name"), row.get("name"))) {
                    requireFreeName(session, given.get("name"), key);
                }
                Map<String, Object> values = new LinkedHashMap<>(row);
                values.putAll(given);
                values.put("key", key);
                session.update("campaign-update", values);
                if (Integer.valueOf(0).equals(given.get("paused"))) {
                    session.update("cancel-tasks", Map.of("campaign", key));
                }
                return checked(session, key, given);
            });
            progress.forget(key);
            return ApiResponse.json(200, shown(changed)).header("ETag", ETag.of(state(changed)));
        });
    }

    /** Deletes a campaign. Its numbers and attempts stay. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            long key = control.idOf(request.path("name"));
            try {
                control.<ApiProblem>delete(key, session -> {
                    request.requireMatch(ETag.of(state(row(session, key))));
                    return true;
                });
            } catch (IllegalStateException e) {
                throw new ApiProblem(409, e.getMessage());
            }
            return ApiResponse.nothing();
        });
    }

    public ApiResponse start(ApiRequest request) {
        return steer(request, control::start);
    }

    public ApiResponse stop(ApiRequest request) {
        return steer(request, control::stop);
    }

    public ApiResponse pause(ApiRequest request) {
        return steer(request, control::pause);
    }

    public ApiResponse resume(ApiRequest request) {
        return steer(request, control::resume);
    }

    /** An action on the campaign with this key. */
    @FunctionalInterface
    private interface Steering {
        void steer(long campaign) throws SQLException;
    }

    private ApiResponse steer(ApiRequest request, Steering steering) {
        return Answer.to(() -> {
            request.allow();
            long key = control.idOf(request.path("name"));
            steering.steer(key);
            progress.forget(key);
            Map<String, Object> row = row(key);
            return ApiResponse.json(200, shown(row)).header("ETag", ETag.of(state(row)));
        });
    }

    private static void requireFreeName(Statements.Session session, Object name, long own)
            throws ApiProblem, SQLException {
        if (!(name instanceof String text)
                || text.isBlank()
                || text.contains("/")
                || text.equals(".")
                || text.equals("..")
                || !text.strip().equals(text)) {
            throw ApiProblem.field("name", "must be a name without slashes, and without blanks at its ends");
        }
        if (CampaignControl.isId(text)) {
            throw ApiProblem.field("name", "must not be a whole number, which is taken for an i_campaign");
        }
        if (!session.query("campaign-namesakes", Map.of("name", name, "key", own))
                .isEmpty()) {
            throw new ApiProblem(409, "There is a campaign of this name already");
        }
    }

    private Map<String, Object> row(long key) throws ApiProblem, SQLException {
        return first(statements.query("campaigns", Map.of("first", key, "last", key, "limit", 1)));
    }

    private static Map<String, Object> row(Statements.Session session, long key) throws ApiProblem, SQLException {
        return first(session.query("campaigns", Map.of("first", key, "last", key, "limit", 1)));
    }

    private static Map<String, Object> locked(Statements.Session session, long key) throws ApiProblem, SQLException {
        session.query("campaign-lock", Map.of("key", key));
        return row(session, key);
    }

    private static Map<String, Object> first(List<Map<String, Object>> rows) throws ApiProblem {
        if (rows.isEmpty()) {
            throw ApiProblem.notFound("campaign of this name");
        }
        return rows.get(0);
    }

    /** Returns the present row if the dialler's own rules accept the given fields. */
    private Map<String, Object> checked(Statements.Session session, long key, Map<String, Object> given)
            throws ApiProblem, SQLException {
        Map<String, Object> row = locked(session, key);
        Campaign campaign = new CampaignRow(row, zone.get()).campaign();
        List<String> problems = new ArrayList<>(campaign.problems());
        problems.addAll(dialString.problems(campaign));
        if (campaign.destinationList() != null && ListSchema.isOwnTable(campaign.destinationList())) {
            problems.add("destination_list must be none of Callout's own tables");
        }
        List<Map.Entry<String, String>> ofGiven = new ArrayList<>();
        for (String problem : problems) {
            columnOf(problem, given).ifPresent(column -> ofGiven.add(new SimpleImmutableEntry<>(column, problem)));
        }
        if (!ofGiven.isEmpty()) {
            throw ApiProblem.fields(ofGiven);
        }
        return row;
    }

    /**
     * Returns the longest of the given columns that the sentence names. So a problem that existed before does not stop
     * another change.
     */
    private static Optional<String> columnOf(String problem, Map<String, Object> given) {
        return given.keySet().stream()
                .filter(column -> given.get(column) != null)
                .filter(column -> problem.matches("(?s).*\\b" + column + "\\b.*"))
                .max(Comparator.comparingInt(String::length));
    }

    private Map<String, Object> shown(Map<String, Object> row) throws SQLException {
        Map<String, Object> shown = Column.shown(COLUMNS, row);
        shown.keySet().removeAll(HIDDEN);
        long key = ((Number) row.get("i_campaign")).longValue();
        shown.putAll(progress.of(key, Boolean.TRUE.equals(shown.get("paused"))));
        return shown;
    }

    private static Map<String, Object> state(Map<String, Object> row) {
        Map<String, Object> state = new LinkedHashMap<>();
        COLUMNS.forEach(column -> state.put(column.name(), row.get(column.name())));
        return state;
    }
}
