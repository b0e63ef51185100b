package dev.callout.chaos.rules;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A schedule: windows, and the days on which it is closed, each with the instant from which somebody knows it.
 *
 * @param key its {@code i_schedule} and {@code i_holiday_calendar}
 */
record Hours(long key, List<Window> windows, Map<LocalDate, Instant> holidays) {

    /** How far ahead of now an opening is looked for by the minute. */
    private static final Duration FAR = Duration.ofDays(9);

    private static final Duration NEAR = Duration.ofMinutes(20);

    /**
     * A window, ends included. One that ends before it begins goes over midnight, or over the weekend.
     *
     * @param first first weekday; null: all days, also if last is null
     */
    record Window(DayOfWeek first, DayOfWeek last, LocalTime start, LocalTime stop) {

        boolean includes(ZonedDateTime at) {
            LocalTime time = at.toLocalTime().truncatedTo(ChronoUnit.SECONDS);
            boolean inTime = start.isAfter(stop)
                    ? !(time.isAfter(stop) && time.isBefore(start))
                    : !time.isBefore(start) && !time.isAfter(stop);
            return inTime && onDay(at.getDayOfWeek());
        }

        private boolean onDay(DayOfWeek day) {
            if (first == null) {
                return true;
            }
            DayOfWeek one = first;
            while (one != day && one != last) {
                one = one.plus(1);
            }
            return one == day;
        }
    }

    /**
     * Returns whether it is open in all these zones.
     *
     * @param known only holidays count that somebody had added by then
     */
    boolean isOpen(Instant at, Collection<ZoneId> zones, Instant known) {
        return zones.stream().map(at::atZone).allMatch(local -> {
            Instant holiday = holidays.get(local.toLocalDate());
            return (holiday == null || holiday.isAfter(known))
                    && windows.stream().anyMatch(window -> window.includes(local));
        });
    }

    /** Returns the first instant from now on at which all of these are open: to the second if it is near. */
    static Optional<Instant> opening(List<OpenIn> all, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        while (at.isBefore(now.plus(FAR))) {
            Instant then = at;
            if (all.stream().allMatch(one -> one.hours.isOpen(then, one.zones, Instant.MAX))) {
                return Optional.of(at);
            }
            at = at.isBefore(now.plus(NEAR))
                    ? at.plusSeconds(1)
                    : at.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
        }
        return Optional.empty();
    }

    /** A schedule and the zones in which it must be open. */
    record OpenIn(Hours hours, Collection<ZoneId> zones) {}
}
