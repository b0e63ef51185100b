package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import dev.callout.timetable.TimetableRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Rows of {@code timetables}: what is done by the calendar, when it is next done, and what the last result was. */
public final class TimetablesApi extends ListedApi {

    static final List<Column> COLUMNS = List.of(
            Column.text("name", 128),
            Column.whole("i_campaign", 1, Long.MAX_VALUE),
            Column.text("cron", 255),
            Column.text("timezone", 64),
            Column.text("action", 16),
            Column.text("reopen", 16),
            Column.whole("days", 1, TimetableRow.MOST_DAYS),
            Column.of("enabled", Column.Kind.FLAG));

    private final Supplier<ZoneId> defaultZone;
    private final DatabaseClock clock;

    /** @param defaultZone returns {@code callout.timezone}; null if it is not set */
    public TimetablesApi(Statements statements, Supplier<ZoneId> defaultZone, DatabaseClock clock) {
        super(statements, "timetable", "timetables", "i_timetable", COLUMNS);
        this.defaultZone = defaultZone;
        this.clock = clock;
    }

    /**
     * Reports the same problems as the timetable itself. For a disabled row it checks only the given columns, so that
     * any row can be disabled.
     */
    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        List<Map.Entry<String, String>> wrong = new ArrayList<>();
        new TimetableRow(row, defaultZone.get()).faults().forEach((column, fault) -> {
            if (isEnabled(row) || given.containsKey(column)) {
                wrong.add(Map.entry(column, column + ": " + fault));
            }
        });
        ApiProblem.refuse(wrong);
    }

    private static boolean isEnabled(Map<String, Object> row) {
        return Boolean.TRUE.equals(Column.shown(COLUMNS, row).get("enabled"));
    }

    /** Only what people set: the state does not change when time passes and a row is executed. */
    @Override
    Map<String, Object> state(Map<String, Object> row) {
        return Column.all(COLUMNS, row);
    }

    @Override
    Map<String, Object> shown(Map<String, Object> row) {
        TimetableRow timetable = new TimetableRow(row, defaultZone.get());
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("i_timetable", timetable.id());
        shown.putAll(Column.shown(COLUMNS, state(row)));
        shown.put("campaign", row.get("campaign"));
        boolean isPlanned = isEnabled(row) && clock.isMeasured();
        shown.put("next", isPlanned ? text(timetable.next(clock.now()).orElse(null)) : null);
        shown.put("last_fired", text(timetable.lastFired()));
        shown.put("last_result", timetable.lastResult());
        shown.put("problem", timetable.problems().isEmpty() ? null : String.join("; ", timetable.problems()));
        return shown;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** Nothing refers to a row. */
    @Override
    List<Map<String, Object>> users(Statements.Session session, long key) {
        return List.of();
    }
}
