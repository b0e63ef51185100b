package dev.callout.api.listed;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.imports.HolidayLines;
import dev.callout.store.Statements;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holiday calendars with their days. Schedules that name a calendar are closed on its days. */
public final class HolidayCalendarsApi extends ListedApi {

    private static final String HOLIDAYS = "holidays";
    private static final int MOST_HOLIDAYS = 5000;

    private static final Column DATE = Column.of("date", Column.Kind.DATE);
    private static final Column TEXT = Column.text("text", 255);

    private final Statements statements;

    public HolidayCalendarsApi(Statements statements) {
        super(
                statements,
                "holiday-calendar",
                "holiday-calendars",
                "i_holiday_calendar",
                List.of(Column.text("name", 128), Column.lines("description")));
        this.statements = statements;
    }

    @Override
    void require(Map<String, Object> row) throws ApiProblem {
        if (!(row.get("name") instanceof String name) || name.isBlank()) {
            throw ApiProblem.field("name", "must be given");
        }
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) throws SQLException {
        row.put(HOLIDAYS, session.query("holidays", Map.of("key", row.get("i_holiday_calendar"))));
        return row;
    }

    @Override
    void check(Statements.Session session, Map<String, Object> row, Set<String> given) throws ApiProblem {
        if (((List<?>) row.get(HOLIDAYS)).size() > MOST_HOLIDAYS) {
            throw ApiProblem.field(
                    HOLIDAYS, "must be " + MOST_HOLIDAYS + " days at most: delete those that have passed");
        }
    }

    /** Given holidays replace all existing ones. */
    @Override
    Details details(Map<String, Object> object) throws ApiProblem {
        if (!object.containsKey(HOLIDAYS)) {
            return super.details(object);
        }
        if (!(object.remove(HOLIDAYS) instanceof List<?> given)) {
            throw ApiProblem.field(
                    HOLIDAYS, "must be a list of days such as {\"date\": \"2027-01-01\", \"text\": \"New Year\"}");
        }
        List<Map<String, Object>> days = new ArrayList<>();
        for (Object each : given) {
            if (!(each instanceof Map<?, ?> members)) {
                throw ApiProblem.field(HOLIDAYS, "must be objects with date and text");
            }
            days.add(day(members));
        }
        return (session, key) -> {
            deleteDetails(session, key);
            put(session, key, days);
        };
    }

    /** Adds days to the existing ones: one as JSON, or many as CSV. A day that exists already gets the new text. */
    public ApiResponse add(ApiRequest request) {
        return Answer.to(() -> {
            List<Map<String, Object>> days =
                    request.allow().contentType().equals("text/csv") ? lines(request) : List.of(day(request.object()));
            long key = key(request);
            return answer(200, statements.inTransaction(session -> {
                locked(session, key, request);
                put(session, key, days);
                return checked(session, key, Set.of());
            }));
        });
    }

    /** Removes one day. */
    public ApiResponse remove(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            long key = key(request);
            Object date = DATE.read(request.path("date"));
            return statements.inTransaction(session -> {
                locked(session, key, request);
                if (session.update("holiday-delete", Map.of("key", key, "date", date)) == 0) {
                    throw ApiProblem.notFound("holiday " + date + " in this calendar");
                }
                return ApiResponse.nothing();
            });
        });
    }

    private static List<Map<String, Object>> lines(ApiRequest request) throws ApiProblem, IOException {
        List<Map<String, Object>> days = new ArrayList<>();
        for (HolidayLines.Line line : HolidayLines.of(request.body())) {
            Map<String, Object> members = new LinkedHashMap<>();
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

    private static Map<String, Object> day(Map<?, ?> members) throws ApiProblem {
        Map<String, Object> day = new LinkedHashMap<>();
        day.put("date", DATE.read(members.get("date")));
        day.put("text", TEXT.read(members.get("text")));
        if (day.get("date") == null) {
            throw ApiProblem.field("date", "must be given of every holiday");
        }
        if (!day.keySet().containsAll(members.keySet())) {
            throw ApiProblem.field(HOLIDAYS, "a day has date and text only");
        }
        return day;
    }

    private static void put(Statements.Session session, long key, List<Map<String, Object>> days) throws SQLException {
        // If a day is given twice, its last text counts.
        Map<Object, Map<String, Object>> byDate = new LinkedHashMap<>();
        for (Map<String, Object> day : days) {
            day.put("i_holiday_calendar", key);
            byDate.put(day.get("date"), day);
        }
        session.updateBatch("holidays-put", List.copyOf(byDate.values()));
    }

    @Override
    void deleteDetails(Statements.Session session, long key) throws SQLException {
        session.update("holidays-delete", Map.of("key", key));
    }

    @Override
    String kindOfUsers() {
        return "Schedules";
    }
}
