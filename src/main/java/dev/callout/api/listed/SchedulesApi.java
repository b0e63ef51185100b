package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Schedules with their records, and the holiday calendar on whose days they are closed. The records hold the weekdays
 * (1 is Monday) and times of day at which calls may start.
 */
public final class SchedulesApi extends ListedApi {

    private static final String RECORDS = "records";
    private static final String CALENDAR = "i_holiday_calendar";
    private static final int MOST_RECORDS = 1000;

    private static final List<Column> RECORD = List.of(
            Column.whole("start_wday", 1, 7),
            Column.whole("stop_wday", 1, 7),
            Column.of("start_time", Column.Kind.TIME_OF_DAY),
            Column.of("stop_time", Column.Kind.TIME_OF_DAY));

    public SchedulesApi(Statements statements) {
        super(
                statements,
                "schedule",
                "schedules",
                "i_schedule",
                List.of(
                        Column.text("name", 128),
                        Column.lines("description"),
                        Column.whole(CALENDAR, 1, Long.MAX_VALUE)));
    }

    @Override
    void require(Map<String, Object> row) throws ApiProblem {
        if (!(row.get("name") instanceof String name) || name.isBlank()) {
            throw ApiProblem.field("name", "must be given");
        }
    }

    /** Locks the calendar, so that nobody deletes it in the meantime. */
    @Override
    void check(Statements.Session session, Map<String, Object> row, Set<String> given) throws ApiProblem, SQLException {
        Object calendar = row.get(CALENDAR);
        if (given.contains(CALENDAR)
                && calendar != null
                && session.query("holiday-calendar-lock", Map.of("key", calendar))
                        .isEmpty()) {
            throw ApiProblem.field(
                    CALENDAR, "there is no holiday calendar " + calendar + ": /api/holiday-calendars lists them");
        }
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) throws SQLException {
        row.put(RECORDS, session.query("schedule-records", Map.of("key", row.get("i_schedule"))));
        return row;
    }

    @Override
    Details details(Map<String, Object> object) throws ApiProblem {
        if (!object.containsKey(RECORDS)) {
            return super.details(object);
        }
        if (!(object.remove(RECORDS) instanceof List<?> given) || given.size() > MOST_RECORDS) {
            throw ApiProblem.field(RECORDS, "must be a list of " + MOST_RECORDS + " records at most");
        }
        List<Map<String, Object>> records = new ArrayList<>();
        for (Object each : given) {
            records.add(record(each));
        }
        return (session, key) -> {
            deleteDetails(session, key);
            for (Map<String, Object> record : records) {
                record.put("key", key);
                session.update("schedule-record-insert", record);
            }
        };
    }

    private static Map<String, Object> record(Object json) throws ApiProblem {
        if (!(json instanceof Map<?, ?> members)) {
            throw ApiProblem.field(RECORDS, "must be objects");
        }
        Map<String, Object> record = new LinkedHashMap<>();
        for (Column column : RECORD) {
            Object value = column.read(members.get(column.name()));
            if (value == null) {
                throw ApiProblem.field(column.name(), "must be given in every record");
            }
            record.put(column.name(), value);
        }
        if (members.size() > RECORD.size()) {
            throw ApiProblem.field(RECORDS, "a record has start_wday, stop_wday, start_time and stop_time only");
        }
        return record;
    }

    @Override
    void deleteDetails(Statements.Session session, long key) throws SQLException {
        session.update("schedule-records-delete", Map.of("key", key));
    }
}
