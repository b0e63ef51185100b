package dev.callout.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int DAY = 86_400;
    private static final int HOUR = 3_600;

    private static Schedule one(Integer startDay, Integer stopDay, Integer start, Integer stop) {
        return new Schedule(List.of(new ScheduleRecord(startDay, stopDay, start, stop)));
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:59:59.999, false",
        "2026-11-23T09:00:00, true",
        "2026-11-23T18:00:00.999, true",
        "2026-11-23T18:00:01, false",
        "2026-11-28T12:00:00, false"
    })
    void bothEndsAreInclusiveInWholeSeconds(String moment, boolean open) {
        assertThat(one(1, 5, 9 * HOUR, 18 * HOUR).open(berlin(moment), BERLIN)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T12:00:00, false",
        "2026-11-28T12:00:00, true",
        "2026-11-29T12:00:00, true",
        "2026-11-30T12:00:00, true",
        "2026-12-01T23:59:59.999, true",
        "2026-12-02T00:00:00, false"
    })
    void saturdayToTuesdayWraps(String moment, boolean open) {
        assertThat(one(6, 2, null, null).open(berlin(moment), BERLIN)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T21:59:59, false",
        "2026-11-23T22:00:00, true",
        "2026-11-24T06:00:00, true",
        "2026-11-24T06:00:01, false"
    })
    void aNightWraps(String moment, boolean open) {
        assertThat(one(null, 3, 22 * HOUR, 6 * HOUR).open(berlin(moment), BERLIN))
                .isEqualTo(open);
    }

    /** 2026-11-27 is a Friday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T01:00:00, true, false",
        "2026-11-27T03:00:00, false, false",
        "2026-11-27T23:59:59.999, true, true",
        "2026-11-28T00:00:00, false, true",
        "2026-11-28T01:59:59.999, false, true",
        "2026-11-28T02:00:00, false, false"
    })
    void aWindowOverMidnightOfOneWeekdayIsItsMorningAndItsEvening(String moment, boolean inOneRecord, boolean inTwo) {
        assertThat(one(5, 5, 22 * HOUR, 2 * HOUR).open(berlin(moment), BERLIN)).isEqualTo(inOneRecord);
        Schedule fridayNight = new Schedule(
                List.of(new ScheduleRecord(5, 5, 22 * HOUR, DAY - 1), new ScheduleRecord(6, 6, 0, 2 * HOUR - 1)));
        assertThat(fridayNight.open(berlin(moment), BERLIN)).isEqualTo(inTwo);
    }

    @Test
    void midnightMayBeWrittenAs24() {
        assertThat(one(1, 1, 0, DAY).open(berlin("2026-11-23T23:59:59.999"), BERLIN))
                .isTrue();
        assertThat(one(null, null, DAY, 0).open(berlin("2026-11-23T00:00:00.5"), BERLIN))
                .isTrue();
        assertThat(one(null, null, DAY, 0).open(berlin("2026-11-23T00:00:01"), BERLIN))
                .isFalse();
    }

    @Test
    void anyRecordOpensASchedule() {
        Schedule schedule =
                new Schedule(List.of(new ScheduleRecord(1, 1, 0, 10), new ScheduleRecord(2, 2, null, null)));
        assertThat(schedule.open(berlin("2026-11-24T12:00:00"), BERLIN)).isTrue();
    }

    @Test
    void aHolidayIsClosedFromMidnightToMidnightByTheCampaignsClocks() {
        Schedule always = new Schedule(List.of(new ScheduleRecord(null, null, null, null)))
                .closedOn(Set.of(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 26)));
        assertThat(always.open(berlin("2026-12-24T23:59:59.999"), BERLIN)).isTrue();
        assertThat(always.open(berlin("2026-12-25T00:00:00"), BERLIN)).isFalse();
        assertThat(always.open(berlin("2026-12-26T23:59:59.999"), BERLIN)).isFalse();
        assertThat(always.nextOpening(berlin("2026-12-25T12:00:00"), BERLIN)).contains(berlin("2026-12-27T00:00:00"));
        assertThat(always.open(berlin("2026-12-25T00:30:00"), ZoneOffset.UTC)).isTrue();
    }

    @Test
    void aCalendarThatIsNotThereKeepsTheScheduleClosedAndSaysSo() {
        Schedule schedule = one(null, null, null, null).withoutCalendar("5");
        assertThat(schedule.open(Instant.EPOCH, BERLIN)).isFalse();
        assertThat(schedule.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("i_holiday_calendar", "none 5"));
    }

    @Test
    void anEmptyScheduleIsNeverOpenAndSaysSo() {
        Schedule schedule = new Schedule(List.of());
        assertThat(schedule.open(Instant.EPOCH, BERLIN)).isFalse();
        assertThat(schedule.nextOpening(Instant.EPOCH, BERLIN)).isEmpty();
        assertThat(schedule.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("no schedule_records"));
        assertThat(Schedule.missing("77").problem()).hasValue("i_schedule: there is no schedule 77");
        assertThat(Schedule.missing("77").open(Instant.now(), ZoneOffset.UTC)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 1, start_wday",
        "1, 8, 0, 1, stop_wday",
        ", 9, , , stop_wday",
        "1, 1, -1, 1, start_time",
        "1, 1, 0, 86401, stop_time",
        "1, 1, 86400, 86400, 24:00:00"
    })
    void aBrokenRecordClosesTheWholeScheduleAndSaysWhy(
            Integer startDay, Integer stopDay, Integer start, Integer stop, String why) {
        Schedule schedule = new Schedule(List.of(
                new ScheduleRecord(null, null, null, null), new ScheduleRecord(7, startDay, stopDay, start, stop)));
        assertThat(schedule.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains(why, "table schedule_records, row 7"));
        assertThat(schedule.open(berlin("2026-11-23T12:00:00"), BERLIN)).isFalse();
    }

    @Test
    void anOpeningThatClocksSkipComesWhenTheyJump() {
        // Berlin, 2026-03-29: 02:00 becomes 03:00.
        assertThat(one(7, 7, 2 * HOUR + 1800, 4 * HOUR).nextOpening(berlin("2026-03-29T01:00:00"), BERLIN))
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Test
    void aWindowThatClocksRepeatOpensTwice() {
        // Berlin, 2026-10-25: 03:00 becomes 02:00.
        Schedule schedule = one(7, 7, 2 * HOUR + 600, 2 * HOUR + 1200);
        Instant afterTheFirst = Instant.parse("2026-10-25T00:25:00Z");
        assertThat(schedule.open(afterTheFirst, BERLIN)).isFalse();
        assertThat(schedule.nextOpening(afterTheFirst, BERLIN)).contains(Instant.parse("2026-10-25T01:10:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata"})
    void everyMinuteOfAYearAndEverySecondAroundAChangeOfClocksIsAsTheOracleSays(String name) {
        ZoneId zone = ZoneId.of(name);
        Schedule schedule = new Schedule(List.of(
                new ScheduleRecord(6, 2, 22 * HOUR, 2 * HOUR + 1799),
                new ScheduleRecord(3, 3, 9 * HOUR + 1, null),
                new ScheduleRecord(7, 7, 2 * HOUR, 3 * HOUR)));
        Oracle oracle = new Oracle(schedule, zone);
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        for (Instant now = from; now.isBefore(from.plus(366, ChronoUnit.DAYS)); now = now.plusSeconds(60)) {
            same(schedule, oracle, now, zone);
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        for (int changes = 0; change != null && changes < 2; changes++) {
            for (long second = -2 * HOUR; second < 2 * HOUR; second++) {
                same(schedule, oracle, change.getInstant().plusSeconds(second), zone);
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
    }

    private static void same(Schedule schedule, Oracle oracle, Instant now, ZoneId zone) {
        if (schedule.open(now, zone) != oracle.open(now.getEpochSecond())) {
            assertThat(schedule.open(now, zone)).as("%s in %s", now, zone).isEqualTo(oracle.open(now.getEpochSecond()));
        }
    }

    @Property(tries = 150)
    void openAndNextOpeningAreAsTheOracleSays(
            @ForAll("schedules") Schedule schedule, @ForAll("zones") ZoneId zone, @ForAll("moments") Instant now) {
        Oracle oracle = new Oracle(schedule, zone);
        assertThat(schedule.open(now, zone)).isEqualTo(oracle.open(now.getEpochSecond()));
        assertThat(schedule.nextOpening(now, zone)).isEqualTo(oracle.nextOpening(now));
    }

    @Provide
    Arbitrary<Schedule> schedules() {
        Arbitrary<Integer> day = Arbitraries.integers().between(1, 7).injectNull(0.2);
        Arbitrary<Integer> second = Arbitraries.oneOf(
                        Arbitraries.integers().between(0, DAY),
                        Arbitraries.of(0, HOUR, 2 * HOUR, 2 * HOUR + 1800, 3 * HOUR - 1, DAY - 1, DAY))
                .injectNull(0.1);
        Arbitrary<ScheduleRecord> record = Combinators.combine(day, day, second, second)
                .as(ScheduleRecord::new)
                .filter(r -> r.problem().isEmpty());
        Arbitrary<Set<LocalDate>> holidays = Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 364).map(LocalDate.of(2026, 1, 1)::plusDays),
                        Arbitraries.of(
                                        "2026-03-29",
                                        "2026-10-25",
                                        "2026-03-08",
                                        "2026-11-01",
                                        "2026-04-05",
                                        "2026-10-04",
                                        "2026-09-06")
                                .map(LocalDate::parse))
                .set()
                .ofMaxSize(8);
        return Combinators.combine(record.list().ofMinSize(1).ofMaxSize(3), holidays)
                .as((records, days) -> new Schedule(records).closedOn(days));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Berlin",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "America/Santiago",
                        "Africa/Casablanca",
                        "Asia/Kolkata",
                        "UTC")
                .map(ZoneId::of);
    }

    /** Any moment of 2026, and moments near the changes of clocks. */
    @Provide
    Arbitrary<Instant> moments() {
        long start = LocalDateTime.parse("2026-01-01T00:00:00").toEpochSecond(ZoneOffset.UTC);
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, 365L * DAY).map(second -> start + second);
        Arbitrary<Long> nearChanges = Combinators.combine(
                        Arbitraries.of(
                                "2026-03-29T01:00:00Z",
                                "2026-10-25T01:00:00Z",
                                "2026-03-08T07:00:00Z",
                                "2026-11-01T06:00:00Z",
                                "2026-04-04T15:00:00Z",
                                "2026-10-03T15:30:00Z",
                                "2026-04-05T03:00:00Z",
                                "2026-09-06T04:00:00Z"),
                        Arbitraries.longs().between(-3L * HOUR, 3L * HOUR))
                .as((change, second) -> Instant.parse(change).getEpochSecond() + second);
        return Combinators.combine(Arbitraries.oneOf(seconds, nearChanges), Arbitraries.of(0, 1, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    /** Marks every weekday and every second of the day by walking round from start to stop; then looks moments up. */
    private static final class Oracle {

        private final boolean[][] days;
        private final boolean[][] seconds;
        private final Set<Long> holidays;
        private final ZoneId zone;
        private long changes = Long.MIN_VALUE;
        private long from = Long.MAX_VALUE;
        private int offset;

        Oracle(Schedule schedule, ZoneId zone) {
            this.zone = zone;
            holidays = schedule.holidays().stream().map(LocalDate::toEpochDay).collect(Collectors.toSet());
            int records = schedule.records().size();
            days = new boolean[records][];
            seconds = new boolean[records][];
            for (int i = 0; i < records; i++) {
                ScheduleRecord record = schedule.records().get(i);
                days[i] = walk(7, less(record.startWday(), 1), less(record.stopWday(), 1));
                seconds[i] = walk(DAY + 1, record.startSecond(), record.stopSecond());
            }
        }

        private static Integer less(Integer value, int by) {
            return value == null ? null : value - by;
        }

        private static boolean[] walk(int slots, Integer start, Integer stop) {
            boolean[] marked = new boolean[slots];
            int first = start == null || stop == null ? 0 : start;
            int last = start == null || stop == null ? slots - 1 : stop;
            int slot = first;
            marked[slot] = true;
            while (slot != last) {
                slot = (slot + 1) % slots;
                marked[slot] = true;
            }
            return marked;
        }

        boolean open(long epochSecond) {
            if (epochSecond < from || epochSecond >= changes) {
                Instant instant = Instant.ofEpochSecond(epochSecond);
                ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
                from = epochSecond;
                changes = next == null ? Long.MAX_VALUE : next.getInstant().getEpochSecond();
                offset = zone.getRules().getOffset(instant).getTotalSeconds();
            }
            long local = epochSecond + offset;
            int weekday = (int) ((local / DAY + 3) % 7);
            int second = (int) (local % DAY);
            for (int i = 0; i < days.length && !holidays.contains(local / DAY); i++) {
                if (days[i][weekday] && seconds[i][second]) {
                    return true;
                }
            }
            return false;
        }

        Optional<Instant> nextOpening(Instant now) {
            if (open(now.getEpochSecond())) {
                return Optional.of(now);
            }
            for (long second = now.getEpochSecond() + 1; second < now.getEpochSecond() + 20L * DAY; second++) {
                if (open(second)) {
                    return Optional.of(Instant.ofEpochSecond(second));
                }
            }
            return Optional.empty();
        }
    }
}
