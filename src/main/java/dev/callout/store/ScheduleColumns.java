package dev.callout.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The schedule that a row names by {@code i_schedule}, with its records and holidays in further columns of the row. */
final class ScheduleColumns {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ScheduleColumns() {}

    /** Returns null if the row names none. */
    static Schedule read(RowValues row) {
        if (!row.has("i_schedule")) {
            return null;
        }
        String json = row.text("schedule_records");
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
            row.problem(
                    "i_schedule",
                    "the rows of schedule_records for schedule " + row.text("i_schedule") + " cannot be read");
        }
        return records.isEmpty() && !row.flag("has_schedule")
                ? Schedule.missing(row.text("i_schedule"))
                : withHolidays(row, new Schedule(records));
    }

    private static Schedule withHolidays(RowValues row, Schedule schedule) {
        String calendar = row.text("i_holiday_calendar");
        if (calendar == null) {
            return schedule;
        }
        if (!row.flag("has_holiday_calendar")) {
            return schedule.withoutCalendar(calendar);
        }
        Set<LocalDate> days = new HashSet<>();
        String json = row.text("holidays");
        try {
            for (JsonNode day : MAPPER.readTree(json == null ? "[]" : json)) {
                days.add(LocalDate.parse(day.asText()));
            }
        } catch (JsonProcessingException | DateTimeException e) {
            row.problem("i_schedule", "the rows of holidays for holiday calendar " + calendar + " cannot be read");
        }
        return schedule.closedOn(days);
    }

    private static Integer whole(JsonNode item, String member) {
        JsonNode value = item.path(member);
        return value.isNull() || value.isMissingNode() ? null : Integer.valueOf(value.asInt(-1));
    }
}
