package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Schedules, with the clock moved to the edges of their windows and the switch's ledger as witness. */
class ScheduleIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration TALK = Duration.ofMillis(2500);
    /** Some scans. */
    private static final Duration A_WHILE = Duration.ofMillis(1000);

    private static Installation.Builder callout(Duration talk) {
        return Installation.builder()
                .with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "0.3")
                .with("CALLOUT_TIMEZONE", BERLIN.getId())
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), talk)));
    }

    private static Instant now(Installation callout) {
        return Instant.now().plus(callout.ahead());
    }

    /** Moves the clock forward, adds a number to each campaign, and expects those of the open ones to be dialled. */
    private static void expect(Installation callout, Instant at, String number, long... open) throws Exception {
        int before = callout.ledger().size();
        callout.advance(Duration.between(now(callout), at));
        Operator.awaitClock(callout);
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT i_campaign, CONCAT('" + number
                + "', i_campaign)" + " FROM campaigns");
        await().during(open.length == 0 ? A_WHILE : Duration.ZERO)
                .atMost(SOON)
                .until(() -> callout.ledger().size() == before + open.length);
        for (long campaign : open) {
            assertThat(callout.ledger().calls(number + campaign))
                    .as(at + ", campaign " + campaign)
                    .hasSize(1);
        }
        callout.execute("DELETE FROM campaign_phones WHERE call_uuid IS NULL");
    }

    @Test
    void weekdaysAndTimesWrapAndBothMustMatch() throws Exception {
        LocalDate friday = LocalDate.now(BERLIN).plusDays(2).with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
        try (Installation callout = callout(Duration.ofMillis(20)).start()) {
            callout.execute(
                    "INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time) VALUES"
                            + " (1, 5, 1, '22:00:00', '06:00:00'), (2, 5, 5, '09:00:00', '18:00:00'),"
                            + " (2, 7, NULL, '20:00:00', '21:00:00')");
            long nights = callout.campaign("nights", Map.of("i_schedule", 1));
            long days = callout.campaign("days", Map.of("i_schedule", 2));
            long elsewhere = callout.campaign("elsewhere", Map.of("i_schedule", 2, "timezone", "Asia/Kolkata"));

            expect(callout, friday.minusDays(1).atTime(23, 0).atZone(BERLIN).toInstant(), "1");
            expect(callout, friday.atTime(5, 59).atZone(BERLIN).toInstant(), "2", nights, elsewhere);
            expect(callout, friday.atTime(12, 0).atZone(BERLIN).toInstant(), "3", days, elsewhere);
            expect(callout, friday.atTime(17, 45).atZone(BERLIN).toInstant(), "4", days);
            expect(callout, friday.plusDays(2).atTime(23, 0).atZone(BERLIN).toInstant(), "5", nights);
            expect(callout, friday.plusDays(3).atTime(20, 30).atZone(BERLIN).toInstant(), "6", days);
            expect(callout, friday.plusDays(3).atTime(23, 0).atZone(BERLIN).toInstant(), "7", nights);
            expect(callout, friday.plusDays(4).atTime(1, 0).atZone(BERLIN).toInstant(), "8");
        }
    }

    @Test
    void theEndOfAWindowStopsNewCallsNotRunningOnes() throws Exception {
        ZonedDateTime opens =
                LocalDate.now(BERLIN).plusDays(2).atTime(LocalTime.of(9, 0)).atZone(BERLIN);
        ZonedDateTime stops = opens.withHour(18);
        // Numbers are claimed far beyond the end of the window.
        try (Installation callout = callout(TALK)
                .with("CALLOUT_CLAIM_HORIZON_SEC", "8")
                .with("CALLOUT_LEASE_SEC", "30")
                .start()) {
            callout.execute("INSERT INTO schedule_records (i_schedule, start_time, stop_time)"
                    + " VALUES (1, '09:00:00', '18:00:00')");
            long campaign = callout.campaign(
                    "paced", Map.of("i_schedule", 1, "time_between_calls", 0.25, "max_concurrent_calls", 100));
            callout.advance(Duration.between(now(callout), opens.toInstant().minusSeconds(3)));
            Operator.awaitClock(callout);
            callout.numbers(campaign, "100", 200);
            await().atMost(SOON).until(() -> callout.ledger().size() > 2);
            assertThat(callout.ledger().calls().get(0).at().plus(callout.ahead()))
                    .as("the first call")
                    .isBetween(opens.toInstant(), opens.toInstant().plusSeconds(60));

            callout.execute("UPDATE campaigns SET paused = 1");
            await().atMost(SOON)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
            int before = callout.ledger().size();
            callout.advance(Duration.between(now(callout), stops.toInstant().minusSeconds(3600)));
            callout.execute("UPDATE campaigns SET paused = 0");
            await().atMost(SOON).until(() -> callout.ledger().size() > before + 2);
            callout.advance(Duration.between(now(callout), stops.toInstant().minusSeconds(3)));
            await().atMost(SOON)
                    .until(() -> now(callout).isAfter(stops.toInstant().plus(TALK))
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            assertThat(callout.ledger().calls().subList(before, callout.ledger().size()))
                    .allSatisfy(call -> {
                        // 18:00:00 is within the window to its last millisecond; then the switch must get the line, on
                        // a busy machine.
                        assertThat(call.at().plus(callout.ahead()))
                                .isBefore(stops.toInstant().plusSeconds(5));
                        assertThat(call.endedBy())
                                .as("goes on past the window's end")
                                .isEqualTo(LedgerCall.EndedBy.CALLEE);
                        assertThat(call.talkMs()).isGreaterThanOrEqualTo(TALK.toMillis() - 100);
                    });
            assertThat(callout.column("SELECT DISTINCT status FROM campaign_phones WHERE call_count > 0"))
                    .containsExactly("success");
        }
    }

    @Test
    void anHourThatClocksSkipNeverOpensAndOneThatTheyRepeatOpensTwice() throws Exception {
        ZoneRules rules = BERLIN.getRules();
        ZoneOffsetTransition skipped = rules.nextTransition(Instant.now().plus(Duration.ofDays(1)));
        skipped = skipped.isGap() ? skipped : rules.nextTransition(skipped.getInstant());
        Instant repeated = rules.nextTransition(skipped.getInstant()).getInstant();
        try (Installation callout = callout(Duration.ofMillis(20)).start()) {
            callout.execute("INSERT INTO schedule_records (i_schedule, start_time, stop_time)"
                    + " VALUES (1, '02:00:00', '02:59:59'),"
                    + " (2, '03:00:00', '03:59:59')");
            long second = callout.campaign("from two to three", Map.of("i_schedule", 1));
            long third = callout.campaign("from three to four", Map.of("i_schedule", 2));

            expect(callout, skipped.getInstant().minusSeconds(1800), "1");
            expect(callout, skipped.getInstant().plusSeconds(1), "2", third);
            expect(callout, skipped.getInstant().plusSeconds(1800), "3", third);
            expect(callout, repeated.minusSeconds(1800), "4", second);
            expect(callout, repeated.plusSeconds(1800), "5", second);
            expect(callout, repeated.plusSeconds(3601), "6", third);
        }
    }
}
