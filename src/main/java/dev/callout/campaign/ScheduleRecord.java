package dev.callout.campaign;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One row of {@code schedule_records}. A moment matches if both its weekday and its time of day match.
 *
 * <p>Both intervals are inclusive. Times are in whole seconds. An interval whose start is after its stop wraps around.
 * An interval of which either end is null matches everything.
 *
 * @param row         {@code i_schedule_record}; 0 if it is not from a table
 * @param startWday   first weekday, 1 Monday to 7 Sunday, or null
 * @param stopWday    last weekday, or null
 * @param startSecond first second of the day, 0 to 86400 (24:00:00), or null
 * @param stopSecond  last second of the day, or null
 */
public record ScheduleRecord(long row, Integer startWday, Integer stopWday, Integer startSecond, Integer stopSecond) {

    private static final int MIDNIGHT = 86_400;

    /** A record that is not from a table. */
    public ScheduleRecord(Integer startWday, Integer stopWday, Integer startSecond, Integer stopSecond) {
        this(0, startWday, stopWday, startSecond, stopSecond);
    }

    /** Returns what is wrong with this row and names the column; empty if nothing is. */
    public Optional<String> problem() {
        if (!weekday(startWday) || !weekday(stopWday)) {
            return Optional.of("start_wday is " + startWday + " and stop_wday " + stopWday
                    + ": a weekday is 1 (Monday) to 7 (Sunday)");
        }
        if (!secondOfDay(startSecond) || !secondOfDay(stopSecond)) {
            return Optional.of("start_time or stop_time is outside 00:00:00 to 24:00:00");
        }
        if (startSecond != null && stopSecond != null && startSecond == MIDNIGHT && stopSecond == MIDNIGHT) {
            return Optional.of("start_time and stop_time are both 24:00:00, which no moment of a day is");
        }
        return Optional.empty();
    }

    /** Returns whether this local moment matches; its fraction of a second does not count. */
    public boolean matches(LocalDateTime moment) {
        return within(moment.getDayOfWeek().getValue(), startWday, stopWday)
                && within(moment.toLocalTime().toSecondOfDay(), startSecond, stopSecond);
    }

    private static boolean within(int value, Integer start, Integer stop) {
        if (start == null || stop == null) {
            return true;
        }
        return start <= stop ? value >= start && value <= stop : value >= start || value <= stop;
    }

    private static boolean weekday(Integer value) {
        return value == null || value >= 1 && value <= 7;
    }

    private static boolean secondOfDay(Integer value) {
        return value == null || value >= 0 && value <= MIDNIGHT;
    }
}
