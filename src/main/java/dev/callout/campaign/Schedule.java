package dev.callout.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When a campaign may start calls. A moment is open if any of the records matches it and its day is no holiday. The end
 * of a window only stops new calls.
 *
 * @param records  the open times; none (except for {@link #ALWAYS}) or an invalid one means never open, and
 *                 {@link #problem()} says so
 * @param holidays days on which it is closed from midnight to midnight, local time in the campaign's zone
 * @param missing  what is missing, in words, so that the schedule is never open; null if nothing is
 */
public record Schedule(List<ScheduleRecord> records, Set<LocalDate> holidays, String missing) {

    /** No {@code i_schedule}: always open. */
    public static final Schedule ALWAYS = new Schedule(List.of(new ScheduleRecord(null, null, null, null)));

    /** How far ahead {@link #nextOpening} looks, and so for how many days holidays must be known. */
    public static final int DAYS_AHEAD = 40;

    /** Copies records and holidays. */
    public Schedule {
        records = List.copyOf(records);
        holidays = Set.copyOf(holidays);
    }

    /** A schedule without holidays. */
    public Schedule(List<ScheduleRecord> records) {
        this(records, Set.of(), null);
    }

    /** The schedule of a campaign whose {@code i_schedule} names no existing one: never open. */
    public static Schedule missing(String key) {
        return new Schedule(List.of(), Set.of(), "there is no schedule " + key);
    }

    /** Returns the same schedule, closed on these days. */
    public Schedule closedOn(Set<LocalDate> days) {
        return new Schedule(records, days, missing);
    }

    /**
     * Returns the same schedule, but never open, because its holidays are unknown: its {@code i_holiday_calendar} names
     * no existing calendar.
     */
    public Schedule withoutCalendar(String key) {
        return new Schedule(
                records,
                holidays,
                "its i_holiday_calendar names no calendar, there is none " + key + ", so the schedule is never open");
    }

    /** Returns why the schedule is never open; empty if nothing is wrong. */
    public Optional<String> problem() {
        if (missing != null) {
            return Optional.of("i_schedule: " + missing);
        }
        if (records.isEmpty()) {
            return Optional.of("i_schedule is set, but the schedule has no schedule_records, so it is never open");
        }
        return records.stream()
                .flatMap(record -> record.problem().stream()
                        .map(problem -> "table schedule_records, row " + record.row() + ": " + problem
                                + ", so the schedule is never open"))
                .findFirst();
    }

    /** Returns whether a call may start at this instant, by local time in this zone. */
    public boolean open(Instant now, ZoneId zone) {
        if (problem().isPresent()) {
            return false;
        }
        LocalDateTime local = LocalDateTime.ofInstant(now, zone);
        return !holidays.contains(local.toLocalDate()) && records.stream().anyMatch(record -> record.matches(local));
    }

    /**
     * Returns the first instant, not before {@code now}, at which a call may start.
     *
     * <p>A schedule can open only at the beginning of a local day, at the start of a record (twice, if clocks are put
     * back over it), or when clocks are put forward or back.
     *
     * @return empty if there is none within {@value #DAYS_AHEAD} days
     */
    public Optional<Instant> nextOpening(Instant now, ZoneId zone) {
        if (open(now, zone)) {
            return Optional.of(now);
        }
        if (problem().isPresent()) {
            return Optional.empty();
        }
        ZoneRules rules = zone.getRules();
        LocalDate today = LocalDate.ofInstant(now, zone);
        // Begin with yesterday: clocks that are put back over midnight lead back into it.
        Stream<Instant> beginnings =
                today.minusDays(1).datesUntil(today.plusDays(DAYS_AHEAD)).flatMap(day -> beginningsOn(day, rules));
        Stream<Instant> changes = Stream.iterate(
                        rules.nextTransition(now),
                        Objects::nonNull,
                        transition -> rules.nextTransition(transition.getInstant()))
                .map(ZoneOffsetTransition::getInstant)
                .takeWhile(change -> change.isBefore(now.plus(DAYS_AHEAD, ChronoUnit.DAYS)));
        return Stream.concat(beginnings, changes)
                .filter(instant -> instant.isAfter(now))
                .sorted()
                .filter(instant -> open(instant, zone))
                .findFirst();
    }

    private Stream<Instant> beginningsOn(LocalDate day, ZoneRules rules) {
        return Stream.concat(Stream.of(0), records.stream().map(ScheduleRecord::startSecond))
                .filter(second -> second != null && second < 86_400)
                .distinct()
                .map(second -> day.atTime(LocalTime.ofSecondOfDay(second)))
                .flatMap(local -> rules.getValidOffsets(local).stream().map(local::toInstant));
    }
}
