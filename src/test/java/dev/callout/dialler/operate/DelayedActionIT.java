package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of scheduled actions while another transaction is in their way. */
class DelayedActionIT extends AskedTimetable {

    private static Connection holding(Installation callout, String campaigns) throws SQLException {
        Connection theirs = DriverManager.getConnection(callout.url());
        theirs.setAutoCommit(false);
        try (Statement statement = theirs.createStatement()) {
            statement.execute("SELECT * FROM campaigns WHERE name IN (" + campaigns + ") FOR UPDATE");
        }
        return theirs;
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
                await().atMost(Duration.ofSeconds(30))
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
}
