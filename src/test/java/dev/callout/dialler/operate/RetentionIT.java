package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.store.schema.AttemptPartitions;
import dev.callout.store.schema.PartitionUnit;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the action retention of table timetables has deleted. */
class RetentionIT extends AskedTimetable {

    @Test
    void aRetentionThatWasDueAsTheNodeEndedIsDoneByTheNext() throws Exception {
        try (Installation callout = callout().start()) {
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                            + " disconnect_time) SELECT UUID(), 1, seq, 'x', 1, 'failure', UTC_TIMESTAMP() - INTERVAL 40 DAY"
                            + " FROM seq_1_to_10");
            callout.execute("INSERT INTO call_reports SELECT UUID(), 1, 'done', NULL,"
                    + " UTC_TIMESTAMP() - INTERVAL IF(seq > 1001, 1, 40) DAY, 'bot' FROM seq_1_to_1002");
            callout.execute("INSERT INTO timetables (cron, timezone, action, days)"
                    + " VALUES ('0 0 9 * * ?', 'UTC', 'retention', 30)");
            callout.camelContext().getRouteController().suspendRoute("retention");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            awaitResults(callout, "retention begun");
            await().atMost(SOON).until(() -> callout.number("SELECT COUNT(owner) FROM timetable_tasks") == 1);
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(10);
            callout.stop();
            callout.start();
            await().atMost(SOON).until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 0);
            await().atMost(SOON).until(() -> callout.number("SELECT COUNT(*) FROM timetable_tasks") == 0);
            assertThat(callout.number("SELECT COUNT(*) FROM call_reports"))
                    .as("reports of agents go after the same time, a thousand at a time")
                    .isEqualTo(1);
        }
    }

    @Test
    void aRetentionDropsOldPartitionsAndDeletesTheOtherOldAttemptsAndFurtherPartitionsAreAdded() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = callout().start()) {
            AttemptPartitions partitions = new AttemptPartitions(callout.dataSource());
            String uuid =
                    "CONCAT(INSERT(LPAD(LOWER(HEX(FLOOR(UNIX_TIMESTAMP(NOW(3) - INTERVAL seq DAY) * 1000))), 12, '0'),"
                            + " 9, 0, '-'), '-7abc-8def-', LPAD(seq, 12, '0'))";
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                            + " disconnect_time) SELECT " + uuid
                            + ", 1, seq, 'x', 1, 'failure', UTC_TIMESTAMP() - INTERVAL seq DAY"
                            + " FROM seq_1_to_40");
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                            + " disconnect_time) SELECT CONCAT('f', SUBSTR(UUID(), 2)), 1, seq, 'x', 1, 'failure',"
                            + " UTC_TIMESTAMP() - INTERVAL seq DAY FROM seq_1_to_40");
            partitions.partition(PartitionUnit.DAY, Instant.now().plus(callout.ahead()));
            String earlierEnd = partitions.state().layout().end().toString();
            callout.execute("INSERT INTO timetables (cron, timezone, action, days)"
                    + " VALUES ('0 0 9 * * ?', 'UTC', 'retention', 30)");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            awaitResults(callout, "retention begun");
            await().atMost(SOON).until(() -> callout.number("SELECT COUNT(*) FROM timetable_tasks") == 0);
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE disconnect_time < '"
                            + LocalDate.ofInstant(NINE, ZoneOffset.UTC).minusDays(30) + " 09:00:00'"))
                    .isZero();
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isBetween(56L, 60L);
            assertThat(log.messages())
                    .filteredOn(text -> text.startsWith("Attempts older than 30 days: dropped partitions day_"))
                    .singleElement()
                    .asString()
                    .contains("day_"
                            + LocalDate.ofInstant(NINE, ZoneOffset.UTC)
                                    .minusDays(31)
                                    .toString()
                                    .replace("-", ""));
            // The next node that looks, which is this one after a restart, adds those that the later day needs.
            callout.stop();
            callout.start();
            await().atMost(SOON)
                    .until(() -> partitions.state().layout().end().toString().compareTo(earlierEnd) > 0);
        }
    }

    @Test
    void retentionDeletesOldAttemptsOfItsCampaignOnly() throws Exception {
        try (Installation callout = callout().start()) {
            callout.campaign("a", Map.of());
            callout.campaign("b", Map.of());
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                            + " disconnect_time) SELECT UUID(), 1 + seq % 2, seq, 'x', 1, 'failure',"
                            + " UTC_TIMESTAMP() - INTERVAL IF(seq <= 5000, 40, 3) DAY FROM seq_1_to_6000");
            callout.execute("INSERT INTO timetables (i_campaign, cron, timezone, action, days)"
                    + " VALUES (1, '0 0 9 * * ?', 'UTC', 'retention', 30)");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(callout.column("SELECT CONCAT_WS(' ', i_campaign, COUNT(*))"
                                    + " FROM call_attempts GROUP BY i_campaign ORDER BY 1"))
                            .containsExactly("1 500", "2 3000"));
        }
    }

    @Test
    void retentionKeepsAttemptsAsLongAsACapOrALockoutCountsThem() throws Exception {
        try (Installation callout = callout().start()) {
            callout.execute("INSERT INTO calling_rules (name, lockout_hours) VALUES ('seldom', 240)");
            callout.execute("INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours) VALUES (1, 7, 168)");
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                            + " disconnect_time) SELECT UUID(), 1, seq, seq, 1, 'failure', UTC_TIMESTAMP() - INTERVAL seq DAY"
                            + " FROM seq_1_to_20");
            callout.execute("INSERT INTO timetables (cron, timezone, action, days)"
                    + " VALUES ('0 0 9 * * ?', 'UTC', 'retention', 1)");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            // By the dialler's clock they are 9 to 33 hours older.
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(callout.number("SELECT MAX(i_campaign_phone) FROM call_attempts"))
                            .isBetween(8L, 9L));
            assertThat(callout.number("SELECT MIN(i_campaign_phone) FROM call_attempts"))
                    .isOne();

            callout.execute("UPDATE calling_rules SET lockout_hours = NULL");
            callout.execute("DELETE FROM calling_caps");
            moveTo(callout, NINE.plus(Duration.ofDays(1)).plusSeconds(10));
            ask(callout);
            await().atMost(SOON).until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 0);
        }
    }
}
