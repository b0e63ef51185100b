package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.CommitCutter;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database does to one transaction is made up for, and is nobody else's trouble. */
class DatabaseFaultIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "campaign_phones, cld, OLD.call_uuid IS NOT NULL AND NEW.call_uuid IS NULL",
        "my_list, number, NEW.lastresult = 'success'"
    })
    void aStatusThatTheTableRefusesHoldsUpNoOtherAndIsWrittenWhenTheTableTakesIt(
            String table, String number, String ended) throws Exception {
        try (Installation callout = answering()) {
            callout.numbers(callout.campaign("other", Map.of("paused", 1, "cli", "4930")), "200", 5);
            boolean list = table.equals("my_list");
            long refused = callout.campaign(
                    "refused",
                    list
                            ? Map.of("max_concurrent_calls", 40, "paused", 1, "cli", "4930", "destination_list", table)
                            : Map.of("max_concurrent_calls", 40, "paused", 1, "cli", "4930"));
            callout.start();
            if (list) {
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> callout.number("SELECT COUNT(*) FROM my_list") == 0);
                callout.execute(
                        "INSERT INTO my_list (number) SELECT CONCAT('100', LPAD(seq, 4, '0')) FROM seq_0_to_29");
            } else {
                callout.numbers(refused, "100", 30);
            }
            callout.execute("CREATE TRIGGER refusing BEFORE UPDATE ON " + table + " FOR EACH ROW IF OLD." + number
                    + " = '1000007' AND " + ended
                    + " THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF");
            try (LogCapture log = new LogCapture()) {
                callout.execute("UPDATE campaigns SET paused = 0 WHERE name = 'refused'");
                await().atMost(PATIENCE)
                        .until(() -> callout.number(done(table)) == 29
                                && log.warnings().stream()
                                        .anyMatch(warning -> warning.startsWith("RefusedStatuses: ")));
                callout.execute("UPDATE campaigns SET paused = 0");
                await().atMost(PATIENCE)
                        .until(() -> callout.number(
                                        "SELECT COUNT(*) FROM campaign_phones WHERE cld LIKE '200%' AND finished = 1")
                                == 5);

                // What the machine does is not the matter here: a database that stands still for seconds is told of,
                // too.
                assertThat(log.warnings())
                        .filteredOn(warning -> !warning.startsWith("Outages: The database cannot be used"))
                        .isNotEmpty()
                        .allMatch(warning -> warning.matches("RefusedStatuses: Table " + table
                                + " refuses the status '(answer|success)' of its row \\d+\\. Callout tries again until the table accepts it:"
                                + " .*not this one"));
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.messages())
                        .anyMatch(message -> message.startsWith(
                                "Campaign refused is idle: table " + table + " refuses the results of its calls")));
            }

            callout.stop();
            callout.start();
            await().atMost(PATIENCE).until(() -> callout.number("SELECT COUNT(*) FROM nodes") == 1);
            callout.execute("DROP TRIGGER refusing");
            await().atMost(PATIENCE).until(() -> callout.number(done(table)) == 30);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(35)
                    .doesNotHaveDuplicates();
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE status = 'success'"))
                    .isEqualTo(35);
        }
    }

    private static String done(String table) {
        return table.equals("my_list")
                ? "SELECT COUNT(*) FROM my_list WHERE lastresult = 'success'"
                : "SELECT COUNT(*) FROM campaign_phones WHERE finished = 1 AND cld LIKE '100%'";
    }

    @Test
    void aSentMarkThatTheTableRefusesHoldsUpNoOtherAndItsNumberIsNotDialled() throws Exception {
        try (Installation callout = answering()) {
            callout.numbers(callout.campaign("refused", Map.of("max_concurrent_calls", 40)), "100", 30);
            callout.execute(
                    "CREATE TRIGGER refusing BEFORE UPDATE ON campaign_phones FOR EACH ROW IF OLD.cld = '1000007'"
                            + " AND NEW.call_count > 0 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF");
            try (LogCapture log = new LogCapture()) {
                callout.start();
                await().atMost(PATIENCE)
                        .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 29);
                await().atMost(PATIENCE).until(() -> log.messages().stream()
                        .anyMatch(message ->
                                message.startsWith("Campaign refused is idle: the database refuses its sent marks")));
                assertThat(log.stackTraces()).isEmpty();
            }
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(29)
                    .doesNotContain("1000007");

            callout.execute("DROP TRIGGER refusing");
            callout.advance(Duration.ofMinutes(1));
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(30)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"campaign_phones/mark-claimed", "campaign_phones/mark-sent"})
    void aTransactionThatIsCutAtItsCommitLosesNoNumberAndCallsNobodyTwice(String statement) throws Exception {
        CommitCutter cutter = new CommitCutter(statement, 3);
        try (Installation callout = Installation.builder()
                .dataSource(cutter::around)
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(200))))
                .build()) {
            callout.numbers(callout.campaign("cut", Map.of("max_concurrent_calls", 10, "finish_on", 1000)), "100", 60);
            callout.start();
            callout.awaitAllFinished(PATIENCE);

            assertThat(cutter.left()).isZero();
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(60)
                    .doesNotHaveDuplicates();
            assertThat(callout.ledger().peak()).isLessThanOrEqualTo(10);
            assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                    .containsExactly("success 1");
            assertThat(callout.number("SELECT calls_made FROM campaigns")).isEqualTo(60);
        }
    }

    @Test
    void aClaimOfTheLastNumbersThatIsCutAtItsCommitLosesNone() throws Exception {
        CommitCutter cutter = new CommitCutter("campaign_phones/mark-claimed", 1);
        try (Installation callout = Installation.builder()
                .dataSource(cutter::around)
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(200))))
                .build()) {
            callout.numbers(callout.campaign("cut", Map.of("max_concurrent_calls", 10)), "100", 5);
            callout.start();
            callout.awaitAllFinished(PATIENCE);

            assertThat(cutter.left()).isZero();
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(5)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aListThatSomebodyHasLockedDelaysNoCampaignButItsOwn() throws Exception {
        try (Installation callout = Installation.builder()
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(300))))
                        .build();
                Connection other = DriverManager.getConnection(callout.url(), "root", "");
                Statement statement = other.createStatement()) {
            callout.campaign("locked", Map.of("destination_list", "my_list", "max_concurrent_calls", 2));
            callout.start();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> callout.number("SELECT COUNT(*) FROM my_list") == 0);
            callout.execute("INSERT INTO my_list (number) SELECT CONCAT('100', LPAD(seq, 4, '0')) FROM seq_0_to_199");
            await().atMost(PATIENCE).until(() -> callout.ledger().size() >= 2);
            statement.execute("LOCK TABLES my_list WRITE");
            callout.numbers(callout.campaign("free", Map.of("max_concurrent_calls", 2)), "200", 20);
            callout.awaitAllFinished(PATIENCE);
            int calledBefore = callout.ledger().size();
            callout.execute("UPDATE campaigns SET max_concurrent_calls = 100");
            statement.execute("UNLOCK TABLES");
            await().atMost(PATIENCE).until(() -> callout.number(done("my_list")) == 200);

            assertThat(calledBefore).as("calls while the list was locked").isLessThan(220);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(220)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void statusesRolledBackForOtherTransactionsAreWrittenAfterAll() throws Exception {
        try (Installation callout = answering()) {
            callout.numbers(callout.campaign("conflict", Map.of("max_concurrent_calls", 10)), "100", 30);
            // Counts what is rolled back, too.
            callout.execute("CREATE TABLE conflicts (n INT) ENGINE=Aria");
            callout.execute(
                    "CREATE TRIGGER conflicting BEFORE UPDATE ON campaign_phones FOR EACH ROW IF OLD.call_uuid IS NOT NULL"
                            + " AND NEW.call_uuid IS NULL AND (SELECT COUNT(*) FROM conflicts) < 20 THEN INSERT INTO conflicts VALUES (1);"
                            + " SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found'; END IF");
            callout.start();
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.number("SELECT COUNT(*) FROM conflicts")).isEqualTo(20);
            assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                    .containsExactly("success 1");
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(30)
                    .doesNotHaveDuplicates();
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(30);
        }
    }

    private static Installation answering() throws Exception {
        // A status that is refused is waited for when the dialler stops.
        return Installation.builder()
                .property("camel.main.shutdown-timeout", "2")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))))
                .build();
    }
}
