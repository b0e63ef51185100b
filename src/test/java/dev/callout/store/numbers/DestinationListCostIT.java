package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.order;
import static dev.callout.store.numbers.ClaimOrders.shuffled;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.schema.ListSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a claim and a scan cost must not grow with a list, nor with what of it is finished, in back-off or in use. */
class DestinationListCostIT {
    private static final int NUMBERS = 200;
    /** Beside the numbers: lease and campaign, one step beyond each range, each count of calls that exists. */
    private static final int ONCE = 30;

    private TestDatabase database;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        database.run("INSERT INTO campaigns (name, max_concurrent_calls, max_attempts) VALUES ('one', 1000, 3)");
        new ListSchema(database.dataSource(), "callout_list").prepare();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest(name = "{0} rows, {1} due")
    @CsvSource({"10000, 10000", "100000, 100000", "100000, 400"})
    void rowsReadForAFinishedNumberThatComesAgainDoNotDependOnTheList(int rows, int due) throws Exception {
        database.run("UPDATE campaigns SET finish_on = 0");
        database.run("INSERT INTO callout_list SELECT seq, IF(seq <= " + due
                + ", '2026-11-22 09:00:00', '2026-11-22 09:59:00'),"
                + " IF(seq % 2, 'success', 'USER_BUSY'), IF(seq % 2, 1 + seq % 3, 3), 0, NULL, NULL FROM seq_1_to_"
                + rows);
        database.run(
                "UPDATE callout_list SET callout_last_local = lastcall, callout_last_utc = lastcall WHERE number % 4 < 2");
        database.rows("ANALYZE TABLE callout_list");

        try (HikariDataSource single = HandlerReads.single(database)) {
            DestinationList list = new DestinationList(single, "callout_list", Duration.ofSeconds(60));
            HandlerReads looking = HandlerReads.from(single);
            list.look(1, NOW);
            Map<String, Integer> looked = looking.since();
            HandlerReads claiming = HandlerReads.from(single);
            Claim claim = list.claim(order(NUMBERS));
            Map<String, Integer> claimed = claiming.since();

            assertThat(HandlerReads.sum(looked)).as(looked::toString).isLessThanOrEqualTo(ONCE);
            assertThat(claim.numbers())
                    .hasSize(NUMBERS)
                    .extracting(ClaimedNumber::attempt)
                    .containsOnly(1);
            assertThat(HandlerReads.sum(claimed)).as(claimed::toString).isLessThanOrEqualTo(2 * NUMBERS + 2 * ONCE);
            HandlerReads counting = HandlerReads.from(single);
            list.count(1, NOW);
            assertThat(HandlerReads.sum(counting.since())).as("a count").isLessThanOrEqualTo(rows + 2 * NUMBERS + ONCE);
            HandlerReads ending = HandlerReads.from(single);
            try (Connection connection = single.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(list.endRun().replace(":#campaign", "1"));
            }
            assertThat(HandlerReads.sum(ending.since())).as("a run's end").isLessThanOrEqualTo(ONCE);
        }
    }

    @ParameterizedTest(name = "{0} rows, {1} % finished, shuffled {2}, {3} due, waiting by next_call {4}")
    @CsvSource({
        "10000, 0, false, 0, false",
        "100000, 0, true, 0, false",
        "100000, 99, false, 0, false",
        "100000, 99, true, 0, true",
        "100000, 50, false, 100, true",
        "100000, 99, false, 400, false"
    })
    void rowsReadForANumberDoNotDependOnTheList(int rows, int finished, boolean shuffled, int due, boolean byNextCall)
            throws Exception {
        // Of those not finished every fourth is fresh, every fourth marked by another dialler; the rest waits for its
        // retry.
        database.run("INSERT INTO callout_list SELECT seq, '2026-11-22 09:59:00', IF(seq % 3, 'USER_BUSY', 'success'),"
                + " IF(seq % 100 < " + finished + ", IF(seq % 3, 3, 1), IF(seq % 3, 2, 0) * (seq % 4 > 0)),"
                + " seq % 100 >= " + finished + " AND seq % 4 = 1, NULL, NULL FROM seq_1_to_" + rows);
        database.run("INSERT INTO callout_list SELECT 1000000 + seq, NULL, NULL, 0, 0, NULL, NULL FROM seq_1_to_400");
        database.run("INSERT INTO callout_list SELECT 2000000 + seq, '2026-11-22 09:00:00', NULL, 1, 0, NULL, NULL"
                + " FROM seq_1_to_400 LIMIT " + due);
        if (byNextCall) {
            database.run(
                    "UPDATE callout_list SET callout_next_call = '2026-11-22 10:00:01', callout_next_calls = calls,"
                            + " callout_next_lastcall = lastcall WHERE calls BETWEEN 1 AND 2 AND number < 1000000");
        }
        database.run(
                "UPDATE callout_list SET callout_last_local = lastcall, callout_last_utc = lastcall WHERE number % 4 < 2");
        database.rows("ANALYZE TABLE callout_list");

        try (HikariDataSource single = HandlerReads.single(database)) {
            DestinationList list = new DestinationList(single, "callout_list", Duration.ofSeconds(60));
            HandlerReads looking = HandlerReads.from(single);
            list.look(1, NOW);
            Map<String, Integer> looked = looking.since();
            HandlerReads claiming = HandlerReads.from(single);
            Claim claim = list.claim(shuffled ? shuffled(NUMBERS) : order(NUMBERS));
            Map<String, Integer> claimed = claiming.since();

            assertThat(HandlerReads.sum(looked)).as(looked::toString).isLessThanOrEqualTo(ONCE);
            assertThat(claim.numbers()).hasSize(NUMBERS);
            assertThat(HandlerReads.sum(claimed)).as(claimed::toString).isLessThanOrEqualTo(2 * NUMBERS + 2 * ONCE);
        }
    }
}
