package dev.callout.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableRowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** A Monday, 09:00 in Berlin. */
    private static final Instant NINE = Instant.parse("2026-11-30T08:00:00Z");

    private final Map<String, Object> row = new HashMap<>(Map.of(
            "i_timetable",
            7L,
            "name",
            "office",
            "i_campaign",
            3L,
            "cron",
            "0 0 9 * * ?",
            "has_campaign",
            1L,
            "changed",
            micros(NINE.minus(3, ChronoUnit.DAYS))));

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private TimetableRow row(String action) {
        row.put("action", action);
        return new TimetableRow(row, BERLIN);
    }

    @ParameterizedTest
    @CsvSource({
        "start, 0, true",
        "start, 120, true",
        "start, 121, false",
        "resume, 121, false",
        "stop, 50000, true",
        "pause, 50000, true",
        "report, 50000, true"
    })
    void whatDialsIsDroppedWhenItIsLateAndAllElseIsMadeUp(String action, long late, boolean done) {
        row.put("last_fired", micros(NINE.minus(1, ChronoUnit.DAYS)));

        assertThat(row(action).due(NINE.plusSeconds(late))).hasValueSatisfying(firing -> {
            assertThat(firing.scheduled()).isEqualTo(NINE);
            assertThat(firing.isDone()).isEqualTo(done);
            assertThat(firing.result()).contains(done ? Action.of(action).done() : "late");
        });
    }

    @Test
    void whatWasMissedForDaysIsMadeUpOnceAndNotBeforeTheRowWasMade() {
        assertThat(row("stop").due(NINE.plusSeconds(60))).map(Firing::scheduled).contains(NINE);
        row.put("last_fired", micros(NINE));
        assertThat(row("stop").due(NINE.plusSeconds(60))).isEmpty();
        row.put("last_fired", null);
        row.put("changed", micros(NINE.plusSeconds(1)));
        assertThat(row("stop").due(NINE.plus(Duration.ofHours(23)))).isEmpty();
    }

    @Test
    void whateverTheClockDoesNoInstantIsDoneTwice() {
        row.put("last_fired", micros(NINE));
        for (int minutes = -90; minutes < 24 * 60; minutes++) {
            assertThat(row("start").due(NINE.plus(minutes, ChronoUnit.MINUTES))).isEmpty();
        }
    }

    @Test
    void onAHolidayNobodyIsCalledButAStopIsAStop() {
        row.put("holidays", "2026-11-30,2026-12-01");
        row.put("last_fired", micros(NINE.minus(1, ChronoUnit.DAYS)));

        assertThat(row("start").due(NINE)).map(Firing::result).contains("skipped: a holiday");
        assertThat(row("stop").due(NINE)).map(Firing::isDone).contains(true);
        assertThat(row("start").next(NINE.minusSeconds(1))).contains(NINE.plus(2, ChronoUnit.DAYS));
    }

    @Test
    void itsClocksAreTheRowsThenTheCampaignsThenTheInstallations() {
        Instant from = NINE.minus(Duration.ofHours(20));
        assertThat(row("stop").next(from)).contains(NINE);
        row.put("campaign_timezone", "UTC");
        assertThat(row("stop").next(from)).contains(NINE.plus(Duration.ofHours(1)));
        row.put("timezone", "Asia/Tokyo");
        assertThat(row("stop").next(from)).contains(NINE.minus(Duration.ofHours(8)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "cron, 30 9 * * *, cron",
                "cron, NULL, cron",
                "timezone, Mars, timezone",
                "action, go, action",
                "reopen, some, reopen",
                "has_campaign, 0, i_campaign",
                "i_campaign, NULL, i_campaign",
                "days, 0, days",
                "days, x, days"
            })
    void aWrongRowIsNeverDueAndSaysWhichColumnItIs(String column, String value, String named) {
        row.put("last_fired", micros(NINE.minus(1, ChronoUnit.DAYS)));
        row("start");
        row.put(column, "has_campaign".equals(column) ? (Object) 0L : value);
        TimetableRow wrong = new TimetableRow(row, BERLIN);

        assertThat(wrong.problems())
                .singleElement()
                .asString()
                .startsWith("table timetables, row 7, column " + named + ":");
        assertThat(wrong.due(NINE)).isEmpty();
        assertThat(wrong.next(NINE)).isEmpty();
    }

    @Test
    void withoutAZoneOrDaysItIsWrong() {
        row.put("action", "retention");
        assertThat(new TimetableRow(row, null).problems())
                .hasSize(2)
                .anyMatch(text -> text.contains("column timezone"))
                .anyMatch(text -> text.contains("column days"));
    }

    @Test
    void allCampaignsCanBeStoppedAtOnce() {
        row.put("i_campaign", null);
        assertThat(row("stop").problems()).isEmpty();
        assertThat(row("stop").campaign()).isNull();
    }
}
