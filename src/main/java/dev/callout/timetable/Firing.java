package dev.callout.timetable;

import java.time.Instant;

/**
 * A row that is due.
 *
 * @param row       the row
 * @param scheduled the instant for which it is
 * @param result    what becomes of it, in words; its action's own word if it is to be done
 * @param isDone    whether its action is done; if not, it is only noted that its time has come
 */
public record Firing(TimetableRow row, Instant scheduled, String result, boolean isDone) {

    static Firing of(TimetableRow row, Instant scheduled) {
        return new Firing(row, scheduled, row.action().done(), true);
    }

    /** The same, but nothing is done, for this reason. */
    public Firing instead(String reason) {
        return new Firing(row, scheduled, reason, false);
    }
}
