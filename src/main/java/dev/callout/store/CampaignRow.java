package dev.callout.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.CallDuration;
import dev.callout.campaign.CallingHours;
import dev.callout.campaign.CallingStrategy;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.OnAnswer;
import dev.callout.campaign.Pacing;
import dev.callout.campaign.Printable;
import dev.callout.campaign.Retrying;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.TalkTime;
import dev.callout.campaign.WayOut;
import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.ErasedBy;
import dev.callout.store.sql.EpochSeconds;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A row of {@code sql/due-campaigns.sql}. NULL and blank text mean the default. A value that cannot be read becomes one
 * of the campaign's {@linkplain Campaign#problems() problems}, with table, row and column.
 */
public final class CampaignRow {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MILLIS_DIGITS = 3;
    private static final Set<String> DUPLICATES = Set.of("each", "once");

    private final Map<String, Object> row;
    private final List<String> problems = new ArrayList<>();
    private final Optional<EraseKey> eraseKey;
    private final Campaign campaign;

    /**
     * @param  row                      the row, by column
     * @param  defaults                 what applies where the row sets nothing
     * @throws IllegalArgumentException if the row is not from that statement: it has no {@code i_campaign}
     */
    public CampaignRow(Map<String, Object> row, CampaignDefaults defaults) {
        this.row = row;
        if (!(row.get("i_campaign") instanceof Number)) {
            throw new IllegalArgumentException("A row of table campaigns has no i_campaign");
        }
        this.eraseKey = Optional.ofNullable(defaults.eraseKey());
        this.campaign = read(defaults);
    }

    /** The campaign, with its problems. */
    public Campaign campaign() {
        return campaign;
    }

    /** Whether a number is fresh or due. */
    public boolean hasDue() {
        return flag("has_due");
    }

    /** Whether any number is not finished, calls in progress included. */
    public boolean hasOpen() {
        return flag("has_open");
    }

    /** When the earliest retry is due, maybe in the past; null if there is none, or if there are fresh numbers. */
    public Instant nextDue() {
        Instant own = EpochSeconds.instant(decimal("next_due"));
        Instant others = EpochSeconds.instant(decimal("next_due_local"));
        return own == null || others != null && others.isBefore(own) ? others : own;
    }

    /** The first instant that claims left free; null if there is none. */
    public Instant nextDial() {
        return EpochSeconds.instant(decimal("next_dial"));
    }

    /** Whether any number is in progress, on any node. */
    public boolean hasInProgress() {
        return flag("in_progress");
    }

    /** Originates of the run. */
    public long callsMade() {
        return decimal("calls_made").longValue();
    }

    /** When the run began; null if none has begun yet. */
    public Instant runStarted() {
        return EpochSeconds.instant(decimal("run_started"));
    }

    /** When the run ended; null if it is not over. */
    public Instant runEnded() {
        return EpochSeconds.instant(decimal("run_ended"));
    }

    /** The further do-not-call lists that the campaign names. */
    public List<String> doNotCallLists() {
        return DoNotCallList.names(text("do_not_call_lists"));
    }

    /** Why this node would call erased persons, and what to do; empty: it would not. */
    public Optional<String> erasedProblem() {
        return new ErasedBy(text("least_key_sum"), text("greatest_key_sum")).problem(eraseKey);
    }

    private Campaign read(CampaignDefaults defaults) {
        String country = country(defaults.country());
        return new Campaign(
                ((Number) row.get("i_campaign")).longValue(),
                text("name"),
                flag("paused"),
                new CallingHours(schedule(), zone(defaults.zone()), startsAt()),
                new Pacing(whole("max_concurrent_calls", 20), timeBetweenCalls(), strategy()),
                new WayOut(
                        text("profile_gateway"),
                        new WayOut.Credentials(text("username"), text("md5secret")),
                        text("cli"),
                        new WayOut.Header(text("add_custom_header_name"), text("add_custom_header_value")),
                        text("codec_list"),
                        Duration.ofSeconds(whole("timeout_sec", 300))),
                new OnAnswer(
                        promptFile(),
                        text("action_on_answer"),
                        text("transfer_on_answer"),
                        text("context"),
                        text("dialplan_type")),
                new TalkTime(duration(), Duration.ofMillis(whole("threshold_msec", 3000)), whole("cancel_ratio", 0)),
                new Retrying(
                        whole("max_attempts", 3),
                        Duration.ofSeconds(whole("backoff_sec", 600)),
                        delays(),
                        whole("finish_on", null)),
                text("destination_list"),
                country,
                text("emergency"),
                problems(country));
    }

    private Duration timeBetweenCalls() {
        BigDecimal seconds = decimal("time_between_calls");
        return seconds == null
                ? Duration.ZERO
                : Duration.ofMillis(seconds.movePointRight(MILLIS_DIGITS).longValue());
    }

    private CallingStrategy strategy() {
        String text = text("calling_strategy");
        try {
            return text == null ? CallingStrategy.SEQUENTIAL : CallingStrategy.of(text);
        } catch (IllegalArgumentException e) {
            problem("calling_strategy", e.getMessage());
            return CallingStrategy.SEQUENTIAL;
        }
    }

    private RetryPolicy delays() {
        String text = text("retry_delays");
        try {
            return text == null ? RetryPolicy.DEFAULT : RetryPolicy.of(text);
        } catch (IllegalArgumentException e) {
            problem("retry_delays", "'" + text + "' " + e.getMessage());
            return RetryPolicy.DEFAULT;
        }
    }

    /** What the columns read so far have shown, and what the database has recorded. */
    private List<String> problems(String country) {
        if (text("list_problem") != null) {
            problem("destination_list", text("list_problem"));
        }
        if (text("emergency") == null) {
            NamedLists.problems(doNotCallLists(), text("lists_there"), country)
                    .forEach(one -> problem("do_not_call_lists", one));
        }
        String duplicates = text("duplicates");
        if (duplicates != null && !DUPLICATES.contains(duplicates.toLowerCase(Locale.ROOT))) {
            problem("duplicates", "'" + Printable.of(duplicates) + "' is neither each nor once");
        }
        if (text("import_problem") != null) {
            problems.add(text("import_problem") + " (mend the file and import it again, or set the column right and"
                    + " import_problem to NULL)");
        }
        return problems;
    }

    private ZoneId zone(ZoneId defaultZone) {
        String name = text("timezone");
        if (name == null) {
            return defaultZone;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            problem("timezone", "'" + name + "' is not a time zone such as Europe/Berlin");
            return defaultZone;
        }
    }

    private String country(Country defaultCountry) {
        String code = text("country");
        Optional<Country> country = Optional.ofNullable(defaultCountry);
        try {
            country = code == null ? country : Country.orNone(code);
        } catch (IllegalArgumentException e) {
            problem("country", e.getMessage() + ", and not " + Country.NONE);
        }
        return country.map(Country::iso).orElse(null);
    }

    private Schedule schedule() {
        if (row.get("i_schedule") == null) {
            return Schedule.ALWAYS;
        }
        String json = text("schedule_records");
        List<ScheduleRecord> records = new ArrayList<>();
        try {
            for (JsonNode item : MAPPER.readTree(json == null ? "[]" : json)) {
                records.add(new ScheduleRecord(
                        item.path("id").asLong(),
                        whole(item, "start_wday"),
                        whole(item, "stop_wday"),
                        whole(item, "start_second"),
                        whole(item, "stop_second")));
            }
        } catch (JsonProcessingException e) {
            problem(
                    "i_schedule",
                    "the rows of schedule_records for schedule " + row.get("i_schedule") + " cannot be read");
        }
        return records.isEmpty() && !flag("has_schedule")
                ? Schedule.missing(text("i_schedule"))
                : withHolidays(new Schedule(records));
    }

    private Schedule withHolidays(Schedule schedule) {
        String calendar = text("i_holiday_calendar");
        if (calendar == null) {
            return schedule;
        }
        if (!flag("has_holiday_calendar")) {
            return schedule.withoutCalendar(calendar);
        }
        Set<LocalDate> days = new HashSet<>();
        String json = text("holidays");
        try {
            for (JsonNode day : MAPPER.readTree(json == null ? "[]" : json)) {
                days.add(LocalDate.parse(day.asText()));
            }
        } catch (JsonProcessingException | DateTimeException e) {
            problem("i_schedule", "the rows of holidays for holiday calendar " + calendar + " cannot be read");
        }
        return schedule.closedOn(days);
    }

    private static Integer whole(JsonNode item, String member) {
        JsonNode value = item.path(member);
        return value.isNull() || value.isMissingNode() ? null : Integer.valueOf(value.asInt(-1));
    }

    private String promptFile() {
        if (row.get("i_ivr_prompt") != null && text("prompt_file") == null) {
            problem(
                    "i_ivr_prompt",
                    "table ivr_prompts has no row " + row.get("i_ivr_prompt") + ", or its file is empty");
        }
        return row.get("i_ivr_prompt") == null ? null : text("prompt_file");
    }

    private LocalDateTime startsAt() {
        String text = text("datetime_start");
        try {
            return text == null ? null : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            problem("datetime_start", "'" + text + "' is no date and time");
            return null;
        }
    }

    private CallDuration duration() {
        BigDecimal mean = decimal("gaussian_distribution_mean");
        BigDecimal deviation = decimal("gaussian_distribution_stdv");
        return new CallDuration(
                flag("gaussian_distribution"),
                mean == null ? 0 : mean.doubleValue(),
                deviation == null ? 0 : deviation.doubleValue(),
                whole("call_min_duration", 0),
                whole("call_max_duration", 0));
    }

    private Integer whole(String column, Integer otherwise) {
        BigDecimal value = decimal(column);
        try {
            return value == null ? otherwise : Integer.valueOf(value.intValueExact());
        } catch (ArithmeticException e) {
            problem(column, "'" + value.toPlainString() + "' is not a whole number of a usable size");
            return otherwise;
        }
    }

    private BigDecimal decimal(String column) {
        String text = text(column);
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            problem(column, "'" + text + "' is not a number");
            return null;
        }
    }

    /** Connector/J returns a TINYINT(1) as a Boolean. */
    private boolean flag(String column) {
        Object value = row.get(column);
        if (value instanceof Boolean flag) {
            return flag;
        }
        BigDecimal number = decimal(column);
        return number != null && number.signum() != 0;
    }

    private String text(String column) {
        Object value = row.get(column);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    private void problem(String column, String what) {
        problems.add("table campaigns, row " + row.get("i_campaign") + ", column " + column + ": " + what);
    }
}
