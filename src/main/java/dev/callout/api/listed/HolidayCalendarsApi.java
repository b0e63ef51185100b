package dev.callout.api.listed;

import dev.callout.api.access.Role;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.imports.HolidayLines;
import dev.callout.store.Statements;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holiday calendars with their days. Schedules that name a calendar are closed on its days. */
public final class HolidayCalendarsApi extends ListedApi {

    private static final String HOLIDAYS = "holidays";
    private static final int MOST_HOLIDAYS = 5000;

    private static final Column DATE = Column.of("date", Column.Kind.DATE);
    private static final List<Column> DAY = List.of(DATE, Column.text("text", 255));

    /** @param statements read and write the rows */
    public HolidayCalendarsApi(Statements statements) {
        super(
                statements,
                "holiday-calendar",
                "holiday-calendars",
                "i_holiday_calendar",
                List.of(Column.text("name", 128), Column.lines("description")));
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, "name", "must be given");
    }

    /** Whoever changes the holiday calendar of a calling rule changes the rule. */
    @Override
    void allowChange(Statements.Session session, ApiRequest request, long key) {
        if (!session.query("holiday-calendar-rules", Map.of("key", key)).isEmpty()) {
            request.require(Role.ADMIN);
        }
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) {
        row.put(HOLIDAYS, session.query("holidays", Map.of("key", row.get("i_holiday_calendar"))));
        return row;
    }

    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        if (((List<?>) row.get(HOLIDAYS)).size() > MOST_HOLIDAYS) {
            throw ApiProblem.field(
                    HOLIDAYS, "must be " + MOST_HOLIDAYS + " days at most: delete those that have passed");
        }
    }

    /** Given holidays replace all existing ones. */
    @Override
    Details details(Map<String, Object> object) {
        if (!object.containsKey(HOLIDAYS)) {
            return super.details(object);
        }
        String shape = "a list of days such as {\"date\": \"2027-01-01\", \"text\": \"New Year\"}";
        List<Map<String, Object>> days = removeObjects(object, HOLIDAYS, shape).stream()
                .map(HolidayCalendarsApi::day)
                .toList();
        return (session, key) -> {
            deleteDetails(session, key);
            put(session, key, days);
        };
    }

    /** Adds days to the existing ones: one as JSON, or many as CSV. A day that exists already gets the new text. */
    public ApiResponse add(ApiRequest request) {
        return Answer.to(request, () -> {
            List<Map<String, Object>> days =
                    request.contentType().equals("text/csv") ? lines(request) : List.of(day(request.object()));
            long key = key(request);
            return answer(200, statements.inTransaction(session -> {
                Map<String, Object> before = locked(session, key, request);
                put(session, key, days);
                session.audit("holiday-calendar.add", object(key, before), Map.of("days", days.size()));
                return checked(session, key, Map.of());
            }));
        });
    }

    /** Removes one day. */
    public ApiResponse remove(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = key(request);
            Object date = DATE.read(request.path("date"));
            return statements.inTransaction(session -> {
                Map<String, Object> before = locked(session, key, request);
                session.audit("holiday-calendar.remove", object(key, before), Map.of("date", date));
                if (session.update("holiday-delete", Map.of("key", key, "date", date)) == 0) {
                    throw ApiProblem.notFound("holiday " + date + " in this calendar");
                }
                return ApiResponse.nothing();
            });
        });
    }

    private static List<Map<String, Object>> lines(ApiRequest request) throws IOException {
        List<Map<String, Object>> days = new ArrayList<>();
        for (HolidayLines.Line line : HolidayLines.of(request.body())) {
            Map<String, Object> members = new HashMap<>();
            members.put("date", line.date());
            members.put("text", line.text());
            try {
                days.add(day(members));
            } catch (ApiProblem e) {
                throw new ApiProblem(422, "Line " + line.number() + ": " + e.getMessage());
            }
        }
        return days;
    }

    private static Map<String, Object> day(Map<String, Object> members) {
        Map<String, Object> day = Column.all(DAY, Column.read(DAY, members));
        if (day.get("date") == null) {
            throw ApiProblem.field("date", "must be given for every holiday");
        }
        return day;
    }

    private static void put(Statements.Session session, long key, List<Map<String, Object>> days) {
        // If a day is given twice, its last text counts.
        Map<Object, Map<String, Object>> byDate = new LinkedHashMap<>();
        for (Map<String, Object> day : days) {
            day.put("i_holiday_calendar", key);
            byDate.put(day.get("date"), day);
        }
        session.updateBatch("holidays-put", List.copyOf(byDate.values()));
    }

    @Override
    void deleteDetails(Statements.Session session, long key) {
        session.update("holidays-delete", Map.of("key", key));
    }

    @Override
    String kindOfUsers() {
        return "Schedules";
    }
}
