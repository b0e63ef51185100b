package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.node.Lease;
import dev.callout.store.DatabaseClock;
import dev.callout.store.schema.AttemptPartitions;
import dev.callout.store.schema.PartitionUnit;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What table timetables has done, with the dialler's clock moved to its instants and asked in Quartz's stead. */
class TimetableIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ROW = "INSERT INTO timetables (i_campaign, cron, timezone, action, reopen) VALUES ";
    private static final String RESULTS = "SELECT last_result FROM timetables ORDER BY i_timetable";
    /** Tomorrow's. */
    private static final Instant NINE =
            LocalDate.now(ZoneOffset.UTC).plusDays(1).atTime(9, 0).toInstant(ZoneOffset.UTC);

    private static Installation.Builder callout() {
        return Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))));
    }

    private static void moveTo(Installation callout, Instant at) {
        callout.advance(Duration.between(Instant.now().plus(callout.ahead()), at));
        Operator.awaitClock(callout);
    }

    private static void awaitClock(Installation callout, Duration step) {
        DatabaseClock clock = callout.camelContext().getRegistry().lookupByNameAndType("clock", DatabaseClock.class);
        await().atMost(SOON)
                .until(() ->
                        Duration.between(Instant.now().plus(callout.ahead()).plus(step), clock.now())
                                        .abs()
                                        .compareTo(Duration.ofSeconds(30))
                                < 0);
    }

    private static void ask(Installation callout) {
        Lease lease = callout.camelContext().getRegistry().lookupByNameAndType("lease", Lease.class);
        await().atMost(SOON).until(lease::held);
        callout.camelContext()
                .createFluentProducerTemplate()
                .to("seda:timetable?size=1")
                .send();
    }

    private static void awaitResults(Installation callout, String... results) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(callout.column(RESULTS)).containsExactly(results));
    }

    @Test
    void aStartBeginsARunWithItsNumbersOpenedOnceMoreAndAStopEndsIt() throws Exception {
        try (Installation callout = callout().start()) {
            long campaign = callout.campaign("daily", Map.of("max_attempts", 1));
            callout.numbers(campaign, "100", 3);
            callout.awaitAllFinished(SOON);
            callout.execute("UPDATE campaign_phones SET status = 'failure' WHERE cld = '1000001'");
            callout.execute(ROW + "(" + campaign + ", '0 0 9 * * ?', 'UTC', 'start', 'failed')," + " (" + campaign
                    + ", '0 0 18 * * ?', 'UTC', 'stop', NULL)");
            // So the stop counts as missed, even if the test runs after it.
            callout.execute("UPDATE timetables SET changed = changed - INTERVAL 1 DAY");

            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            // Today's stop, which was missed, comes before the start that is due.
            awaitResults(callout, "started", "stopped");
            assertThat(callout.control().status(campaign).text())
                    .contains(
                            "stop at " + NINE.plus(9, ChronoUnit.HOURS),
                            "start at " + NINE.plus(1, ChronoUnit.DAYS) + " (of " + NINE + ": started)");
            assertThat(callout.number("SELECT paused OR run_ended IS NOT NULL FROM campaigns"))
                    .isZero();
            await().atMost(SOON).until(() -> callout.ledger().size() == 4);
            assertThat(callout.ledger().calls("1000001")).hasSize(2);
            ask(callout);
            moveTo(callout, NINE.plus(9, ChronoUnit.HOURS).plusSeconds(10));
            ask(callout);
            await().atMost(SOON)
                    .until(() -> callout.number("SELECT paused AND run_ended IS NOT NULL FROM campaigns") == 1);
            callout.awaitAllFinished(SOON);
            assertThat(callout.ledger().size()).isEqualTo(4);
        }
    }

    @Test
    void aListIsOpenedOnceMoreToo() throws Exception {
        try (Installation callout = callout().start()) {
            long campaign = callout.campaign("of a list", Map.of("destination_list", "my_list"));
            await().atMost(SOON).ignoreExceptions().until(() -> callout.number("SELECT COUNT(*) FROM my_list") == 0);
            callout.execute("INSERT INTO my_list (number) VALUES ('100'), ('101')");
            await().atMost(SOON)
                    .until(() -> callout.number("SELECT COUNT(*) FROM my_list WHERE lastresult = 'success'") == 2);
            callout.execute(ROW + "(" + campaign + ", '0 0 9 * * ?', 'UTC', 'start', 'all')");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            awaitResults(callout, "started");
            await().atMost(SOON).until(() -> callout.ledger().size() == 4);
        }
    }

    @Test
    void aStartWhoseLastRunGoesOnIsSkippedAndOneThatIsLateDropped() throws Exception {
        try (Installation callout = callout().start()) {
            long campaign = callout.campaign("goes on", Map.of("time_between_calls", 1_000_000));
            callout.numbers(campaign, "100", 3);
            callout.execute(ROW + "(" + campaign + ", '0 0 9 * * ?', 'UTC', 'start', NULL),"
                    + " (" + campaign + ", '0 55 8 * * ?', 'UTC', 'start', NULL),"
                    + " (" + campaign + ", '0 0 9 * * ?', 'UTC', 'resume', NULL)");
            callout.control().start(campaign);
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            await().atMost(SOON).untilAsserted(() -> assertThat(callout.column(RESULTS))
                    .satisfiesExactly(
                            one -> assertThat(one).isEqualTo("skipped: its last run has not ended"),
                            two -> assertThat(two).startsWith("dropped: it would have been PT5M"),
                            three -> assertThat(three).isEqualTo("resumed")));
            callout.control().pause(campaign);
            moveTo(callout, NINE.plus(1, ChronoUnit.DAYS).plusSeconds(10));
            ask(callout);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(callout.column(RESULTS).get(0)).contains("paused, not over"));
            await("the resume is done, too")
                    .atMost(SOON)
                    .until(() -> callout.number("SELECT COUNT(DISTINCT DATE(last_fired)) FROM timetables") == 1);
            callout.control().stop(campaign);
            callout.execute("UPDATE timetables SET enabled = 0, changed = changed WHERE action = 'start'");
            moveTo(callout, NINE.plus(2, ChronoUnit.DAYS).plusSeconds(10));
            ask(callout);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(callout.column(RESULTS).get(2)).contains("run has ended"));
        }
    }

    @Test
    void aStopThatWasMissedIsMadeUpAfterARestartButEndsNoRunThatBeganSince() throws Exception {
        try (Installation callout = callout().start()) {
            long before = callout.campaign("before", Map.of());
            long since = callout.campaign("since", Map.of());
            callout.execute(ROW + "(NULL, '0 0 9 * * ?', 'UTC', 'stop', NULL)");
            callout.control().start(before);
            callout.stop();
            callout.advance(Duration.between(Instant.now(), NINE.plus(10, ChronoUnit.HOURS)));
            callout.execute(
                    "UPDATE campaigns SET run_started = UTC_TIMESTAMP() + INTERVAL 3 DAY WHERE i_campaign = " + since);
            callout.start();
            Operator.awaitClock(callout);
            ask(callout);
            awaitResults(callout, "stopped");
            await().atMost(SOON).until(() -> paused(callout).equals(List.of("before")));
        }
    }

    private static Connection holding(Installation callout, String campaigns) throws SQLException {
        Connection theirs = DriverManager.getConnection(callout.url());
        theirs.setAutoCommit(false);
        try (Statement statement = theirs.createStatement()) {
            statement.execute("SELECT * FROM campaigns WHERE name IN (" + campaigns + ") FOR UPDATE");
        }
        return theirs;
    }

    private static List<String> paused(Installation callout) throws SQLException {
        return callout.column("SELECT name FROM campaigns WHERE paused = 1 ORDER BY name");
    }

    @Test
    void aStopOfAllIsDelayedForACampaignWhoseRowIsLockedAloneAndOutlivesTheNode() throws Exception {
        try (Installation callout = callout().start()) {
            long free = callout.campaign("free", Map.of());
            long held = callout.campaign("held", Map.of());
            callout.control().start(free);
            callout.control().start(held);
            callout.execute(ROW + "(NULL, '0 0 9 * * ?', 'UTC', 'stop', NULL), (" + free
                    + ", '0 0 9 * * ?', 'UTC', 'pause', NULL)");
            try (Connection theirs = holding(callout, "'held'")) {
                moveTo(callout, NINE.plusSeconds(10));
                ask(callout);
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> paused(callout).equals(List.of("free")));
                awaitResults(callout, "stopped", "paused");
                assertThat(callout.control().status(held).text()).contains("not done yet of 1 campaign");
                // Some time later a person wants it to go on, and the node comes to an end.
                callout.control().start(free);
                callout.stop();
                theirs.rollback();
            }
            assertThat(paused(callout)).isEmpty();
            callout.start();
            await().atMost(SOON).until(() -> paused(callout).equals(List.of("held")));
            assertThat(callout.column("SELECT name FROM campaigns WHERE run_ended IS NOT NULL"))
                    .containsExactly("held");
            ask(callout);
            await().during(Duration.ofMillis(1500)).atMost(SOON).until(() -> paused(callout)
                    .equals(List.of("held")));
            assertThat(callout.number("SELECT COUNT(*) FROM timetable_tasks")).isZero();
        }
    }

    @Test
    void whoResumesACampaignThatCouldNotBePausedYetIsHeeded() throws Exception {
        try (Installation callout = callout().start()) {
            long held = callout.campaign("held", Map.of());
            callout.campaign("held, too", Map.of());
            callout.execute(ROW + "(NULL, '0 0 9 * * ?', 'UTC', 'pause', NULL)");
            try (Connection theirs = holding(callout, "'held', 'held, too'")) {
                moveTo(callout, NINE.plusSeconds(10));
                ask(callout);
                awaitResults(callout, "paused");
                CompletableFuture<Void> resumed = CompletableFuture.runAsync(() -> {
                    try {
                        callout.control().resume(held);
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                });
                await().atMost(SOON)
                        .until(() -> callout.number("SELECT COUNT(*) FROM information_schema.innodb_trx"
                                        + " WHERE trx_state = 'LOCK WAIT'")
                                > 0);
                theirs.rollback();
                resumed.get(60, TimeUnit.SECONDS);
            }
            await().atMost(SOON).until(() -> callout.number("SELECT COUNT(*) FROM timetable_tasks") == 0);
            assertThat(paused(callout)).containsExactly("held, too");
        }
    }

    @Test
    void aStartWaitsForTheStopBeforeItThatALockedRowDelays() throws Exception {
        try (Installation callout = callout().start()) {
            long campaign = callout.campaign("held", Map.of("time_between_calls", 1_000_000));
            callout.numbers(campaign, "100", 3);
            callout.control().start(campaign);
            callout.execute(ROW + "(" + campaign + ", '0 0 9 * * ?', 'UTC', 'stop', NULL)," + " (" + campaign
                    + ", '5 0 9 * * ?', 'UTC', 'start', NULL)");
            try (Connection theirs = holding(callout, "'held'")) {
                moveTo(callout, NINE.plusSeconds(10));
                ask(callout);
                awaitResults(callout, "stopped", null);
                ask(callout);
                await().during(Duration.ofMillis(1500))
                        .atMost(SOON)
                        .until(() -> callout.column(RESULTS).get(1) == null);
                theirs.rollback();
            }
            await().atMost(SOON).until(() -> paused(callout).equals(List.of("held")));
            ask(callout);
            awaitResults(callout, "stopped", "started");
            assertThat(paused(callout)).isEmpty();
        }
    }

    @Test
    void aRetentionThatWasDueAsTheNodeEndedIsDoneByTheNext() throws Exception {
        try (Installation callout = callout().start()) {
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                            + " disconnect_time) SELECT UUID(), 1, seq, 'x', 1, 'failure', UTC_TIMESTAMP() - INTERVAL 40 DAY"
                            + " FROM seq_1_to_10");
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
    void ofTwoNodesOneActsAndAClockThatIsSetBackHasNothingDoneTwice() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation one = callout().start();
                Installation two = callout()
                        .with("CALLOUT_DB_URL", one.url())
                        .with("CALLOUT_NODE", "two")
                        .start()) {
            long campaign = one.campaign("shared", Map.of("paused", 1));
            one.execute(ROW + "(" + campaign + ", '0 0 9 * * ?', 'UTC', 'start', NULL)");
            moveTo(one, NINE.plusSeconds(10));
            moveTo(two, NINE.plusSeconds(10));
            ask(one);
            ask(two);
            awaitResults(one, "started");
            one.control().pause(campaign);
            one.stepDatabaseClock(Duration.ofHours(-1));
            awaitClock(one, Duration.ofHours(-1));
            ask(one);
            one.stepDatabaseClock(Duration.ofHours(2));
            awaitClock(one, Duration.ofHours(1));
            ask(one);
            ask(two);
            await().during(Duration.ofMillis(700))
                    .atMost(SOON)
                    .until(() -> one.number("SELECT paused FROM campaigns") == 1);
            assertThat(log.messages())
                    .filteredOn(text -> text.startsWith("Timetable, "))
                    .singleElement()
                    .asString()
                    .endsWith("started");
        }
    }

    @Test
    void aStopInTheHourThatClocksSkipIsDoneAtItsEnd() throws Exception {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ZoneOffsetTransition spring = berlin.getRules().nextTransition(Instant.now());
        if (!spring.isGap()) {
            spring = berlin.getRules().nextTransition(spring.getInstant());
        }
        try (Installation callout = callout().start()) {
            long campaign = callout.campaign("nightly", Map.of());
            callout.control().start(campaign);
            moveTo(callout, spring.getInstant().minus(22, ChronoUnit.HOURS));
            callout.execute(ROW + "(" + campaign + ", '0 30 2 * * ?', 'Europe/Berlin', 'stop', NULL)");
            callout.execute("UPDATE timetables SET last_fired = FROM_UNIXTIME(0), changed = FROM_UNIXTIME("
                    + spring.getInstant().minus(22, ChronoUnit.HOURS).getEpochSecond() + ")");
            moveTo(callout, spring.getInstant().minusSeconds(60));
            ask(callout);
            await().during(Duration.ofMillis(700))
                    .atMost(SOON)
                    .until(() -> callout.number("SELECT paused FROM campaigns") == 0);
            moveTo(callout, spring.getInstant().plusSeconds(5));
            ask(callout);
            awaitResults(callout, "stopped");
            assertThat(callout.number("SELECT UNIX_TIMESTAMP(CONVERT_TZ(last_fired, '+00:00', @@session.time_zone))"
                            + " FROM timetables"))
                    .isEqualTo(spring.getInstant().getEpochSecond());
        }
    }

    /** The trigger stops the campaign when the row is won: after it was looked at, and before it is resumed. */
    @Test
    void aCampaignThatIsStoppedJustBeforeItsResumeStaysStopped() throws Exception {
        try (Installation callout = callout().start()) {
            long campaign = callout.campaign("stopped meanwhile", Map.of());
            callout.control().start(campaign);
            callout.control().pause(campaign);
            callout.execute("CREATE TRIGGER stops AFTER UPDATE ON timetables FOR EACH ROW UPDATE campaigns"
                    + " SET run_ended = UTC_TIMESTAMP(3) WHERE i_campaign = NEW.i_campaign");
            callout.execute(ROW + "(" + campaign + ", '0 0 9 * * ?', 'UTC', 'resume', NULL)");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            await().atMost(SOON)
                    .until(() -> callout.number("SELECT COUNT(*) FROM timetables WHERE last_fired IS NOT NULL") == 1);
            assertThat(callout.number("SELECT paused AND run_ended IS NOT NULL FROM campaigns"))
                    .isOne();
        }
    }

    @Test
    void aWrongRowIsToldByRowAndColumnAndStopsNoOther() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = callout().start()) {
            long campaign = callout.campaign("right", Map.of("paused", 1));
            callout.execute(ROW + "(" + campaign
                    + ", '30 9 * * 1-5', 'UTC', 'start', NULL), (77, '0 0 9 * * ?', 'UTC', 'start', NULL),"
                    + " (NULL, '0 0 9 * * ?', 'Mars', 'stop', NULL), (" + campaign
                    + ", '0 0 9 * * ?', 'UTC', 'start', NULL)");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            awaitResults(callout, null, null, null, "started");
            assertThat(String.join("\n", log.messages()))
                    .contains("row 1, column cron", "row 2, column i_campaign", "row 3, column timezone");
        }
    }

    @Test
    void aStatementThatIsRefusedLeavesTheRowDueAndTheOthersAreDone() throws Exception {
        try (Installation callout = callout().start()) {
            long one = callout.campaign("refused", Map.of("paused", 1));
            long two = callout.campaign("done", Map.of("paused", 1));
            callout.execute("CREATE TRIGGER refuses BEFORE UPDATE ON campaigns FOR EACH ROW IF NEW.i_campaign = " + one
                    + " AND NEW.run_started IS NOT NULL THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF");
            callout.execute(ROW + "(" + one + ", '0 0 9 * * ?', 'UTC', 'start', NULL), (" + two
                    + ", '0 0 9 * * ?', 'UTC', 'start', NULL)");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            awaitResults(callout, null, "started");
            callout.execute("DROP TRIGGER refuses");
            ask(callout);
            awaitResults(callout, "started", "started");
        }
    }

    @Test
    void whatIsRolledBackForAnotherTransactionIsTriedAgainAtOnce() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = callout().start()) {
            long campaign = callout.campaign("in the way", Map.of("destination_list", "my_list", "paused", 1));
            await().atMost(SOON).ignoreExceptions().until(() -> callout.number("SELECT COUNT(*) FROM my_list") == 0);
            callout.execute("INSERT INTO my_list (number, calls, lastresult) VALUES ('100', 1, 'success')");
            callout.execute("CREATE TABLE met (one INT) ENGINE=MyISAM");
            callout.execute(
                    "CREATE TRIGGER meets BEFORE UPDATE ON my_list FOR EACH ROW IF (SELECT COUNT(*) FROM met) = 0 THEN"
                            + " INSERT INTO met VALUES (1); SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213; END IF");
            callout.execute(ROW + "(" + campaign + ", '0 0 9 * * ?', 'UTC', 'start', 'all')");
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(callout.column(RESULTS)).containsExactly("started"));
            assertThat(log.messages()).noneMatch(text -> text.contains("tried again within a minute"));
            assertThat(callout.number("SELECT COUNT(*) FROM met")).isOne();
            await().atMost(SOON).until(() -> callout.ledger().size() == 1);
        }
    }

    @Test
    void aSuspendedNodeStopsButStartsNothing() throws Exception {
        try (Installation callout = callout().start()) {
            long campaign = callout.campaign("one", Map.of());
            callout.execute(ROW + "(" + campaign
                    + ", '0 0 9 * * ?', 'UTC', 'start', NULL), (NULL, '0 0 9 * * ?', 'UTC', 'stop', NULL)");
            callout.camelContext().suspend();
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            awaitResults(callout, null, "stopped");
            callout.camelContext().resume();
            ask(callout);
            awaitResults(callout, "started", "stopped");
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

    @Test
    void quartzAsks(@TempDir Path folder) throws Exception {
        String routes = Files.readString(Path.of("routes/timetable.camel.yaml"));
        Files.writeString(folder.resolve("timetable.camel.yaml"), routes.replace("\"0 * * * * ?\"", "\"* * * * * ?\""));
        try (Installation callout =
                callout().with("CALLOUT_ROUTES", folder.toString()).start()) {
            callout.campaign("stopped by the second", Map.of());
            await("the scan has seen it").atMost(SOON).until(() -> callout.number("SELECT COUNT(*) FROM audit") == 1);
            callout.execute(ROW + "(NULL, '* * * * * ?', 'UTC', 'stop', NULL)");
            awaitResults(callout, "stopped");
            await().atMost(SOON).untilAsserted(() -> assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', who, action, changes) FROM audit WHERE who <> 'SQL or unknown'"))
                    .containsExactly("timetable 1 campaign.stop {\"paused\":{\"before\":0,\"after\":1}}"));
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().contains("_Worker-"))
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void theRowsAreLookedAtThoughQuartzIsSilentButNotWhileItsRouteIsSuspended(@TempDir Path folder) throws Exception {
        String routes = Files.readString(Path.of("routes/timetable.camel.yaml"));
        Files.writeString(
                folder.resolve("timetable.camel.yaml"),
                routes.replace("\"0 * * * * ?\"", "\"0 0 0 1 1 ? 2090\"").replace("\"10000\"", "\"200\""));
        try (Installation callout =
                callout().with("CALLOUT_ROUTES", folder.toString()).start()) {
            callout.campaign("stopped", Map.of());
            callout.execute(ROW + "(NULL, '0 0 9 * * ?', 'UTC', 'stop', NULL)");
            callout.camelContext().getRouteController().suspendRoute("timetable");
            moveTo(callout, NINE.plusSeconds(10));
            await().during(Duration.ofMillis(700))
                    .atMost(SOON)
                    .until(() -> callout.number("SELECT paused FROM campaigns") == 0);
            callout.camelContext().getRouteController().resumeRoute("timetable");
            awaitResults(callout, "stopped");
        }
    }
}
