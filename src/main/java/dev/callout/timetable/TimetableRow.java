package dev.callout.timetable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A row that {@code sql/timetable/rows.sql} returns, and when its action is due. Anything that cannot be read is one of
 * its {@linkplain #problems() problems}, with table, row and column. A row with a problem is never due. Not
 * thread-safe.
 */
public final class TimetableRow {

    /** The maximum number of days for which attempts can be kept. */
    public static final int MOST_DAYS = 36_500;

    /** How late a row may start calls. */
    static final Duration LATE = Duration.ofMinutes(2);

    private static final List<String> REOPEN = List.of("none", "all", "failed");
    /** One holiday a day for a year: whoever has more has no business. */
    private static final int MOST_HOLIDAYS = 366;

    private final Map<String, Object> row;
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final Action action;
    private final ZoneId zone;
    private final CronTimes times;
    private final String reopen;
    private final Integer days;
    private final Set<LocalDate> holidays = new HashSet<>();

    /**
     * @param row         the row, by column
     * @param defaultZone {@code callout.timezone}; null if it is not set
     */
    public TimetableRow(Map<String, Object> row, ZoneId defaultZone) {
        this.row = row;
        this.action = read("action", null, Action::of);
        this.zone = zone(defaultZone);
        this.times = zone == null ? null : read("cron", null, text -> new CronTimes(text, zone));
        this.reopen = read("reopen", "none", text -> {
            if (!REOPEN.contains(text)) {
                throw new IllegalArgumentException("'" + text + "' is not one of " + String.join(", ", REOPEN));
            }
            return text;
        });
        this.days = row.get("days") == null ? null : read("days", null, TimetableRow::days);
        if (action == Action.RETENTION && row.get("days") == null) {
            problem("days", "must be set: how many days attempts are kept");
        }
        if (row.get("i_campaign") == null) {
            if (action != null && action.dials()) {
                problem(
                        "i_campaign",
                        "must name a campaign: " + action.word()
                                + " must not apply to all campaigns, which include those that"
                                + " somebody has paused");
            }
        } else if (!isTrue("has_campaign")) {
            problem("i_campaign", "there is no campaign " + row.get("i_campaign"));
        }
        if (row.get("holidays") != null) {
            readHolidays(row.get("holidays").toString());
        }
    }

    private void readHolidays(String list) {
        try {
            Arrays.stream(list.split(",")).map(LocalDate::parse).forEach(holidays::add);
        } catch (DateTimeException e) {
            problem("i_campaign", "the holidays of its schedule cannot be read; there may be too many");
        }
    }

    private static Integer days(String text) {
        int days = new BigDecimal(text).intValue();
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException(text + " is not 1 to " + MOST_DAYS);
        }
        return days;
    }

    private <T> T read(String column, String byDefault, Function<String, T> reader) {
        String text = text(column) == null ? byDefault : text(column);
        if (text == null) {
            problem(column, "must be set");
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            problem(column, e.getMessage());
        } catch (NoClassDefFoundError e) {
            problem(column, "cannot be read without Quartz: install the feature camel-quartz");
        }
        return null;
    }

    private ZoneId zone(ZoneId defaultZone) {
        String column =
                text("timezone") == null && text("campaign_timezone") != null ? "campaign_timezone" : "timezone";
        if (text(column) == null) {
            if (defaultZone == null) {
                problem("timezone", "must be set, because neither its campaign nor callout.timezone has one");
            }
            return defaultZone;
        }
        try {
            return ZoneId.of(text(column));
        } catch (DateTimeException e) {
            problem(
                    column.equals("timezone") ? column : "i_campaign",
                    "'" + text(column) + "' is not a time zone such as Europe/Berlin");
            return null;
        }
    }

    private void problem(String column, String what) {
        faults.merge(column, what, (first, further) -> first + "; " + further);
    }

    /** {@code i_timetable}. */
    public long id() {
        return ((Number) row.get("i_timetable")).longValue();
    }

    /** {@code i_campaign}; null means all campaigns. */
    public Long campaign() {
        return row.get("i_campaign") == null ? null : ((Number) row.get("i_campaign")).longValue();
    }

    /** The row as people know it: its name, or its key if it has none, and its campaign's name. */
    public String title() {
        return (text("name") == null ? "row " + id() : text("name"))
                + (campaign() == null
                        ? ""
                        : " of campaign " + (text("campaign") == null ? campaign() : text("campaign")));
    }

    /** {@code name}; null if it has none. */
    public String name() {
        return text("name");
    }

    /** What the row does; null if that cannot be read. */
    public Action action() {
        return action;
    }

    /** Which numbers a start reopens: {@code none}, {@code all} or {@code failed}. */
    public String reopen() {
        return reopen;
    }

    /** How many days a retention keeps; null if the number is not given. */
    public Integer days() {
        return days;
    }

    /** The instant for which it was last done; null if it never was. */
    public Instant lastFired() {
        return instant("last_fired");
    }

    /** The result of that, in words, and for how many campaigns it is still to be done; null if it was never due. */
    public String lastResult() {
        long notDone = row.get("not_done") instanceof Number number ? number.longValue() : 0;
        return text("last_result") == null || notDone == 0
                ? text("last_result")
                : text("last_result") + "; not done yet of " + notDone + (notDone == 1 ? " campaign" : " campaigns");
    }

    /** What is wrong, by column; empty if the row can be used. */
    public Map<String, String> faults() {
        return Collections.unmodifiableMap(faults);
    }

    /** The same with table, row and column. */
    public List<String> problems() {
        return faults.entrySet().stream()
                .map(fault -> "table timetables, row " + id() + ", column " + fault.getKey() + ": " + fault.getValue())
                .toList();
    }

    /**
     * Whether the row is due. An instant before the row was created or last edited does not count, nor does one that
     * has been handled. Of several missed instants only the last counts. If the row would dial, a late instant is
     * dropped.
     *
     * @param now by the database's clock
     */
    public Optional<Firing> due(Instant now) {
        return faults.isEmpty()
                ? times.latest(since(), now).map(scheduled -> firing(scheduled, now))
                : Optional.empty();
    }

    private Firing firing(Instant scheduled, Instant now) {
        Firing firing = Firing.of(this, scheduled);
        Duration late = Duration.between(scheduled, now);
        if (action.dials() && late.compareTo(LATE) > 0) {
            return firing.instead("dropped: it would have been " + late.truncatedTo(ChronoUnit.SECONDS) + " late");
        }
        return action.dials() && isHoliday(scheduled) ? firing.instead("skipped: a holiday") : firing;
    }

    /** When it is next done; empty if the row is wrong, or never due again. */
    public Optional<Instant> next(Instant now) {
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> next = times.next(since().isAfter(now) ? since() : now);
        for (int i = 0; i < MOST_HOLIDAYS && next.isPresent() && action.dials() && isHoliday(next.get()); i++) {
            next = times.next(next.get());
        }
        return next;
    }

    private Instant since() {
        Instant edited = instant("changed");
        Instant fired = lastFired();
        return fired == null || edited.isAfter(fired) ? edited : fired;
    }

    private boolean isHoliday(Instant instant) {
        return holidays.contains(LocalDate.ofInstant(instant, zone));
    }

    /** The value of a column of microseconds since 1970. */
    private Instant instant(String column) {
        return row.get(column) == null
                ? null
                : Instant.EPOCH.plus(new BigDecimal(row.get(column).toString()).longValue(), ChronoUnit.MICROS);
    }

    private boolean isTrue(String column) {
        Object value = row.get(column);
        return value instanceof Boolean flag ? flag : value instanceof Number number && number.intValue() != 0;
    }

    private String text(String column) {
        Object value = row.get(column);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }
}
