package dev.callout.store.schema;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How much time a partition of {@code call_attempts} covers. Days, weeks and months begin at midnight UTC. */
public enum PartitionUnit {
    DAY,
    /** Begins on Monday. */
    WEEK,
    MONTH;

    /** The word in the names of partitions. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the unit that a day belongs to. */
    LocalDate start(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the unit after the one that a day belongs to. */
    LocalDate next(LocalDate day) {
        LocalDate start = start(day);
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }
}
