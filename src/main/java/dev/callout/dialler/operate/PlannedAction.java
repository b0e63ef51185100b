package dev.callout.dialler.operate;

import dev.callout.timetable.TimetableRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a row of {@code timetables} will do.
 *
 * @param row  the row
 * @param next when it is done next; null: never, or the row is wrong
 */
public record PlannedAction(TimetableRow row, Instant next) {

    /** The values under the names that the API uses. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("i_timetable", row.id());
        members.put("name", row.name());
        members.put("action", action());
        members.put("next", next == null ? null : next.toString());
        members.put(
                "last_fired", row.lastFired() == null ? null : row.lastFired().toString());
        members.put("last_result", row.lastResult());
        members.put("problem", row.problems().isEmpty() ? null : String.join("; ", row.problems()));
        return members;
    }

    /** In words. */
    public String text() {
        if (!row.problems().isEmpty()) {
            return String.join("; ", row.problems());
        }
        return action()
                + (next == null ? " never again" : " at " + next)
                + (row.lastResult() == null ? "" : " (of " + row.lastFired() + ": " + row.lastResult() + ")");
    }

    private String action() {
        return row.action() == null ? null : row.action().word();
    }
}
