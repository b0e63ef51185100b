package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A database as the campaign application left it: its tables and columns only, calls cut short, options in its spelling. */
class CampaignApplicationIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> TABLES = List.of(
            "CREATE TABLE campaigns (i_campaign INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(32),"
                    + " description VARCHAR(64), i_ivr_prompt INT, paused TINYINT(1), username VARCHAR(64), md5secret CHAR(32),"
                    + " cli VARCHAR(32), i_schedule INT, max_concurrent_calls INT, max_attempts INT, timeout_sec INT,"
                    + " backoff_sec INT, threshold_msec INT) CHARSET=latin1",
            "CREATE TABLE campaign_phones (i_campaign_phone INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                    + " i_campaign INT UNSIGNED, cld VARCHAR(32), finished TINYINT(1), expires DATETIME, next_call DATETIME,"
                    + " call_count INT, setup_time DATETIME, connect_time DATETIME, disconnect_time DATETIME,"
                    + " status ENUM('idle','trying','answer','failure','premature hangup','success')) CHARSET=latin1",
            "CREATE TABLE schedules (i_schedule INT PRIMARY KEY, name VARCHAR(32), description VARCHAR(64))",
            "CREATE TABLE schedule_records (i_schedule_record INT PRIMARY KEY, i_schedule INT, start_wday INT, stop_wday INT,"
                    + " start_time TIME, stop_time TIME)",
            "CREATE TABLE ivr_prompts (i_ivr_prompt INT PRIMARY KEY, name VARCHAR(32))",
            "CREATE TABLE options (section VARCHAR(32), `option` VARCHAR(32), value VARCHAR(64))");

    @Test
    void itIsDialledToTheEndAndWhatItLacksIsSaid() throws Exception {
        String today =
                Integer.toString(LocalDate.now(ZoneOffset.UTC).getDayOfWeek().getValue());
        String tomorrow = Integer.toString(
                LocalDate.now(ZoneOffset.UTC).plusDays(1).getDayOfWeek().getValue());
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .with("CALLOUT_TIMEZONE", "UTC")
                        .with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "")
                        .simulated(sim -> sim.prompt("sale.wav", Duration.ofSeconds(60))
                                .callees(call -> switch (call.number()) {
                                    case "103" -> CalleePlan.refuses(486, Duration.ofMillis(20));
                                    case "104" -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(1));
                                    default -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(3500));
                                }))
                        .withoutTables()
                        .build()) {
            for (String table : TABLES) {
                callout.execute(table);
            }
            callout.execute("INSERT INTO options VALUES ('campaign', 'sipproxy', 'proxy.example:5061'),"
                    + " ('campaign', 'scanintervalsec', '1'), ('Campaign', 'SIPProxy', 'wrong.example')");
            callout.execute("INSERT INTO schedules VALUES (1, 'now', NULL), (2, 'empty', NULL)");
            callout.execute(
                    "INSERT INTO schedule_records VALUES (1, 1, " + today + ", " + tomorrow + ", NULL, '06:00:00')");
            callout.execute("INSERT INTO ivr_prompts VALUES (1, 'sale')");
            callout.execute(
                    "INSERT INTO campaigns VALUES (1, 'sale', 'two of one name', 1, 0, 'alice', 's3cret', '4711', 1,"
                            + " NULL, NULL, NULL, NULL, NULL), (2, 'sale', NULL, 1, NULL, NULL, NULL, NULL, NULL, 1, 1, 20, 30, 1000),"
                            + " (3, 'never open', NULL, 1, 0, NULL, NULL, NULL, 2, 20, 3, 300, 600, 3000),"
                            + " (4, 'paused', NULL, 1, 1, NULL, NULL, NULL, NULL, 20, 3, 300, 600, 3000)");
            callout.execute(
                    "INSERT INTO campaign_phones VALUES (1, 1, '101', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                            + " (2, 1, '102', 0, '2026-01-01', NULL, 1, '2026-01-01', NULL, NULL, 'trying'),"
                            + " (3, 1, '103', 0, '2026-01-01', '2026-01-01', 1, '2026-01-01', NULL, '2026-01-01', 'failure'),"
                            + " (4, 1, '104', 0, NULL, NULL, 0, NULL, NULL, NULL, 'idle'),"
                            + " (5, 1, '105', 1, '2026-01-01', NULL, 1, '2026-01-01', '2026-01-01', '2026-01-01', 'success'),"
                            + " (6, 1, '106', 0, '2026-01-01', '2026-01-01', 3, '2026-01-01', NULL, '2026-01-01', 'failure'),"
                            + " (7, 2, '101', 0, NULL, NULL, 0, NULL, NULL, NULL, 'idle'),"
                            + " (8, 3, '108', 0, NULL, NULL, 0, NULL, NULL, NULL, 'idle'),"
                            + " (9, 4, '109', 0, NULL, NULL, 0, NULL, NULL, NULL, 'idle'),"
                            + " (10, 1, '101', 0, NULL, NULL, 0, NULL, NULL, NULL, 'idle')");
            callout.start();
            CampaignControl control = callout.control();
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(
                            control.status(1).whyIdle())
                    .contains("table ivr_prompts has no row 1, or its file is empty"));
            callout.execute("UPDATE ivr_prompts SET file = 'sale.wav'");

            await().atMost(SOON).until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 6);
            callout.execute("UPDATE campaigns SET max_attempts = 2 WHERE i_campaign = 1");
            callout.advance(Duration.ofSeconds(601));
            await().atMost(SOON)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE finished = 1 AND call_uuid IS NULL")
                            == 8);

            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', i_campaign_phone, cld, status, call_count) FROM campaign_phones"
                                    + " ORDER BY i_campaign_phone"))
                    .containsExactly(
                            "1 101 success 1",
                            "2 102 success 2",
                            "3 103 failure 2",
                            "4 104 premature hangup 2",
                            "5 105 success 1",
                            "6 106 failure 3",
                            "7 101 success 1",
                            "8 108 idle 0",
                            "9 109 idle 0",
                            "10 101 success 1");
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder("101", "102", "103", "104", "104", "101", "101");
            assertThat(callout.ledger().calls()).extracting(LedgerCall::gateway).containsOnly("proxy.example:5061");
            LedgerCall call = callout.ledger().calls("102").get(0);
            assertThat(call.line()).endsWith("&playback(sale.wav)");
            assertThat(call.variable("sip_auth_password")).isEqualTo("s3cret");
            assertThat(call.variable("origination_caller_id_number")).isEqualTo("4711");
            assertThat(callout.column("SELECT COUNT(*) FROM campaigns WHERE run_ended IS NULL"))
                    .containsExactly("4");
            assertThat(control.status(3).whyIdle()).contains("table campaigns, row 3", "no schedule_records");
            assertThat(log.warnings())
                    .anyMatch(line -> line.contains("section 'Campaign', option 'SIPProxy': not used"));
            assertThat(log.messages()).noneMatch(line -> line.contains("s3cret"));
        }
    }
}
