package dev.callout.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.callout.store.ClaimOrders.order;
import static dev.callout.store.ClaimOrders.shuffled;
import static org.assertj.core.api.Assertions.assertThat;

/** Counts the rows that the server reads for a claim; the count is exact, so that a slow machine does not matter. */
class ClaimCostIT {
    private static final int NUMBERS = 200;
    /** Beside the numbers: the lease, the campaign (read, written), one step beyond each range. */
    private static final int ONCE = 12;

    private TestDatabase database;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        database.run("INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('one', 1000), ('other', 1000)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest(name = "{0} rows, {1} % finished, shuffled {2}, {3} due, {4} not to be called")
    @CsvSource({
        "10000, 0, false, 0, 0", "10000, 0, true, 0, 0", "100000, 0, false, 0, 0", "100000, 99, false, 0, 0",
        "100000, 99, true, 0, 0", "100000, 99, false, 400, 0", "100000, 50, true, 100, 0", "100000, 0, false, 150, 0",
                "100000, 99, false, 100, 20000"})
    void rowsReadForANumberDoNotDependOnTheTable(int rows, int finished, boolean shuffled, int due, int forbidden)
            throws Exception {
        // A third of the rows belongs to another campaign; of those open, every other one waits for its retry.
        database.run("INSERT INTO campaign_phones (i_campaign, cld, finished, next_call, call_count) SELECT 1 + (seq % 3 = 0),"
                + " 49000000 + seq, seq % 100 < " + finished + ", IF(seq % 2, NULL, '2030-01-01'), 1 FROM seq_1_to_" + rows);
        database.run("INSERT INTO campaign_phones (i_campaign, cld, next_call) SELECT 1, seq, '2020-01-01' FROM"
                + " seq_1_to_400 LIMIT "
                + due);
        database.run("INSERT INTO do_not_call (number) SELECT 99000000 + seq FROM seq_1_to_20000 LIMIT " + forbidden);
        database.rows("ANALYZE TABLE campaign_phones, do_not_call");

        Map<String, Integer> before;
        Map<String, Integer> after;
        Claim claim;
        try (HikariDataSource single = single()) {
            before = reads(single);
            claim = new CampaignPhones(single).claim(shuffled ? shuffled(NUMBERS) : order(NUMBERS));
            after = reads(single);
        }

        after.replaceAll((counter, count) -> count - before.get(counter));
        int read = after.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(claim.numbers()).hasSize(NUMBERS);
        assertThat(read).as(() -> after.toString()).isLessThanOrEqualTo((forbidden > 0 ? 3 : 2) * NUMBERS + ONCE);
    }

    /** A pool of one connection: its session's counters are the claim's. */
    private HikariDataSource single() {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(((HikariDataSource) database.dataSource()).getJdbcUrl());
        source.setMaximumPoolSize(1);
        return source;
    }

    private static Map<String, Integer> reads(DataSource single) throws SQLException {
        Map<String, Integer> reads = new TreeMap<>();
        try (Connection connection = single.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
            while (row.next()) {
                reads.put(row.getString(1), row.getInt(2));
            }
        }
        return reads;
    }
}
