package dev.callout.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Berlin: on 2026-03-29 02:00 becomes 03:00 (01:00Z), on 2026-10-25 03:00 becomes 02:00 (01:00Z). */
class CronTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<Instant> between(String cron, ZoneId zone, String from, String to) {
        List<Instant> all = new ArrayList<>();
        CronTimes times = new CronTimes(cron, zone);
        for (Optional<Instant> next = times.next(Instant.parse(from));
                next.isPresent() && next.get().isBefore(Instant.parse(to));
                next = times.next(next.get())) {
            all.add(next.get());
        }
        return all;
    }

    private static List<Instant> instants(String... texts) {
        return Arrays.stream(texts).map(Instant::parse).toList();
    }

    @Test
    void aTimeThatClocksSkipComesOnceWhenTheyJump() {
        assertThat(between("0 30 2 * * ?", BERLIN, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
                .containsExactlyElementsOf(
                        instants("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"));
        assertThat(between("0 0/15 2,3 * * ?", BERLIN, "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z"))
                .containsExactlyElementsOf(instants(
                        "2026-03-29T01:00:00Z",
                        "2026-03-29T01:15:00Z",
                        "2026-03-29T01:30:00Z",
                        "2026-03-29T01:45:00Z"));
    }

    @Test
    void aTimeThatClocksRepeatComesTheFirstTimeOnly() {
        assertThat(between("0 30 2 * * ?", BERLIN, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
                .containsExactlyElementsOf(instants("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"));
        // Also for who looks in between, or in the second hour.
        assertThat(new CronTimes("0 30 2 * * ?", BERLIN).next(Instant.parse("2026-10-25T01:10:00Z")))
                .contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void whatIsForEveryHourComesInEachHourThatPasses() {
        assertThat(between("0 30 * * * ?", BERLIN, "2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"))
                .containsExactlyElementsOf(instants(
                        "2026-10-24T23:30:00Z",
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:30:00Z"));
        assertThat(between("0 30 * * * ?", BERLIN, "2026-03-28T23:00:00Z", "2026-03-29T03:00:00Z"))
                .containsExactlyElementsOf(instants(
                        "2026-03-28T23:30:00Z",
                        "2026-03-29T00:30:00Z",
                        "2026-03-29T01:30:00Z",
                        "2026-03-29T02:30:00Z"));
    }

    /** Whoever asks for the next time anew, from any moment on, finds what walking through the local days finds. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Africa/Casablanca",
        "UTC"
    })
    void oneTimeADayComesOnEachDayOfTheYearOnce(String name) {
        ZoneId zone = ZoneId.of(name);
        for (String cron : List.of("0 15 0 * * ?", "0 30 2 * * ?", "0 59 23 * * ?")) {
            CronTimes times = new CronTimes(cron, zone);
            String[] fields = cron.split(" ");
            LocalDateTime local =
                    LocalDateTime.of(2026, 1, 1, Integer.parseInt(fields[2]), Integer.parseInt(fields[1]));
            Instant before = local.atZone(zone).toInstant().minusSeconds(1);
            for (int day = 0; day < 365; day++, local = local.plusDays(1)) {
                Instant expected = zone.getRules().getValidOffsets(local).isEmpty()
                        ? zone.getRules().getTransition(local).getInstant()
                        : local.atZone(zone).toInstant();
                assertThat(times.next(before)).as(cron + " " + local).contains(expected);
                assertThat(times.next(expected.minusSeconds(1))).contains(expected);
                assertThat(times.latest(before, expected)).contains(expected);
                assertThat(times.latest(before, expected.minusSeconds(1))).isEmpty();
                before = expected;
            }
        }
    }

    @Test
    void theLatestOfManyIsFoundWhereverItIs() {
        Instant now = Instant.parse("2026-11-29T10:00:30Z");
        assertThat(new CronTimes("0 * * * * ?", BERLIN).latest(now.minus(9000, ChronoUnit.DAYS), now))
                .contains(Instant.parse("2026-11-29T10:00:00Z"));
        assertThat(new CronTimes("0 0 9 1 1 ?", BERLIN).latest(now.minus(9000, ChronoUnit.DAYS), now))
                .contains(Instant.parse("2026-01-01T08:00:00Z"));
        assertThat(new CronTimes("0 0 9 * * ?", BERLIN).latest(now.plusSeconds(60), now))
                .isEmpty();
    }

    @Test
    void whatNeverComesAgainIsFoundNoMore() {
        CronTimes once = new CronTimes("0 0 9 1 1 ? 2020", BERLIN);
        assertThat(once.next(Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
        assertThat(once.latest(Instant.parse("2019-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z")))
                .contains(Instant.parse("2020-01-01T08:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"30 9 * * 1-5", "x", "0 0 25 * * ?", "0 0 9 * * *"})
    void anExpressionThatIsNoneSaysHowOneIsWritten(String cron) {
        assertThatThrownBy(() -> new CronTimes(cron, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin with the seconds");
    }
}
