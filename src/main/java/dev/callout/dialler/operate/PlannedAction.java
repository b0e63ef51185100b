package dev.callout.dialler.operate;

import dev.callout.timetable.TimetableRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a row of {@code timetables} will do.
 *
 * @param timetable  {@code i_timetable}
 * @param name       the row's name; null if it has none
 * @param action     the word for its action; null if the action cannot be read
 * @param next       when it is done next; null: never, or the row is wrong
 * @param lastFired  the instant for which it was last done or skipped; null: never
 * @param lastResult the result of that; null: none yet
 * @param problems   what is wrong with the row, so that it does nothing; empty if nothing is wrong
 */
public record PlannedAction(
        long timetable,
        String name,
        String action,
        Instant next,
        Instant lastFired,
        String lastResult,
        List<String> problems) {

    static PlannedAction of(TimetableRow row, Instant now) {
        return new PlannedAction(
                row.id(),
                row.name(),
                row.action() == null ? null : row.action().word(),
                row.next(now).orElse(null),
                row.lastFired(),
                row.lastResult(),
                row.problems());
    }

    /** The values under the names that the API uses. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("i_timetable", timetable);
        members.put("name", name);
        members.put("action", action);
        members.put("next", next == null ? null : next.toString());
        members.put("last_fired", lastFired == null ? null : lastFired.toString());
        members.put("last_result", lastResult);
        members.put("problem", problems.isEmpty() ? null : String.join("; ", problems));
        return members;
    }

    /** In words. */
    public String text() {
        if (!problems.isEmpty()) {
            return String.join("; ", problems);
        }
        return action
                + (next == null ? " never again" : " at " + next)
                + (lastResult == null ? "" : " (of " + lastFired + ": " + lastResult + ")");
    }
}
