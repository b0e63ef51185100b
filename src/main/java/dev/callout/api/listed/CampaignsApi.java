package dev.callout.api.listed;

import static dev.callout.api.answer.Column.decimal;
import static dev.callout.api.answer.Column.lines;
import static dev.callout.api.answer.Column.price;
import static dev.callout.api.answer.Column.text;
import static dev.callout.api.answer.Column.whole;

import dev.callout.api.access.Role;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.ETag;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.http.PathSegment;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.PlannedAction;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import dev.callout.store.schema.ListSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Campaigns; they are named instead of numbered, and can be started, stopped, paused and resumed. */
public final class CampaignsApi extends ListedApi {

    private static final int DAY = 86_400;

    /** The columns that people set, in the order of the table. */
    public static final List<Column> COLUMNS = List.of(
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
            text("country", 16),
            text("retry_delays", 255),
            text("duplicates", 16),
            text("calling_rules", 255),
            text("schedule_zone", 16),
            text("do_not_call_lists", 255),
            text("emergency", 255),
            text("gateway_group", 64),
            text("caller_id_pool", 64),
            whole("weight", 0, 1000),
            whole("guard_percent", 1, 100),
            price("max_cost"),
            decimal("max_minutes"),
            whole("i_menu", 1, Long.MAX_VALUE),
            text("success_if", 16));

    /** Fields that are shown but cannot be set. */
    private static final Set<String> READ_ONLY = Set.of(
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
    private static final Set<String> HIDDEN = Set.of(
            "md5secret", "prompt_file", "prompt_pieces", "menus", "has_schedule", "schedule_records", "lists_there");

    private final DialString dialString;
    private final Supplier<CampaignDefaults> defaults;
    private final CampaignControl control;
    private final CampaignProgress progress;

    /**
     * @param dialString the dialler's own, so that this API refuses what the dialler refuses
     * @param defaults   returns what applies where a campaign sets nothing
     */
    public CampaignsApi(
            Statements statements,
            DialString dialString,
            Supplier<CampaignDefaults> defaults,
            CampaignControl control,
            DatabaseClock clock) {
        super(statements, "campaign", "campaigns", "i_campaign", COLUMNS);
        this.dialString = dialString;
        this.defaults = defaults;
        this.control = control;
        this.progress = new CampaignProgress(statements, control, clock);
    }

    @Override
    public ApiResponse list(ApiRequest request) {
        return Answer.to(
                request,
                List.of("after", "limit", "fields"),
                () -> page(request, fields(request.query().get("fields"))));
    }

    /** Returns the requested fields; null: all. */
    private static Set<String> fields(String query) {
        if (query == null) {
            return null;
        }
        Set<String> fields = Set.copyOf(List.of(query.split(",")));
        Set<String> unknown = new HashSet<>(fields);
        COLUMNS.stream().map(Column::name).forEach(unknown::remove);
        unknown.removeAll(READ_ONLY);
        if (!unknown.isEmpty() || fields.stream().anyMatch(HIDDEN::contains)) {
            throw new ApiProblem(400, "Query parameter fields must be fields of a campaign, separated by commas");
        }
        return fields;
    }

    @Override
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = key(request);
            Map<String, Object> row = row(key);
            Map<String, Object> shown = shown(row);
            shown.put("statuses", progress.statuses(key));
            shown.put(
                    "timetable",
                    control.planned(key).stream().map(PlannedAction::members).toList());
            return ApiResponse.json(200, shown).header("ETag", ETag.of(state(row)));
        });
    }

    /** Deletes a campaign. Its numbers and attempts stay. */
    @Override
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = key(request);
            try {
                control.delete(key, session -> {
                    request.requireMatch(ETag.of(state(row(session, key))));
                    return true;
                });
            } catch (IllegalStateException e) {
                throw new ApiProblem(409, e.getMessage());
            }
            return ApiResponse.nothing();
        });
    }

    /** Begins a run. */
    public ApiResponse start(ApiRequest request) {
        return steer(request, control::start);
    }

    /** Ends the run. */
    public ApiResponse stop(ApiRequest request) {
        return steer(request, control::stop);
    }

    /** Makes no new calls. */
    public ApiResponse pause(ApiRequest request) {
        return steer(request, control::pause);
    }

    /** Makes new calls again. */
    public ApiResponse resume(ApiRequest request) {
        return steer(request, control::resume);
    }

    /** An action on the campaign with this key. */
    @FunctionalInterface
    private interface Steering {
        void steer(long campaign) throws SQLException;
    }

    private ApiResponse steer(ApiRequest request, Steering steering) {
        return Answer.to(request, () -> {
            long key = key(request);
            steering.steer(key);
            changed(key);
            return answer(200, row(key));
        });
    }

    @Override
    long key(ApiRequest request) throws SQLException {
        return control.idOf(request.path("name"));
    }

    @Override
    String segment(Map<String, Object> row) {
        return PathSegment.encode((String) row.get("name"));
    }

    /** Whoever sets or clears it decides for others whether their wish not to be called counts. */
    @Override
    void allow(ApiRequest request, Map<String, Object> given) {
        if (given.containsKey("emergency")) {
            request.require(Role.ADMIN);
        }
    }

    @Override
    void beforeChange(Statements.Session session, long key) {
        session.settleCampaign(key);
    }

    @Override
    void audit(
            Statements.Session session,
            long key,
            String action,
            Map<String, Object> before,
            Map<String, Object> after) {
        session.auditCampaign(key, "campaign." + action);
    }

    @Override
    void changed(long key) {
        progress.forget(key);
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        if (before.isEmpty()) {
            values.putIfAbsent("paused", 1);
        }
        if (before.isEmpty() || !Objects.equals(values.get("name"), before.get("name"))) {
            requireFreeName(session, values.get("name"), values.getOrDefault("key", 0));
        }
    }

    private static void requireFreeName(Statements.Session session, Object name, Object own) {
        if (!(name instanceof String text)
                || text.isBlank()
                || text.contains("/")
                || text.equals(".")
                || text.equals("..")
                || !text.strip().equals(text)) {
            throw ApiProblem.field("name", "must be a name without slashes, and without blanks at its ends");
        }
        if (CampaignControl.isId(text)) {
            throw ApiProblem.field("name", "must not be a whole number, because that would be read as an i_campaign");
        }
        if (!session.query("campaign-namesakes", Map.of("name", name, "key", own))
                .isEmpty()) {
            throw new ApiProblem(409, "There is a campaign of this name already");
        }
    }

    /** Accepts a change if the dialler's own rules accept the given fields. */
    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        if (Integer.valueOf(0).equals(given.get("paused"))) {
            session.update("cancel-tasks", Map.of("campaign", row.get("i_campaign")));
        }
        Campaign campaign = new CampaignRow(row, defaults.get().with(rules(session, row))).campaign();
        List<String> problems = new ArrayList<>(campaign.problems());
        problems.addAll(dialString.problems(campaign));
        if (campaign.destinationList() != null && ListSchema.isOwnTable(campaign.destinationList())) {
            problems.add("destination_list must be none of Callout's own tables");
        }
        NamedRow.GATEWAY_GROUP.problem(session, given).ifPresent(problems::add);
        NamedRow.CALLER_ID_POOL.problem(session, given).ifPresent(problems::add);
        List<Map.Entry<String, String>> ofGiven = new ArrayList<>();
        problems.forEach(
                problem -> columnOf(problem, given).ifPresent(column -> ofGiven.add(Map.entry(column, problem))));
        ApiProblem.refuse(ofGiven);
    }

    /** Returns the rules that the campaign names, as far as they exist. */
    private static RuleBook rules(Statements.Session session, Map<String, Object> row) {
        List<String> names = DoNotCallList.names((String) row.get("calling_rules"));
        return names.isEmpty()
                ? RuleBook.EMPTY
                : RuleBook.ofNames(session.query("calling-rules-named", Map.of("names", names)).stream()
                        .map(rule -> (String) rule.get("name"))
                        .toList());
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

    @Override
    Map<String, Object> shown(Map<String, Object> row) throws SQLException {
        Map<String, Object> shown = Column.shown(COLUMNS, row);
        shown.keySet().removeAll(HIDDEN);
        long key = ((Number) row.get("i_campaign")).longValue();
        shown.putAll(progress.of(key, Boolean.TRUE.equals(shown.get("paused"))));
        return shown;
    }

    @Override
    Map<String, Object> state(Map<String, Object> row) {
        return Column.all(COLUMNS, row);
    }
}
