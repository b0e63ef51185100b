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
import java.util.stream.Stream;

/**
 * When a campaign may start calls. A moment is open if any of the records matches it. The end of a window stops new calls only.
 *
 * @param records what is open; none (except for {@link #ALWAYS}) or a broken one means never, and {@link #problem()} says so
 * @param missing an {@code i_schedule} that no schedule has; null if there is one
 */
public record Schedule(List<ScheduleRecord> records, String missing) {

    /** No {@code i_schedule}: always open. */
    public static final Schedule ALWAYS = new Schedule(List.of(new ScheduleRecord(null, null, null, null)));

    private static final int DAYS_AHEAD = 21;

    public Schedule {
        records = List.copyOf(records);
    }

    /** One that there is. */
    public Schedule(List<ScheduleRecord> records) {
        this(records, null);
    }

    /** What a campaign has whose {@code i_schedule} names none: never open. */
    public static Schedule missing(String key) {
        return new Schedule(List.of(), key);
    }

    /** Why the schedule is never open; empty if it is sound. */
    public Optional<String> problem() {
        if (missing != null) {
            return Optional.of("i_schedule: there is no schedule " + missing);
        }
        if (records.isEmpty()) {
            return Optional.of("i_schedule is set, but the schedule has no schedule_records, so it is never open");
        }
        return records.stream().flatMap(record -> record.problem().stream().map(problem -> "table schedule_records, row "
                + record.row() + ": " + problem + ", so the schedule is never open")).findFirst();
    }

    /** Whether a call may be started at this instant, by the clocks of this zone. */
    public boolean open(Instant now, ZoneId zone) {
        if (problem().isPresent()) {
            return false;
        }
        LocalDateTime local = LocalDateTime.ofInstant(now, zone);
        return records.stream().anyMatch(record -> record.matches(local));
    }

    /**
     * The first instant, not before {@code now}, at which a call may be started.
     *
     * <p>A schedule can open only when a local day begins, when a record's start strikes (twice, if clocks are put back over
     * it), or when clocks are put forward or back.
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
        // From yesterday on: clocks put back over midnight lead back into it.
        Stream<Instant> beginnings = today.minusDays(1).datesUntil(today.plusDays(DAYS_AHEAD))
                .flatMap(day -> beginningsOn(day, rules));
        Stream<Instant> changes = Stream.iterate(rules.nextTransition(now), Objects::nonNull,
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
