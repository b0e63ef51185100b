package dev.callout.store;

import dev.callout.campaign.Budget;
import dev.callout.campaign.CallDuration;
import dev.callout.campaign.CallingHours;
import dev.callout.campaign.CallingStrategy;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.Guard;
import dev.callout.campaign.Pacing;
import dev.callout.campaign.Printable;
import dev.callout.campaign.Retrying;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.TalkTime;
import dev.callout.campaign.WayOut;
import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.ErasedBy;
import dev.callout.store.prompts.OnAnswerColumns;
import dev.callout.store.sql.EpochSeconds;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A row of {@code sql/due-campaigns.sql}. NULL and blank text mean the default. A value that cannot be read becomes one
 * of the campaign's {@linkplain Campaign#problems() problems}, with table, row and column.
 */
public final class CampaignRow {
    private static final Set<String> DUPLICATES = Set.of("each", "once");
    private static final Set<String> SCHEDULE_ZONES = Set.of("campaign", "callee");

    private final RowValues row;
    private final Schedule schedule;
    private final CallingRules callingRules;
    private final Optional<EraseKey> eraseKey;
    private final Campaign campaign;

    /**
     * @param  row                      the row, by column
     * @param  defaults                 what applies where the row sets nothing
     * @throws IllegalArgumentException if the row is not from that statement: it has no {@code i_campaign}
     */
    public CampaignRow(Map<String, Object> row, CampaignDefaults defaults) {
        if (!(row.get("i_campaign") instanceof Number key)) {
            throw new IllegalArgumentException("A row of table campaigns has no i_campaign");
        }
        this.eraseKey = Optional.ofNullable(defaults.eraseKey());
        this.row = new RowValues(row, "campaigns", key);
        this.schedule = ScheduleColumns.read(this.row);
        ZoneId zone = zone(defaults.zone());
        this.callingRules = defaults.ruleBook().binding(ruleNames(defaults), isInCalleesZone() ? schedule : null, zone);
        this.campaign = read(key.longValue(), zone, defaults);
    }

    /** The campaign, with its problems. */
    public Campaign campaign() {
        return campaign;
    }

    /** Whether a number is fresh or due. */
    public boolean hasDue() {
        return row.flag("has_due");
    }

    /** Whether any number is not finished, calls in progress included. */
    public boolean hasOpen() {
        return row.flag("has_open");
    }

    /** When the earliest retry is due, maybe in the past; null if there is none, or if there are fresh numbers. */
    public Instant nextDue() {
        Instant own = EpochSeconds.instant(row.decimal("next_due"));
        Instant others = EpochSeconds.instant(row.decimal("next_due_local"));
        return own == null || others != null && others.isBefore(own) ? others : own;
    }

    /** When the first of the numbers opens that calling rules keep closed, maybe in the past; null: they keep none closed. */
    public Instant nextOpening() {
        return EpochSeconds.instant(row.decimal("next_opening"));
    }

    /** Why that number is closed, in words; null: not known. */
    public String closedBecause() {
        return row.text("closed_because");
    }

    /** By which version of calling rules all closed numbers were judged; null: maybe several. */
    public String closedBy() {
        return row.text("closed_by_version");
    }

    /** The first instant that claims left free; null if there is none. */
    public Instant nextDial() {
        return EpochSeconds.instant(row.decimal("next_dial"));
    }

    /** Whether any number is in progress, on any node. */
    public boolean hasInProgress() {
        return row.flag("in_progress");
    }

    /** Originates of the run. */
    public long callsMade() {
        return row.decimal("calls_made").longValue();
    }

    /** When the run began; null if none has begun yet. */
    public Instant runStarted() {
        return EpochSeconds.instant(row.decimal("run_started"));
    }

    /** When the run ended; null if it is not over. */
    public Instant runEnded() {
        return EpochSeconds.instant(row.decimal("run_ended"));
    }

    /** The further do-not-call lists that the campaign names. */
    public List<String> doNotCallLists() {
        return DoNotCallList.names(row.text("do_not_call_lists"));
    }

    /** Whether a telephone that was reached by one of its numbers is not called by the others. */
    public boolean once() {
        return "once".equalsIgnoreCase(row.text("duplicates"));
    }

    /** What the calls share that it makes now. */
    public CallBase callBase() {
        return CallBase.of(campaign.id(), runStarted(), row::text, callingRules);
    }

    /** Why this node would call erased persons, and what to do; empty: it would not. */
    public Optional<String> erasedProblem() {
        return row.text("emergency") != null
                ? Optional.empty()
                : new ErasedBy(row.text("least_key_sum"), row.text("greatest_key_sum")).problem(eraseKey);
    }

    /** What binds each of its calls; meaningful only if the campaign has no problems. */
    public CallingRules callingRules() {
        return callingRules;
    }

    /** An emergency campaign asks no rules. Its own schedule is its user's wish. */
    private List<String> ruleNames(CampaignDefaults defaults) {
        if (row.text("emergency") != null) {
            return List.of();
        }
        return Stream.concat(defaults.callingRules().stream(), ruleNames().stream())
                .toList();
    }

    /** The calling rules that the campaign names itself. */
    public List<String> ruleNames() {
        return DoNotCallList.names(row.text("calling_rules"));
    }

    private boolean isInCalleesZone() {
        return "callee".equalsIgnoreCase(row.text("schedule_zone"));
    }

    private Campaign read(long key, ZoneId zone, CampaignDefaults defaults) {
        String country = country(defaults.country());
        return new Campaign(
                key,
                row.text("name"),
                row.flag("paused"),
                new CallingHours(schedule == null || isInCalleesZone() ? Schedule.ALWAYS : schedule, zone, startsAt()),
                new Pacing(
                        row.whole("max_concurrent_calls", 20), timeBetweenCalls(), strategy(), row.whole("weight", 1)),
                new WayOut(
                        row.text("profile_gateway"),
                        row.text("gateway_group"),
                        new WayOut.Credentials(row.text("username"), row.text("md5secret")),
                        row.text("cli"),
                        row.text("caller_id_pool"),
                        new WayOut.Header(row.text("add_custom_header_name"), row.text("add_custom_header_value")),
                        row.text("codec_list"),
                        Duration.ofSeconds(row.whole("timeout_sec", 300))),
                new OnAnswerColumns(row::text, row::whole, row::problem).read(),
                new TalkTime(
                        duration(), Duration.ofMillis(row.whole("threshold_msec", 3000)), row.whole("cancel_ratio", 0)),
                new Retrying(
                        row.whole("max_attempts", 3),
                        Duration.ofSeconds(row.whole("backoff_sec", 600)),
                        delays(),
                        row.whole("finish_on", null)),
                new Guard(
                        row.whole("guard_percent", null),
                        EpochSeconds.instant(row.decimal("guard_from")),
                        row.text("pause_reason")),
                new Budget(row.decimal("max_cost"), row.decimal("max_minutes")),
                row.text("destination_list"),
                country,
                row.text("emergency"),
                problems(country, defaults));
    }

    private Duration timeBetweenCalls() {
        BigDecimal seconds = row.decimal("time_between_calls");
        return seconds == null ? Duration.ZERO : EpochSeconds.duration(seconds);
    }

    private CallingStrategy strategy() {
        String text = row.text("calling_strategy");
        try {
            return text == null ? CallingStrategy.SEQUENTIAL : CallingStrategy.of(text);
        } catch (IllegalArgumentException e) {
            row.problem("calling_strategy", e.getMessage());
            return CallingStrategy.SEQUENTIAL;
        }
    }

    private RetryPolicy delays() {
        String text = row.text("retry_delays");
        try {
            return text == null ? RetryPolicy.DEFAULT : RetryPolicy.of(text);
        } catch (IllegalArgumentException e) {
            row.problem("retry_delays", "'" + text + "' " + e.getMessage());
            return RetryPolicy.DEFAULT;
        }
    }

    /** What the columns read so far have shown, and what the database has recorded. */
    private List<String> problems(String country, CampaignDefaults defaults) {
        if (row.text("list_problem") != null) {
            row.problem("destination_list", row.text("list_problem"));
        }
        if (row.text("emergency") == null) {
            NamedLists.problems(doNotCallLists(), row.text("lists_there"), country)
                    .forEach(one -> row.problem("do_not_call_lists", one));
        }
        String duplicates = row.text("duplicates");
        if (duplicates != null && !DUPLICATES.contains(duplicates.toLowerCase(Locale.ROOT))) {
            row.problem("duplicates", "'" + Printable.of(duplicates) + "' is neither each nor once");
        }
        if (row.text("import_problem") != null) {
            row.problems()
                    .add(row.text("import_problem") + " (mend the file and import it again, or set the column right and"
                            + " import_problem to NULL)");
        }
        rulesProblems(country, defaults);
        return row.problems();
    }

    private void rulesProblems(String country, CampaignDefaults defaults) {
        String scheduleZone = row.text("schedule_zone");
        if (scheduleZone != null && !SCHEDULE_ZONES.contains(scheduleZone.toLowerCase(Locale.ROOT))) {
            row.problem("schedule_zone", "'" + Printable.of(scheduleZone) + "' is neither campaign nor callee");
        }
        if (isInCalleesZone() && schedule != null) {
            schedule.problem().ifPresent(one -> row.problem("i_schedule", one));
        }
        if (row.text("emergency") == null) {
            bookProblems(defaults);
        }
        if (country == null && (isInCalleesZone() || !ruleNames(defaults).isEmpty())) {
            row.problem(
                    isInCalleesZone() ? "schedule_zone" : "calling_rules",
                    "calling rules and callees' time zones need telephones, and without a country it is not known whose"
                            + " telephones the numbers are: set column country");
        }
    }

    private void bookProblems(CampaignDefaults defaults) {
        defaults.ruleBook().problems(defaults.callingRules()).forEach(one -> row.problems()
                .add("callout.calling-rules: " + one));
        defaults.ruleBook().problems(ruleNames()).forEach(one -> row.problem("calling_rules", one));
        long ring = callingRules.shortestRing().toSeconds();
        if (row.whole("timeout_sec", 300) < ring) {
            row.problem("timeout_sec", "a calling rule wants calls to ring for " + ring + " s at least");
        }
        if (ring > 0 && row.whole("cancel_ratio", 0) > 0) {
            row.problem("cancel_ratio", "a calling rule wants calls to ring for " + ring + " s at least: set it to 0");
        }
    }

    private ZoneId zone(ZoneId defaultZone) {
        String name = row.text("timezone");
        if (name == null) {
            return defaultZone;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            row.problem("timezone", "'" + name + "' is not a time zone such as Europe/Berlin");
            return defaultZone;
        }
    }

    private String country(Country defaultCountry) {
        String code = row.text("country");
        Optional<Country> country = Optional.ofNullable(defaultCountry);
        try {
            country = code == null ? country : Country.orNone(code);
        } catch (IllegalArgumentException e) {
            row.problem("country", e.getMessage() + ", and not " + Country.NONE);
        }
        return country.map(Country::iso).orElse(null);
    }

    private LocalDateTime startsAt() {
        String text = row.text("datetime_start");
        try {
            return text == null ? null : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            row.problem("datetime_start", "'" + text + "' is no date and time");
            return null;
        }
    }

    private CallDuration duration() {
        BigDecimal mean = row.decimal("gaussian_distribution_mean");
        BigDecimal deviation = row.decimal("gaussian_distribution_stdv");
        return new CallDuration(
                row.flag("gaussian_distribution"),
                mean == null ? 0 : mean.doubleValue(),
                deviation == null ? 0 : deviation.doubleValue(),
                row.whole("call_min_duration", 0),
                row.whole("call_max_duration", 0));
    }
}
