package dev.callout.dialler;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.callout.Installation;
import dev.callout.simulator.CalleePlan;
import dev.callout.simulator.LedgerCall;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Rows or tables that somebody else has locked hold up nobody but the calls they belong to. */
@Tag("waiting")
class LockedTableIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOCKED = Duration.ofSeconds(5);
    /** A lock that is waited for takes a second at least. */
    private static final Duration UNDELAYED = Duration.ofMillis(800);
    private static final int CALLS = 30;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"LOCK TABLES my_list WRITE, my_list", "SELECT * FROM my_list FOR UPDATE, my_list",
            "SELECT * FROM campaign_phones WHERE cld LIKE '100%' FOR UPDATE, campaign_phones"})
    void answersAndEndsOfLockedRowsHoldUpNoOthersAndAreWrittenOnceTheLockIsGone(String lock, String table) throws Exception {
        boolean list = table.equals("my_list");
        try (Installation callout = Installation.builder().simulated(sim -> sim.callees(call -> call.number().startsWith("200")
                ? CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(100))
                : CalleePlan.answers(Duration.ofMillis(1500), Duration.ofMillis(500 + 100 * (call.number().hashCode() & 31)))))
                .build();
             Connection other = DriverManager.getConnection(callout.url(), "root", "");
             Statement statement = other.createStatement()) {
            long locked = callout.campaign("locked", list ? Map.of("destination_list", table, "max_concurrent_calls", CALLS)
                    : Map.of("max_concurrent_calls", CALLS));
            long free = callout.campaign("free", Map.of("max_concurrent_calls", 2, "paused", 1));
            callout.numbers(free, "200", 1000);
            callout.start();
            if (list) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> callout.number("SELECT COUNT(*) FROM my_list") == 0);
                callout.execute("INSERT INTO my_list (number) SELECT CONCAT('100', LPAD(seq, 4, '0')) FROM seq_1_to_" + CALLS);
            } else {
                callout.numbers(locked, "100", CALLS);
            }
            await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() == CALLS);
            other.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            other.setAutoCommit(false);
            statement.execute(lock);
            callout.execute("UPDATE campaigns SET paused = 0");
            long began = System.nanoTime();
            await().atMost(PATIENCE).until(() -> System.nanoTime() - began > LOCKED.toNanos());
            List<Long> dialled = callout.ledger().calls().stream().filter(call -> call.number().startsWith("200"))
                    .map(LedgerCall::nanos).toList();
            long ended = callout.ledger().calls().stream().filter(call -> call.number().startsWith("100") && call.ended()).count();
            other.rollback();
            statement.execute("UNLOCK TABLES");
            callout.execute("UPDATE campaigns SET paused = 1 WHERE name = 'free'");
            await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() == 0
                    && callout.number("SELECT COUNT(*) FROM call_attempts") == callout.ledger().size());

            assertThat(ended).as("calls whose rows were locked when they ended").isGreaterThan(10);
            assertThat(dialled).as("calls on lines that were given back meanwhile").hasSizeGreaterThan(20);
            for (int i = 1; i < dialled.size(); i++) {
                assertThat(Duration.ofNanos(dialled.get(i) - dialled.get(i - 1))).as("until call " + i).isLessThan(UNDELAYED);
            }
            assertThat(callout.ledger().calls()).extracting(LedgerCall::number).doesNotHaveDuplicates();
            assertThat(callout.number(list ? "SELECT COUNT(*) FROM my_list WHERE lastresult = 'success' AND calls = 1"
                    : "SELECT COUNT(*) FROM campaign_phones WHERE status = 'success' AND call_count = 1 AND cld LIKE '100%'"))
                    .isEqualTo(CALLS);
        }
    }
}
