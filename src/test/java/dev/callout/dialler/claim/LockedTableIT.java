package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.node.Lease;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.testbed.Installation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows or tables that somebody else has locked hold up nobody but the calls they belong to. */
@Tag("full")
class LockedTableIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOCKED = Duration.ofSeconds(5);
    /** A status may wait for a lock for a second, once in a while; what waits for each takes longer, again and again. */
    private static final Duration UNDELAYED = Duration.ofMillis(1500);

    private static final int OTHERS = 40;
    /** Of one statement that waits for a lock. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);

    private static final int CALLS = 30;
    /** Ten seconds' calls. */
    private static final int MARKED = 200;

    private static final Map<String, String> SUCCESSES = Map.of(
            "my_list",
            "SELECT COUNT(*) FROM my_list WHERE lastresult = 'success' AND calls = 1",
            "campaign_phones",
            "SELECT COUNT(*) FROM campaign_phones WHERE status = 'success' AND call_count = 1"
                    + " AND cld LIKE '100%'");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "LOCK TABLES my_list WRITE, my_list",
        "SELECT * FROM my_list FOR UPDATE, my_list",
        "SELECT * FROM campaign_phones WHERE cld LIKE '100%' FOR UPDATE, campaign_phones"
    })
    void answersAndEndsOfLockedRowsHoldUpNoOthersAndAreWrittenOnceTheLockIsGone(String lock, String table)
            throws Exception {
        try (Installation callout = callout(Installation.builder());
                Connection other = DriverManager.getConnection(callout.url(), "root", "")) {
            locked(callout, table, CALLS, Map.of("max_concurrent_calls", CALLS));
            await().atMost(PATIENCE).until(() -> callout.ledger().size() == CALLS);

            assertThat(othersAreDialledDuring(lock, other, callout))
                    .as("calls whose rows were locked when they ended")
                    .isGreaterThan(10);

            await().atMost(PATIENCE).until(() -> callout.number(SUCCESSES.get(table)) == CALLS);
            assertAllRecordedOnce(callout);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "LOCK TABLES my_list WRITE, my_list",
        "SELECT * FROM my_list FOR UPDATE, my_list",
        "SELECT * FROM campaign_phones WHERE cld LIKE '100%' FOR UPDATE, campaign_phones"
    })
    void sentMarksOfLockedRowsHoldUpNoOthersAndTheirNumbersAreDialledOnceTheLockIsGone(String lock, String table)
            throws Exception {
        try (Installation callout = callout(Installation.builder());
                Connection other = DriverManager.getConnection(callout.url(), "root", "")) {
            // Its numbers are claimed two seconds ahead.
            locked(callout, table, MARKED, Map.of("max_concurrent_calls", 100, "time_between_calls", 0.05));
            await().atMost(PATIENCE).until(() -> callout.ledger().size() > 0);

            othersAreDialledDuring(lock, other, callout);

            assertThat(callout.ledger().calls().stream()
                            .filter(call -> call.number().startsWith("100"))
                            .count())
                    .as("calls that had their sent mark before")
                    .isLessThan(MARKED);
            callout.execute("UPDATE campaigns SET time_between_calls = 0");
            await().atMost(PATIENCE).until(() -> callout.number(SUCCESSES.get(table)) == MARKED);
            assertAllRecordedOnce(callout);
        }
    }

    @Test
    void numbersOfALockedListHoldUpNoOthersThatAreGivenBack() throws Exception {
        try (Installation callout = callout(Installation.builder());
                Connection other = DriverManager.getConnection(callout.url(), "root", "");
                Statement statement = other.createStatement()) {
            locked(callout, "my_list", 3, Map.of("paused", 1));
            callout.camelContext().getRouteController().stopRoute("scan");
            callout.camelContext().getRouteController().stopRoute("claim");
            callout.execute("UPDATE campaigns SET paused = 0, max_concurrent_calls = 3");
            List<Attempt> free = claimed(callout, 1, null);
            List<Attempt> locked = claimed(callout, 2, "my_list");
            assertThat(locked).hasSize(3);
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM my_list FOR UPDATE");

            long shortest = Long.MAX_VALUE;
            try (ProducerTemplate template = callout.camelContext().createProducerTemplate()) {
                for (int i = 0; i < 3; i++) {
                    long began = System.nanoTime();
                    template.sendBody("seda:give-back", locked.get(i).goesBack(null));
                    int back = i + 1;
                    template.sendBody("seda:give-back", free.get(i).goesBack(null));
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(10))
                            .until(() ->
                                    callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL")
                                            == free.size() - back);
                    shortest = Math.min(shortest, System.nanoTime() - began);
                }
            }
            assertThat(callout.number("SELECT COUNT(*) FROM my_list WHERE callout_uuid IS NOT NULL"))
                    .isEqualTo(3);
            // The best of three: a busy machine may be slow once.
            assertThat(Duration.ofNanos(shortest)).isLessThan(LOCK_WAIT);
            other.rollback();
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM my_list WHERE callout_uuid IS NOT NULL") == 0);
        }
    }

    private static List<Attempt> claimed(Installation callout, long campaign, String list) throws Exception {
        Registry beans = callout.camelContext().getRegistry();
        CalloutTable table =
                beans.lookupByNameAndType("tables", CalloutTables.class).of(list);
        String owner = beans.lookupByNameAndType("lease", Lease.class).incarnation();
        ClaimOrder order = new ClaimOrder(
                campaign,
                owner,
                beans.lookupByNameAndType("clock", DatabaseClock.class).now(),
                5,
                Duration.ofSeconds(2),
                false,
                Duration.ofMinutes(5),
                ClaimCursor.START);
        return table.claim(order).numbers().stream()
                .map(number -> Attempt.claimed(
                        CampaignBuilder.campaign().id(campaign).build(), number, table, owner, number.dialAt()))
                .toList();
    }

    /** Numbers that begin with 200 are called briefly, others ring and talk longer, each for another time. */
    private static Installation callout(Installation.Builder builder) throws Exception {
        Installation callout = builder.simulated(sim -> sim.callees(call -> call.number()
                                .startsWith("200")
                        ? CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(100))
                        : CalleePlan.answers(
                                Duration.ofMillis(1500),
                                Duration.ofMillis(500 + 100 * (call.number().hashCode() & 31)))))
                .build();
        callout.numbers(callout.campaign("free", Map.of("max_concurrent_calls", 2, "paused", 1)), "200", 1000);
        return callout.start();
    }

    /** Begins the campaign whose numbers will be locked. */
    private static void locked(Installation callout, String table, int numbers, Map<String, Object> columns)
            throws Exception {
        Map<String, Object> all = new HashMap<>(columns);
        if (table.equals("my_list")) {
            all.put("destination_list", table);
            callout.campaign("locked", all);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> callout.number("SELECT COUNT(callout_row) FROM my_list") == 0);
            callout.execute(
                    "INSERT INTO my_list (number) SELECT CONCAT('100', LPAD(seq, 4, '0')) FROM seq_1_to_" + numbers);
        } else {
            callout.numbers(callout.campaign("locked", all), "100", numbers);
        }
    }

    /** Returns how many calls of the other campaign have ended when the lock is let go. */
    private static long othersAreDialledDuring(String lock, Connection other, Installation callout) throws Exception {
        try (Statement statement = other.createStatement()) {
            other.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            other.setAutoCommit(false);
            callout.execute("UPDATE campaigns SET paused = 0");
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().stream()
                    .anyMatch(call -> call.number().startsWith("200") && call.ended()));
            statement.execute(lock);
            long began = System.nanoTime();
            await("calls on lines that were given back meanwhile")
                    .atMost(PATIENCE)
                    .until(() -> System.nanoTime() - began > LOCKED.toNanos()
                            && othersSince(began, callout.ledger().calls()).size() > OTHERS);
            List<LedgerCall> calls = callout.ledger().calls();
            other.rollback();
            statement.execute("UNLOCK TABLES");
            callout.execute("UPDATE campaigns SET paused = 1 WHERE name = 'free'");

            List<Long> dialled = othersSince(began, calls);
            List<Duration> delays = IntStream.range(1, dialled.size())
                    .mapToObj(i -> Duration.ofNanos(dialled.get(i) - dialled.get(i - 1)))
                    .filter(distance -> distance.compareTo(UNDELAYED) > 0)
                    .toList();
            assertThat(delays).as("but one that the machine itself may make").hasSizeLessThanOrEqualTo(1);
            return calls.stream()
                    .filter(call -> call.number().startsWith("100") && call.ended())
                    .count();
        }
    }

    /** When calls of the other campaign were dialled, by the monotonic clock. */
    private static List<Long> othersSince(long began, List<LedgerCall> calls) {
        return calls.stream()
                .filter(call -> call.number().startsWith("200") && call.nanos() - began > 0)
                .map(LedgerCall::nanos)
                .toList();
    }

    private static void assertAllRecordedOnce(Installation callout) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> callout.ledger().callsUp() == 0
                        && callout.number("SELECT COUNT(*) FROM call_attempts WHERE status = 'success'")
                                == callout.ledger().size());
        assertThat(callout.ledger().calls()).extracting(LedgerCall::number).doesNotHaveDuplicates();
    }
}
