package dev.callout.api.listed;

import dev.callout.api.access.Role;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.store.Statements;
import java.util.List;
import java.util.Map;

/**
 * Schedules with their records, and the holiday calendar on whose days they are closed. The records hold the weekdays
 * (1 is Monday) and times of day at which calls may start.
 */
public final class SchedulesApi extends ListedApi {

    private static final String RECORDS = "records";
    private static final String CALENDAR = "i_holiday_calendar";
    private static final String MIDNIGHT = "24:00:00";
    private static final int MOST_RECORDS = 1000;

    private static final List<Column> RECORD = List.of(
            Column.whole("start_wday", 1, 7),
            Column.whole("stop_wday", 1, 7),
            Column.of("start_time", Column.Kind.TIME_OF_DAY),
            Column.of("stop_time", Column.Kind.TIME_OF_DAY));

    /** @param statements read and write the rows */
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
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, "name", "must be given");
    }

    /** Locks the calendar, so that nobody deletes it in the meantime. */
    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        Object calendar = given.get(CALENDAR);
        if (calendar != null
                && session.query("holiday-calendar-lock", Map.of("key", calendar))
                        .isEmpty()) {
            throw ApiProblem.field(
                    CALENDAR, "there is no holiday calendar " + calendar + ": /api/holiday-calendars lists them");
        }
    }

    @Override
    String kindOfUsers() {
        return "Campaigns or calling rules";
    }

    /** Whoever changes the schedule of a calling rule changes the rule. */
    @Override
    void allowChange(Statements.Session session, ApiRequest request, long key) {
        if (!session.query("schedule-rules", Map.of("key", key)).isEmpty()) {
            request.require(Role.ADMIN);
        }
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) {
        row.put(RECORDS, session.query("schedule-records", Map.of("key", row.get("i_schedule"))));
        return row;
    }

    @Override
    Details details(Map<String, Object> object) {
        if (!object.containsKey(RECORDS)) {
            return super.details(object);
        }
        String shape = "a list of " + MOST_RECORDS + " records at most";
        List<Map<String, Object>> records = removeObjects(object, RECORDS, shape).stream()
                .map(SchedulesApi::record)
                .toList();
        if (records.size() > MOST_RECORDS) {
            throw ApiProblem.field(RECORDS, "must be " + shape);
        }
        return (session, key) -> {
            deleteDetails(session, key);
            for (Map<String, Object> record : records) {
                record.put("key", key);
                session.update("schedule-record-insert", record);
            }
        };
    }

    private static Map<String, Object> record(Map<String, Object> members) {
        Map<String, Object> record = Column.all(RECORD, Column.read(RECORD, members));
        record.forEach((column, value) -> {
            if (value == null) {
                throw ApiProblem.field(column, "must be given in every record");
            }
        });
        if (MIDNIGHT.equals(record.get("start_time")) && MIDNIGHT.equals(record.get("stop_time"))) {
            throw ApiProblem.field(
                    "stop_time", "start_time and stop_time are both 24:00:00, which no moment of a day is");
        }
        return record;
    }

    @Override
    void deleteDetails(Statements.Session session, long key) {
        session.update("schedule-records-delete", Map.of("key", key));
    }
}
