package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What table timetables has done. */
class TimetableIT extends AskedTimetable {

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
    void whileEverythingIsStoppedTheTimetableStartsNothingAndStillStops() throws Exception {
        try (Installation callout = callout().start()) {
            long starts = callout.campaign("starts", Map.of("paused", 1));
            long stops = callout.campaign("stops", Map.of("time_between_calls", 1_000_000));
            callout.numbers(stops, "100", 3);
            callout.execute(ROW + "(" + starts + ", '0 0 9 * * ?', 'UTC', 'start', NULL), (" + stops
                    + ", '0 0 9 * * ?', 'UTC', 'stop', NULL)");
            callout.execute("INSERT INTO stop_all (stopped_at, why) VALUES ('2026-05-01 14:02:00', REPEAT('w', 255))");
            await().atMost(SOON).until(() -> callout.control().whyIdle(stops).startsWith("everything is stopped"));
            moveTo(callout, NINE.plusSeconds(10));
            ask(callout);
            await().atMost(SOON).untilAsserted(() -> assertThat(callout.column(RESULTS))
                    .satisfiesExactly(
                            one -> assertThat(one)
                                    .startsWith("skipped: everything is stopped since 2026-05-01T14:02:00Z by SQL"),
                            two -> assertThat(two).isEqualTo("stopped")));
            await().atMost(SOON).until(() -> paused(callout).size() == 2);
            callout.execute("DELETE FROM stop_all");
            await().atMost(SOON).until(() -> callout.control().whyIdle(stops).equals("paused"));
            assertThat(paused(callout)).containsExactly("starts", "stops");
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
