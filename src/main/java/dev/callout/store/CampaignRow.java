package dev.callout.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.CallDuration;
import dev.callout.campaign.CallingStrategy;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.outcome.RetryPolicy;
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
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A row of {@code sql/due-campaigns.sql}. NULL and blank text mean the default. A value that cannot be read becomes one
 * of the campaign's {@linkplain Campaign#problems() problems}, with table, row and column.
 */
public final class CampaignRow {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MILLIS_DIGITS = 3;

    private final Map<String, Object> row;
    private final List<String> problems = new ArrayList<>();
    private final Campaign campaign;

    /**
     * @param  row                      the row, by column
     * @param  defaultZone              {@code callout.timezone}; null if it is not set
     * @throws IllegalArgumentException if the row is not from that statement: it has no {@code i_campaign}
     */
    public CampaignRow(Map<String, Object> row, ZoneId defaultZone) {
        this.row = row;
        if (!(row.get("i_campaign") instanceof Number)) {
            throw new IllegalArgumentException("A row of table campaigns has no i_campaign");
        }
        this.campaign = read(defaultZone);
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

    /** Numbers in progress on all nodes. */
    public int inProgress() {
        return decimal("in_progress").intValue();
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

    private Campaign read(ZoneId defaultZone) {
        CampaignBuilder builder = Campaign.builder()
                .id(((Number) row.get("i_campaign")).longValue())
                .name(text("name"))
                .paused(flag("paused"))
                .username(text("username"))
                .password(text("md5secret"))
                .callerId(text("cli"))
                .schedule(schedule())
                .zone(zone(defaultZone))
                .promptFile(promptFile())
                .context(text("context"))
                .dialplan(text("dialplan_type"))
                .gateway(text("profile_gateway"))
                .headerName(text("add_custom_header_name"))
                .headerValue(text("add_custom_header_value"))
                .destinationList(text("destination_list"))
                .codecList(text("codec_list"))
                .application(text("action_on_answer"))
                .transferTo(text("transfer_on_answer"))
                .startsAt(startsAt())
                .duration(duration());
        whole("max_concurrent_calls", builder::maxConcurrentCalls);
        whole("max_attempts", builder::maxAttempts);
        whole("timeout_sec", value -> builder.originateTimeout(Duration.ofSeconds(value)));
        whole("backoff_sec", value -> builder.backoff(Duration.ofSeconds(value)));
        whole("threshold_msec", value -> builder.threshold(Duration.ofMillis(value)));
        whole("cancel_ratio", builder::cancelRatio);
        whole("finish_on", builder::finishOn);
        BigDecimal gap = decimal("time_between_calls");
        if (gap != null) {
            builder.timeBetweenCalls(
                    Duration.ofMillis(gap.movePointRight(MILLIS_DIGITS).longValue()));
        }
        if (text("calling_strategy") != null) {
            try {
                builder.strategy(CallingStrategy.of(text("calling_strategy")));
            } catch (IllegalArgumentException e) {
                problem("calling_strategy", e.getMessage());
            }
        }
        if (text("retry_delays") != null) {
            try {
                builder.retries(RetryPolicy.of(text("retry_delays")));
            } catch (IllegalArgumentException e) {
                problem("retry_delays", "'" + text("retry_delays") + "' " + e.getMessage());
            }
        }
        if (text("import_problem") != null) {
            builder.readProblem(text("import_problem")
                    + " (mend the file and import it again, or set the column right and" + " import_problem to NULL)");
        }
        if (text("list_problem") != null) {
            problem("destination_list", text("list_problem"));
        }
        problems.forEach(builder::readProblem);
        return builder.build();
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
        int[] bounds = new int[2];
        whole("call_min_duration", value -> bounds[0] = value);
        whole("call_max_duration", value -> bounds[1] = value);
        return new CallDuration(
                flag("gaussian_distribution"),
                mean == null ? 0 : mean.doubleValue(),
                deviation == null ? 0 : deviation.doubleValue(),
                bounds[0],
                bounds[1]);
    }

    private void whole(String column, Consumer<Integer> setter) {
        BigDecimal value = decimal(column);
        if (value != null) {
            try {
                setter.accept(value.intValueExact());
            } catch (ArithmeticException e) {
                problem(column, "'" + value.toPlainString() + "' is not a whole number of a usable size");
            }
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
