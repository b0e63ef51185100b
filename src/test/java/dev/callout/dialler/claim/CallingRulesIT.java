package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.campaigns.RulesInForce;
import dev.callout.dialler.doors.UsersDoor;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nobody is called whom a calling rule protects now, as the switch has seen it. */
class CallingRulesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    /** A rule that is open now where clocks show UTC, and closed where they are twelve hours ahead. */
    private static void ruleAroundNow(Installation callout, String... appliesTo) throws SQLException {
        callout.execute("INSERT INTO schedules (name) VALUES ('now')");
        callout.execute("INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time) SELECT"
                + " i_schedule, 1, 7, TIME(UTC_TIMESTAMP() - INTERVAL 3 HOUR), TIME(UTC_TIMESTAMP() + INTERVAL 3 HOUR)"
                + " FROM schedules");
        for (String covered : appliesTo) {
            callout.execute("INSERT INTO calling_rules (name, applies_to, i_schedule) SELECT 'hours', '" + covered
                    + "', i_schedule FROM schedules");
        }
    }

    private static void number(Installation callout, String number, String timezone) throws SQLException {
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld, timezone) VALUES (1, '" + number + "', "
                + (timezone == null ? "NULL" : "'" + timezone + "'") + ")");
    }

    @Test
    void onlyNumbersThatTheRulesLetBeCalledNowReachTheSwitch() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_COUNTRY", "DE")
                .with("CALLOUT_CALLING_RULES", "hours")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(100))))
                .start()) {
            ruleAroundNow(callout, "DE", "+1", "+800");
            callout.campaign("people", Map.of("paused", 1, "threshold_msec", 0));
            number(callout, "+49 30 23125451", "UTC");
            number(callout, "+49 30 23125452", "Etc/GMT-12");
            number(callout, "+49 30 23125453", "Berlin");
            number(callout, "+800 1234 5678", null);
            number(callout, "+33 1 42 34 56 78", "UTC");
            number(callout, "+1 202 555 0611", "UTC");
            callout.execute("UPDATE campaigns SET paused = 0");

            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE finished = 1 OR rule_reason IS NOT NULL")
                            == 6);

            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder("+493023125451", "+12025550611");
            assertThat(callout.column("SELECT CONCAT(cld, ': ', rule_reason) FROM campaign_phones WHERE finished = 0"))
                    .containsExactlyInAnyOrder(
                            "+49 30 23125452: rule hours is closed in Etc/GMT-12",
                            "+49 30 23125453: column timezone is no time zone such as Europe/Berlin",
                            "+800 1234 5678: no time zone is known of it: set column timezone",
                            "+33 1 42 34 56 78: no rule covers +33 (FR)");
        }
    }

    @Test
    void aRuleThatClosesBetweenClaimAndOriginateStillProtects() throws Exception {
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (Installation callout = UsersDoor.running(folder, "may-be-dialled", exchange -> {
                    claimed.countDown();
                    closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                })
                .with("CALLOUT_COUNTRY", "DE")
                .with("CALLOUT_CLAIM_HORIZON_SEC", "60")
                .with("CALLOUT_LEASE_SEC", "100")
                .start()) {
            ruleAroundNow(callout, "DE");
            callout.campaign("people", Map.of("paused", 1));
            number(callout, "+49 30 23125451", "UTC");
            number(callout, "+49 30 23125452", "UTC");
            callout.execute("UPDATE campaigns SET calling_rules = 'hours', paused = 0, max_concurrent_calls = 1");
            assertThat(claimed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            callout.execute("UPDATE schedule_records SET start_time = TIME(UTC_TIMESTAMP() + INTERVAL 3 HOUR),"
                    + " stop_time = TIME(UTC_TIMESTAMP() + INTERVAL 4 HOUR)");
            RulesInForce inForce =
                    callout.camelContext().getRegistry().lookupByNameAndType("callingRules", RulesInForce.class);
            await().atMost(PATIENCE).until(() -> !inForce.book()
                    .binding(List.of("hours"), null, null)
                    .judgeHours("+493023125451", "UTC", Instant.now())
                    .allowed());
            closed.countDown();

            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE rule_reason IS NOT NULL") == 2);
            assertThat(callout.ledger().calls()).isEmpty();
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_count = 0"))
                    .isEqualTo(2);
        } finally {
            closed.countDown();
        }
    }
}
