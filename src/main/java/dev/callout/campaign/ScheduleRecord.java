package dev.callout.campaign;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One row of {@code schedule_records}. A moment matches if its weekday and its time of day both do.
 *
 * <p>Both intervals are inclusive, the times in whole seconds; a start after its stop wraps; a pair of which either end is null
 * matches everything.
 *
 * @param startWday   first weekday, 1 Monday to 7 Sunday, or null
 * @param stopWday    last weekday, or null
 * @param startSecond first second of the day, 0 to 86400 (24:00:00), or null
 * @param stopSecond  last second of the day, or null
 */
public record ScheduleRecord(Integer startWday, Integer stopWday, Integer startSecond, Integer stopSecond) {

    private static final int MIDNIGHT = 86_400;

    /** What is wrong with this row, naming the column; empty if nothing is. */
    public Optional<String> problem() {
        return Optional.empty();
    }

    /** Whether this local moment matches. */
    public boolean matches(LocalDateTime moment) {
        return false;
    }
}
