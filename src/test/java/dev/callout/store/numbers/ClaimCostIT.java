package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.order;
import static dev.callout.store.numbers.ClaimOrders.shuffled;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.rules.Cap;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.rules.BindingRules;
import dev.callout.store.schema.Schema;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Counts the rows that the server reads for a claim; the count is exact, so that a slow machine does not matter. */
class ClaimCostIT {
    private static final int NUMBERS = 200;
    /** Beside the numbers: the lease, the nodes, the campaign and its lines (read, written), one step beyond each range. */
    private static final int ONCE = 28;

    private TestDatabase database;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        database.run("INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('one', 60000), ('other', 1000)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest(name = "{0} rows, {1} % finished, shuffled {2}, {3} due, {4} not to be called, {5} up")
    @CsvSource({
        "10000, 0, false, 0, 0, 0",
        "10000, 0, true, 0, 0, 0",
        "100000, 0, false, 0, 0, 0",
        "100000, 99, false, 0, 0, 0",
        "100000, 99, true, 0, 0, 0",
        "100000, 99, false, 400, 0, 0",
        "100000, 50, true, 100, 0, 0",
        "100000, 0, false, 150, 0, 0",
        "100000, 99, false, 100, 20000, 0",
        "10000, 0, false, 100, 0, 20000",
        "10000, 50, true, 0, 0, 50000"
    })
    void rowsReadForANumberDoNotDependOnTheTableNorOnTheCallsUp(
            int rows, int finished, boolean shuffled, int due, int forbidden, int up) throws Exception {
        // A third of the rows belongs to another campaign; of those open, every other one waits for its retry.
        database.run(
                "INSERT INTO campaign_phones (i_campaign, cld, finished, next_call, call_count) SELECT 1 + (seq % 3 = 0),"
                        + " 49000000 + seq, seq % 100 < " + finished
                        + ", IF(seq % 2, NULL, '2030-01-01'), 1 FROM seq_1_to_" + rows);
        database.run("INSERT INTO campaign_phones (i_campaign, cld, next_call) SELECT 1, seq, '2020-01-01' FROM"
                + " seq_1_to_400 LIMIT "
                + due);
        // Every other next_call is what we wrote.
        database.run("UPDATE campaign_phones SET callout_next_local = next_call, callout_next_call = next_call"
                + " WHERE i_campaign_phone % 4 < 2");
        database.run("INSERT INTO campaign_phones (i_campaign, cld, call_uuid, owner) SELECT 1, seq, seq, 'me' FROM"
                + " seq_1_to_50000 LIMIT " + up);
        database.run("INSERT INTO do_not_call (number) SELECT 99000000 + seq FROM seq_1_to_20000 LIMIT " + forbidden);
        database.rows("ANALYZE TABLE campaign_phones, do_not_call");

        Map<String, Integer> read;
        Claim claim;
        try (HikariDataSource single = HandlerReads.single(database)) {
            CampaignPhones phones = new CampaignPhones(single);
            phones.correctLines();
            HandlerReads reads = HandlerReads.from(single);
            claim = phones.claim(shuffled ? shuffled(NUMBERS) : order(NUMBERS));
            read = reads.since();
        }

        assertThat(claim.numbers()).hasSize(NUMBERS);
        assertThat(HandlerReads.sum(read))
                .as(read::toString)
                .isLessThanOrEqualTo((forbidden > 0 ? 3 : 2) * NUMBERS + ONCE);
    }

    /**
     * One row to pick a number, one to mark it, one for its telephone if that has been called before. A fourth tells whether
     * another number's call to it is over. Two tell whether its last call counts, and keep that, but only if so many calls have
     * been made that the cap depends on it.
     *
     * @param cap      how many calls in an hour calling rules allow; 0: none bind the campaign
     * @param rows     rows that are read for a number
     * @param accesses the same with looks that find nothing, such as those at the do-not-call list
     */
    @ParameterizedTest(name = "telephones called before by {0}, duplicates {1}, {2} calls allowed, list named {3}")
    @CsvSource({
        "nobody, each, 0, false, 2, 4",
        "nobody, each, 0, true, 2, 5",
        "itself, each, 0, false, 3, 5",
        "itself, once, 0, false, 3, 6",
        "another, each, 0, false, 4, 6",
        "another, once, 0, false, 4, 7",
        "itself, each, 2, false, 3, 5",
        "itself, once, 2, true, 3, 7",
        "itself, each, 1, false, 5, 7",
        "another, once, 1, true, 6, 10",
    })
    void inACampaignWithACountryTheyDependOnNothingButTheNumbers(
            String caller, String duplicates, int cap, boolean named, int rows, int accesses) throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld, callout_expires) SELECT 1 + (seq % 2 = 0),"
                + " CONCAT('030', 4000000 + seq DIV 2), '2020-01-01' FROM seq_2_to_6000");
        database.run("UPDATE campaign_phones SET e164 = CONCAT('+49', SUBSTR(cld, 2)), e164_read = CONCAT('"
                + TelephoneReader.version(Country.of("DE")) + "/', shuffle)");
        database.run("UPDATE campaigns SET duplicates = '" + duplicates + "', do_not_call_lists = IF(" + named
                + ", 'ftc', NULL)");
        database.run("INSERT INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires)"
                + " SELECT e164, UUID(), i_campaign, '', i_campaign_phone, '2020-01-01' FROM campaign_phones"
                + " WHERE i_campaign = "
                + Map.of("nobody", 0, "itself", 1, "another", 2).get(caller));
        database.run(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status, setup_time)"
                        + " SELECT call_uuid, 1, i_campaign_phone, e164, 1, 'failure', '2020-01-01' FROM telephones");
        database.run("INSERT INTO do_not_call (number, e164) SELECT seq, CONCAT('+4940', 1000000 + seq)"
                + " FROM seq_1_to_6000");
        database.run("INSERT INTO do_not_call_lists (i_do_not_call_list, name) VALUES (1, 'ftc')");
        database.run("INSERT INTO do_not_call_lists (name) SELECT CONCAT('other', seq) FROM seq_1_to_100");
        database.run("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, e164)"
                + " SELECT 1, seq, CONCAT('+4940', 1000000 + seq) FROM seq_1_to_6000");
        database.rows("ANALYZE TABLE campaign_phones, do_not_call, do_not_call_entries, telephones, call_attempts");

        int rowsRead;
        Map<String, Integer> read;
        Claim claim;
        try (HikariDataSource single = HandlerReads.single(database)) {
            CampaignPhones phones = new CampaignPhones(single);
            phones.correctLines();
            HandlerReads reads = HandlerReads.from(single);
            claim = phones.claim(
                    cap > 0
                            ? ClaimOrders.ruled(1, "me", ClaimOrders.NOW, NUMBERS, allowing(cap))
                            : ClaimOrders.inGermany(1, "me", ClaimOrders.NOW, NUMBERS));
            rowsRead = reads.rows();
            read = reads.since();
        }

        assertThat(claim.numbers()).hasSize(NUMBERS).allMatch(number -> number.e164() != null);
        assertThat(rowsRead).isLessThanOrEqualTo(rows * NUMBERS + ONCE);
        assertThat(HandlerReads.sum(read)).as(read::toString).isLessThanOrEqualTo(accesses * NUMBERS + ONCE);
    }

    /**
     * Four are for the transaction. The first claim looks in addition for due retries and for numbers that open. The second closes a
     * hundred numbers in one more, and takes others in their place.
     */
    @ParameterizedTest(name = "by rules {0}")
    @CsvSource({"false, 10", "true, 11"})
    void statementsOfAClaimDoNotDependOnItsNumbersNorOnThoseThatMustNotBeCalled(boolean ruled, int most)
            throws Exception {
        database.run(
                "INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, CONCAT('030', 4000000 + seq) FROM seq_1_to_1000");
        database.run(
                "INSERT INTO do_not_call (number, e164) SELECT cld, CONCAT('+49', SUBSTR(cld, 2)) FROM campaign_phones"
                        + " WHERE i_campaign_phone BETWEEN 201 AND 300");
        database.run("UPDATE campaign_phones SET e164 = CONCAT('+49', SUBSTR(cld, 2)), e164_read = CONCAT('"
                + TelephoneReader.version(Country.of("DE")) + "/', shuffle)");

        try (HikariDataSource single = HandlerReads.single(database)) {
            CampaignPhones phones = new CampaignPhones(single);
            phones.correctLines();
            ClaimCursor cursor = ClaimCursor.START;
            List<Integer> statements = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                HandlerReads reads = HandlerReads.from(single);
                BindingRules binding = new BindingRules(allowing(2), Country.of("DE"), null);
                Claim claim = phones.claim(
                        ruled
                                ? ClaimOrders.ruled(1, "me", ClaimOrders.NOW, NUMBERS, binding, cursor)
                                : order(NUMBERS, cursor));
                statements.add(reads.statements());
                assertThat(claim.numbers()).hasSize(NUMBERS);
                cursor = claim.cursor();
            }
            assertThat(statements.get(2)).as(statements::toString).isLessThanOrEqualTo(most);
            assertThat(statements.get(1)).as(statements::toString).isLessThanOrEqualTo(most + 5);
        }
    }

    private static CallingRules allowing(int calls) {
        Cap cap = new Cap(calls, Duration.ofHours(1));
        return new CallingRules(
                List.of(new CallingRule("cap", "", null, List.of(cap), null, null, false, false)), null, null);
    }

    /** Nor does whoever holds an entry of another number keep it from being set. */
    @ParameterizedTest(name = "country {0}")
    @ValueSource(booleans = {false, true})
    void aSentMarkReadsNoMoreOfTheDoNotCallListsThanItsNumbers(boolean hasCountry) throws Exception {
        database.run(
                "INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, CONCAT('030', 4000000 + seq) FROM seq_1_to_20");
        database.run(
                "INSERT INTO do_not_call (number, e164, e164_read, e164_sum) SELECT seq, CONCAT('+4940', 1000000 + seq),"
                        + " 'DE', CRC32(seq) FROM seq_1_to_100");
        // Where no country is known, no entry means a telephone.
        database.run("INSERT INTO do_not_call (number, e164_read, e164_sum) SELECT 9000 + seq, 'DE', CRC32(9000 + seq)"
                + " FROM seq_1_to_1000");
        database.run("INSERT INTO do_not_call_lists (i_do_not_call_list, name) VALUES (1, 'ftc')");
        database.run("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, e164, e164_read, e164_sum)"
                + " SELECT 1, seq, CONCAT('+4940', 1000000 + seq), 'DE', CRC32(seq) FROM seq_1_to_100");
        database.run("UPDATE campaigns SET do_not_call_lists = 'ftc'");
        database.rows("ANALYZE TABLE campaign_phones");

        try (HikariDataSource single = HandlerReads.single(database)) {
            CampaignPhones phones = new CampaignPhones(single);
            phones.correctLines();
            Claim claim = phones.claim(hasCountry ? ClaimOrders.inGermany(1, "me", ClaimOrders.NOW, 20) : order(20));
            List<SentMark> marks = Marks.marks(claim.numbers());
            try (Connection somebody = database.dataSource().getConnection();
                    Statement holding = somebody.createStatement()) {
                somebody.setAutoCommit(false);
                holding.executeQuery("SELECT 1 FROM do_not_call WHERE number = '2' FOR UPDATE");
                holding.executeQuery("SELECT 1 FROM do_not_call_entries WHERE written_as = '2' FOR UPDATE");
                holding.executeUpdate("INSERT INTO do_not_call (number) VALUES ('030 4999999')");
                HandlerReads reads = HandlerReads.from(single);
                assertThat(phones.markSent("me", marks)).hasSize(20);
                Map<String, Integer> read = reads.since();
                assertThat(HandlerReads.sum(read)).as(read::toString).isLessThan(15 * 20);
            }
        }
    }

    @ParameterizedTest(name = "next_call {0}")
    @ValueSource(strings = {"NULL", "2030-01-01"})
    void aScanPassesNeitherNumbersThatAreFreshOrWaitNorCallsThatAreUp(String nextCall) throws Exception {
        int rows = 20_000;
        String next = nextCall.equals("NULL") ? nextCall : "'" + nextCall + "'";
        database.run(
                "INSERT INTO campaign_phones (i_campaign, cld, next_call, callout_next_local, callout_next_call) SELECT 1,"
                        + " seq, " + next + ", " + next + ", " + next + " FROM seq_1_to_" + rows);
        database.run("INSERT INTO campaign_phones (i_campaign, cld, call_uuid, owner) SELECT 1, seq, seq, 'me' FROM"
                + " seq_1_to_" + rows);
        database.rows("ANALYZE TABLE campaigns, campaign_phones");

        try (HikariDataSource single = HandlerReads.single(database);
                Connection connection = single.getConnection()) {
            SingleConnectionDataSource same = new SingleConnectionDataSource(connection, true);
            HandlerReads reads = HandlerReads.from(same);
            new SqlTemplate(same)
                    .queryForList(SqlText.of("due-campaigns"), Map.of("now", EpochSeconds.of(ClaimOrders.NOW)));
            Map<String, Integer> read = reads.since();
            assertThat(HandlerReads.sum(read)).as(read::toString).isLessThan(200);
        }
    }

    @Test
    void aTableOfAnEarlierVersionGetsTheIndexesThatClaimsNeed() throws Exception {
        database.run("ALTER TABLE campaign_phones DROP INDEX callout_open, DROP INDEX callout_open_shuffle,"
                + " ADD INDEX callout_sequential (i_campaign, finished, call_uuid, next_call, priority, i_campaign_phone),"
                + " ADD INDEX callout_random (i_campaign, finished, call_uuid, next_call, shuffle, i_campaign_phone),"
                + " ADD INDEX callout_in_progress (i_campaign, call_uuid)");
        new Schema(database.dataSource()).create();

        rowsReadForANumberDoNotDependOnTheTableNorOnTheCallsUp(10_000, 50, false, 100, 0, 0);
    }
}
