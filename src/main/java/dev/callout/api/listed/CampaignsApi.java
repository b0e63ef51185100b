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
import dev.callout.api.answer.EffectiveValues;
import dev.callout.api.answer.Faults;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.http.PathSegment;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.dial.CallerId;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.PlannedAction;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import dev.callout.store.lists.ListNumbers;
import dev.callout.store.schema.ListSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** Campaigns; they are named instead of numbered, and can be started, stopped, paused and resumed. */
public final class CampaignsApi extends ListedApi {

    private static final int DAY = 86_400;
    private static final String NAME = "name";

    /** The columns that people set, in the order of the table. */
    public static final List<Column> COLUMNS = List.of(
            text(NAME, 128),
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

    private final DialString dialString;
    private final Supplier<CampaignDefaults> defaults;
    private final CampaignControl control;
    private final CampaignProgress progress;
    private final LeftOver leftOver;

    /**
     * @param lists      reads the numbers of campaigns with a list
     * @param dialString the dialler's own, so that this API refuses what the dialler refuses
     * @param defaults   returns what applies where a campaign sets nothing
     */
    public CampaignsApi(
            Statements statements,
            ListNumbers lists,
            DialString dialString,
            Supplier<CampaignDefaults> defaults,
            CampaignControl control,
            DatabaseClock clock) {
        super(statements, "campaign", "campaigns", "i_campaign", COLUMNS);
        this.dialString = dialString;
        this.defaults = defaults;
        this.control = control;
        this.progress = new CampaignProgress(statements, lists, control, clock);
        this.leftOver = new LeftOver(statements);
    }

    @Override
    public ApiResponse list(ApiRequest request) {
        return Answer.to(
                request,
                List.of("after", "limit", "fields"),
                () -> page(request, ShownFields.of(request.query().get("fields"))));
    }

    @Override
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = key(request);
            Map<String, Object> row = row(key);
            Map<String, Object> shown = shown(row);
            shown.putAll(progress.statuses(key));
            shown.put("effective", EffectiveValues.of(row, new CampaignRow(row, defaults.get()).campaign()));
            shown.put("warnings", control.warnings(key));
            shown.put(
                    "timetable",
                    control.planned(key).stream().map(PlannedAction::members).toList());
            return ApiResponse.json(200, shown).header("ETag", ETag.of(state(row)));
        });
    }

    /** Deletes a campaign, or says what would stay. Its attempts stay, and its numbers unless they are to be removed. */
    @Override
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(request, List.of("numbers", "dry-run"), () -> {
            boolean remove =
                    request.word("numbers", "keep", Set.of("keep", "remove")).equals("remove");
            long key = key(request);
            if (request.word("dry-run", "false", Set.of("true", "false")).equals("true")) {
                return ApiResponse.json(200, leftOver.of(key));
            }
            try {
                control.delete(key, session -> {
                    request.requireMatch(ETag.of(state(row(session, key))));
                    return true;
                });
            } catch (IllegalStateException e) {
                throw new ApiProblem(409, e.getMessage());
            }
            return remove ? ApiResponse.json(200, Map.of("removed", leftOver.remove(key))) : ApiResponse.nothing();
        });
    }

    /** Creates a campaign with the settings of another one, under a name of its own and paused. It has no numbers. */
    public ApiResponse copy(ApiRequest request) {
        return Answer.to(request, () -> {
            String name = CampaignCopy.name(request);
            long original = key(request);
            Map<String, Object> created = statements.inTransaction(session -> {
                Map<String, Object> values = CampaignCopy.of(row(session, original), name);
                prepare(session, Map.of(), values);
                long key = session.insert("campaign-insert", values);
                Map<String, Object> row = row(session, key);
                audit(session, key, "create", Map.of(), row);
                return row;
            });
            return answer(201, created).header("Location", "/api/campaigns/" + segment(created));
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
            Map<String, Object> row = row(key);
            Map<String, Object> shown = shown(row);
            shown.put("warnings", control.warnings(key));
            return ApiResponse.json(200, shown).header("ETag", ETag.of(state(row)));
        });
    }

    @Override
    long key(ApiRequest request) throws SQLException {
        return control.idOf(request.path(NAME));
    }

    @Override
    String segment(Map<String, Object> row) {
        return PathSegment.encode((String) row.get(NAME));
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
    void judge(Map<String, Object> before, Map<String, Object> values, Faults faults) {
        if (isNewName(before, values)) {
            CampaignName.problem(values.get(NAME)).ifPresent(problem -> faults.add(NAME, problem));
        }
        if (values.get("cli") instanceof String cli && !cli.equals(before.get("cli")) && CallerId.isWords(cli)) {
            faults.add("cli", "must be a number that callees can call back, such as +4930111, and no words");
        }
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        if (before.isEmpty()) {
            values.putIfAbsent("paused", 1);
        }
        if (isNewName(before, values)
                && CampaignName.problem(values.get(NAME)).isEmpty()
                && !session.query(
                                "campaign-namesakes",
                                Map.of(NAME, values.get(NAME), "key", values.getOrDefault("key", 0)))
                        .isEmpty()) {
            throw ApiProblem.taken(NAME, "There is a campaign of this name already");
        }
    }

    private static boolean isNewName(Map<String, Object> before, Map<String, Object> values) {
        return before.isEmpty() || !Objects.equals(values.get(NAME), before.get(NAME));
    }

    /** Accepts a change if the dialler's own rules accept the given fields. */
    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        if (Integer.valueOf(0).equals(given.get("paused"))) {
            session.update("cancel-tasks", Map.of("campaign", row.get("i_campaign")));
        }
        CampaignDefaults known = defaults.get().with(rules(session, row));
        Campaign campaign = new CampaignRow(row, known).campaign();
        CampaignFaults faults = new CampaignFaults(given);
        campaign.problems().forEach(faults::add);
        faults.addAll(row, rest -> dialString.problems(new CampaignRow(rest, known).campaign()));
        if (campaign.destinationList() != null && ListSchema.isOwnTable(campaign.destinationList())) {
            faults.add("destination_list must be none of Callout's own tables");
        }
        NamedRow.GATEWAY_GROUP.problem(session, given).ifPresent(faults::add);
        NamedRow.CALLER_ID_POOL.problem(session, given).ifPresent(faults::add);
        faults.refuse();
    }

    /** Returns the rules that the campaign names, as far as they exist. */
    private static RuleBook rules(Statements.Session session, Map<String, Object> row) {
        List<String> names = DoNotCallList.names((String) row.get("calling_rules"));
        return names.isEmpty()
                ? RuleBook.EMPTY
                : RuleBook.ofNames(session.query("calling-rules-named", Map.of("names", names)).stream()
                        .map(rule -> (String) rule.get(NAME))
                        .toList());
    }

    @Override
    Map<String, Object> shown(Map<String, Object> row) throws SQLException {
        Map<String, Object> shown = Column.shown(COLUMNS, row);
        shown.keySet().removeAll(ShownFields.HIDDEN);
        long key = ((Number) row.get("i_campaign")).longValue();
        shown.putAll(progress.of(key, Boolean.TRUE.equals(shown.get("paused"))));
        return shown;
    }

    @Override
    Map<String, Object> state(Map<String, Object> row) {
        return Column.all(COLUMNS, row);
    }
}
