package dev.callout.timetable;

import java.time.Instant;

/**
 * A row that is due.
 *
 * @param row       the row
 * @param scheduled the instant for which it is due
 * @param result    what happens to it, in words; the word of its own action if the action is done
 * @param isDone    whether its action is done; if not, only the fact is recorded that its time has come
 */
public record Firing(TimetableRow row, Instant scheduled, String result, boolean isDone) {

    static Firing of(TimetableRow row, Instant scheduled) {
        return new Firing(row, scheduled, row.action().done(), true);
    }

    /** The same, but nothing is done, for the given reason. */
    public Firing instead(String reason) {
        return new Firing(row, scheduled, reason, false);
    }
}
