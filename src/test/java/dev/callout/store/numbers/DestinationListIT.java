package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.by;
import static dev.callout.store.numbers.ClaimOrders.order;
import static dev.callout.store.numbers.ClaimOrders.shuffled;
import static dev.callout.store.numbers.Marks.marks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.schema.ListName;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layout of mod_dialer: which numbers are taken, and what becomes of its visible columns. */
class DestinationListIT {
    /** As mod_dialer made it. */
    private static final String OLD_TABLE = "CREATE TABLE callout_list (number VARCHAR(30) NOT NULL, lastcall DATETIME,"
            + " lastresult VARCHAR(30), calls INT, in_use TINYINT, duration INT, callerid VARCHAR(25), PRIMARY KEY (number),"
            + " KEY lastcall (lastcall)) ENGINE=MyISAM DEFAULT CHARSET=latin1";

    private static final String VISIBLE =
            "SELECT CONCAT_WS(' ', number, COALESCE(lastcall, '-'), COALESCE(lastresult, '-'),"
                    + " COALESCE(calls, '-'), COALESCE(in_use, '-')) FROM callout_list ORDER BY number";
    private static final Duration LONGEST = Duration.ofSeconds(100);

    private TestDatabase database;
    private DestinationList list;

    @BeforeEach
    void createTables() throws SQLException {
        // The order's 10:00:00.125 UTC is 15:30:00.125 by this server's clocks.
        database = TestDatabase.withTablesAt("+05:30");
        database.run("INSERT INTO campaigns (name, max_attempts, backoff_sec, timeout_sec) VALUES ('one', 3, 60, 20)");
        database.run(OLD_TABLE);
        list = new DestinationList(database.dataSource(), "callout_list", LONGEST);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void prepare() throws SQLException {
        new ListSchema(database.dataSource(), "callout_list").prepare();
    }

    private List<String> claim(int most) throws Exception {
        return list.claim(order(most)).numbers().stream()
                .map(ClaimedNumber::cld)
                .toList();
    }

    @Test
    void freshAndDueNumbersAreTakenAndOthersNot() throws Exception {
        database.run("INSERT INTO callout_list VALUES"
                + " ('01nulls', NULL, NULL, NULL, NULL, NULL, NULL), ('02zeros', NOW(), 'success', 0, 0, 7, 'me'),"
                + " ('03due', '2026-11-22 15:29:00', NULL, 1, 0, NULL, NULL),"
                + " ('04never called', NULL, 'USER_BUSY', 2, NULL, NULL, NULL),"
                + " ('05waits', '2026-11-22 15:29:01', NULL, 1, 0, NULL, NULL),"
                + " ('06success', '2026-11-22 15:00:00', 'success', 1, 0, NULL, NULL),"
                + " ('07no attempts left', '2026-11-22 15:00:00', NULL, 3, 0, NULL, NULL),"
                + " ('08in use', '2026-11-22 15:28:01', NULL, 0, 1, NULL, NULL),"
                + " ('09stale', '2026-11-22 15:28:00', NULL, 0, 1, NULL, NULL),"
                + " ('10stale', NULL, NULL, NULL, 1, NULL, NULL),"
                + " ('11stale and done', NULL, NULL, 3, 1, NULL, NULL)");
        prepare();

        assertThat(list.look(1, NOW))
                .isEqualTo(new ListState(true, true, Instant.parse("2026-11-22T10:00:00Z"), false, false));
        List<ClaimedNumber> numbers = list.claim(order(99)).numbers();

        assertThat(numbers)
                .extracting(ClaimedNumber::cld)
                .containsExactly("03due", "04never called", "10stale", "09stale", "01nulls", "02zeros");
        assertThat(numbers).extracting(ClaimedNumber::attempt).containsExactly(2, 3, 1, 1, 1, 1);
        assertThat(numbers.get(5)).returns(7, ClaimedNumber::duration).returns("me", ClaimedNumber::callerId);
        assertThat(database.column("SELECT number FROM callout_list WHERE in_use = 1 ORDER BY 1"))
                .containsExactly(
                        "01nulls",
                        "02zeros",
                        "03due",
                        "04never called",
                        "08in use",
                        "09stale",
                        "10stale",
                        "11stale and done");
        assertThat(list.look(1, NOW))
                .isEqualTo(new ListState(false, true, Instant.parse("2026-11-22T10:00:01Z"), true, false));
    }

    @ParameterizedTest(name = "finish_on {0}")
    @ValueSource(strings = {"0", "NULL"})
    void whoWasCalledWithinABackoffOfTheEndOfSummerTimeWaitsForIt(String finishOn) throws Exception {
        try (TestDatabase autumn = TestDatabase.withTablesWhereClocksChange(
                NOW.plusSeconds(20), Duration.ofHours(2), Duration.ofHours(1))) {
            autumn.run("INSERT INTO campaigns (name, max_attempts, backoff_sec, finish_on) VALUES ('one', 1, 60, "
                    + finishOn + ")");
            autumn.run(OLD_TABLE);
            new ListSchema(autumn.dataSource(), "callout_list").prepare();
            autumn.run("INSERT INTO callout_list (number) VALUES ('ours'), ('theirs')");
            list = new DestinationList(autumn.dataSource(), "callout_list", LONGEST);
            Instant ended = NOW.plusSeconds(25);
            for (ClaimedNumber number : list.claim(order(2)).numbers()) {
                list.markSent("me", List.of(Marks.mark(number, NOW)));
                list.write(
                        "[{\"id\":" + number.row() + ",\"campaign\":1,\"number\":\"1\",\"call\":\"" + number.callUuid()
                                + "\",\"owner\":\"me\",\"attempt\":1,\"count\":1,\"status\":\"failure\",\"finished\":1,"
                                + "\"never\":false,\"setup\":" + EpochSeconds.of(NOW) + ",\"disconnect\":"
                                + EpochSeconds.of(ended)
                                + ",\"cause\":\"USER_BUSY\",\"switch\":\"fs1\",\"ended\":true}]",
                        false);
            }
            // Finished numbers of a campaign that ends come by lastcall once it allows more attempts.
            autumn.run("UPDATE campaigns SET max_attempts = 3");
            autumn.run("UPDATE callout_list SET lastcall = FROM_UNIXTIME(" + EpochSeconds.of(NOW.plusSeconds(7200))
                    + ") WHERE number = 'theirs'");

            assertThat(list.look(1, ended.plusSeconds(1)).nextDue()).isEqualTo(ended.plusSeconds(60));
            assertThat(list.count(1, ended.plusSeconds(1))).isEqualTo(new NumberCounts(0, 2, 0, 0, 0));
            assertThat(claimedAt(ended.plusSeconds(1))).isEmpty();
            assertThat(claimedAt(ended.plusMillis(59_999))).isEmpty();
            assertThat(claimedAt(ended.plusSeconds(60))).containsExactly("ours");
            assertThat(claimedAt(NOW.plusSeconds(7259))).isEmpty();
            assertThat(claimedAt(NOW.plusSeconds(7260))).containsExactly("theirs");
        }
    }

    private List<String> claimedAt(Instant now) throws Exception {
        return list.claim(by("me", now, 9)).numbers().stream()
                .map(ClaimedNumber::cld)
                .toList();
    }

    @Test
    void oldTablesRowsStayAndOrderIsByNumberThenByInsertion() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('3', NULL, NULL, NULL, NULL, NULL, NULL),"
                + " ('1', NULL, NULL, NULL, NULL, NULL, NULL), ('2', NULL, NULL, NULL, NULL, 5, 'x')");
        List<?> before = database.rows("SELECT * FROM callout_list ORDER BY number");

        assertThat(new ListSchema(database.dataSource(), "callout_list")
                        .need(true)
                        .statements())
                .hasSize(3)
                .first()
                .isEqualTo("ALTER TABLE `callout_list` ENGINE=InnoDB");
        prepare();
        assertThat(new ListSchema(database.dataSource(), "callout_list")
                        .need(true)
                        .statements())
                .isEmpty();

        assertThat(database.rows("SELECT * FROM callout_list ORDER BY number")).isEqualTo(before);
        database.run("INSERT INTO callout_list VALUES ('9', NULL, NULL, NULL, NULL, NULL, NULL)");
        database.run("INSERT INTO callout_list VALUES ('0', NULL, NULL, NULL, NULL, NULL, NULL)");
        database.run("REPLACE INTO callout_list SELECT * FROM callout_list WHERE number = '1'");
        assertThat(claim(99)).containsExactly("2", "3", "9", "0", "1");
    }

    @Test
    void missingTableIsMadeAndShuffledNumbersAreAllTaken() throws Exception {
        ListSchema schema = new ListSchema(database.dataSource(), "another_list");
        assertThat(schema.need(true).missing()).isTrue();
        assertThat(schema.prepare()).hasSize(3);
        assertThat(schema.need(true).statements()).isEmpty();
        database.run("ALTER TABLE another_list DROP COLUMN callout_e164_read");
        assertThat(schema.need(true).statements())
                .as("without the columns for telephones")
                .hasSize(1);
        assertThat(schema.need(false).statements())
                .as("for campaigns without a country")
                .isEmpty();
        database.run("ALTER TABLE another_list DROP COLUMN vars");
        assertThat(schema.need(false).statements())
                .as("each claim reads variables")
                .first()
                .asString()
                .contains("vars TEXT");
        assertThat(schema.need(false).problem(false)).contains("callout.alter-tables=true");
        assertThat(schema.prepare()).hasSize(2);

        database.run("INSERT INTO another_list VALUES ('1', NULL, NULL, NULL, NULL, NULL, NULL),"
                + " ('2', NULL, NULL, 0, 0, 0, '')");
        assertThat(new DestinationList(database.dataSource(), "another_list", LONGEST)
                        .claim(shuffled(5))
                        .numbers())
                .extracting(ClaimedNumber::cld)
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void callsEndsAreWrittenWhereOldScriptsReadThem() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('1', NULL, 'success', 0, 0, NULL, NULL),"
                + " ('2', NULL, NULL, 2, 0, NULL, NULL), ('3', NULL, NULL, NULL, NULL, NULL, NULL),"
                + " ('4', NULL, NULL, 0, 0, NULL, NULL)");
        prepare();
        List<ClaimedNumber> numbers = list.claim(order(9)).numbers();
        assertThat(list.markSent("me", marks(numbers))).hasSize(4);
        assertThat(database.column(VISIBLE))
                .containsExactly(
                        "1 2026-11-22 15:30:01 - 1 1",
                        "2 2026-11-22 15:30:01 - 3 1",
                        "3 2026-11-22 15:30:01 - 1 1",
                        "4 2026-11-22 15:30:01 - 1 1");

        String batch = "[" + answer(of("1", numbers)) + ","
                + end(of("1", numbers), "success", 1, null, "NORMAL_CLEARING") + ","
                + end(of("2", numbers), "failure", 1, null, "A_CAUSE_LONGER_THAN_THE_COLUMN_HOLDS") + ","
                + end(of("3", numbers), "premature hangup", 0, NOW.plusSeconds(100), "NORMAL_CLEARING") + ","
                + end(of("4", numbers), "failure", 1, null, "UNALLOCATED_NUMBER") + "]";
        list.write(batch, false);
        list.write(batch, false);

        assertThat(database.column(VISIBLE))
                .containsExactly(
                        "1 2026-11-22 15:30:09 success 1 0",
                        "2 2026-11-22 15:30:09 A_CAUSE_LONGER_THAN_THE_COLUMN 3 0",
                        "3 2026-11-22 15:30:09 premature hangup 1 0",
                        "4 2026-11-22 15:30:09 UNALLOCATED_NUMBER 1 0");
        assertThat(database.column(
                        "SELECT CONCAT_WS(' ', i_campaign, number, attempt, status, hangup_cause) FROM call_attempts"
                                + " ORDER BY number"))
                .hasSize(4)
                .startsWith("1 1 1 success NORMAL_CLEARING");
        assertThat(list.look(1, NOW)).isEqualTo(new ListState(false, true, NOW.plusSeconds(100), false, false));
        assertThat(list.claim(ClaimOrders.by("me", NOW.plusSeconds(99), 9)).numbers())
                .isEmpty();
        assertThat(list.claim(ClaimOrders.by("me", NOW.plusSeconds(100), 9)).numbers())
                .extracting(ClaimedNumber::cld)
                .containsExactly("3");

        database.run("UPDATE campaigns SET max_attempts = 4");
        assertThat(list.claim(ClaimOrders.by("me", NOW.plusSeconds(100), 9)).numbers())
                .as("one attempt more")
                .extracting(ClaimedNumber::cld)
                .containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls = 0, in_use = 0", "calls = NULL, in_use = NULL, lastcall = NULL, lastresult = NULL"})
    void restartByUpdateMakesNumbersFreshEvenDuringTheirCalls(String restart) throws Exception {
        database.run(
                "INSERT INTO callout_list VALUES ('1', NULL, NULL, 0, 0, NULL, NULL), ('2', NULL, NULL, 0, 0, NULL, NULL),"
                        + " ('3', NULL, NULL, 0, 0, NULL, NULL), ('4', NULL, NULL, 1, 0, NULL, NULL)");
        prepare();
        List<ClaimedNumber> numbers = list.claim(order(9)).numbers();
        list.markSent("me", marks(List.of(of("1", numbers), of("2", numbers))));
        list.write("[" + end(of("2", numbers), "success", 1, null, "NORMAL_CLEARING") + "]", false);

        database.run("UPDATE callout_list SET " + restart);

        assertThat(claim(9)).as("those in progress are not taken twice").containsExactly("2");
        assertThat(list.markSent("me", marks(List.of(of("4", numbers)))))
                .as("claimed for its second attempt")
                .isEmpty();
        list.giveBack("me", List.of(GivenBack.asItWas(of("4", numbers)), GivenBack.asItWas(of("3", numbers))));
        list.write("[" + end(of("1", numbers), "failure", 0, NOW.plusSeconds(600), "USER_BUSY") + "]", false);
        assertThat(list.claim(order(9)).numbers())
                .extracting(number -> number.cld() + " " + number.attempt())
                .containsExactly("1 1", "3 1", "4 1");
    }

    @Test
    void changedLastCallDecidesWhenARetryIsDue() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('1', NULL, NULL, 0, 0, NULL, NULL)");
        prepare();
        List<ClaimedNumber> numbers = list.claim(order(9)).numbers();
        list.markSent("me", marks(numbers));
        list.write("[" + end(numbers.get(0), "failure", 0, NOW.plusSeconds(600), "USER_BUSY") + "]", false);
        assertThat(claim(9)).isEmpty();

        database.run("UPDATE callout_list SET lastcall = '2026-11-22 15:29:00'");

        assertThat(claim(9)).containsExactly("1");
    }

    @Test
    void givenBackNumbersAreAsBefore() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('1', '2026-11-22 15:00:00', 'USER_BUSY', 1, 0, NULL, NULL),"
                + " ('2', NULL, NULL, NULL, NULL, NULL, NULL), ('3', NULL, NULL, 0, 0, NULL, NULL)");
        prepare();
        List<ClaimedNumber> numbers = list.claim(order(9)).numbers();
        list.markSent("me", marks(List.of(of("1", numbers), of("3", numbers))));

        list.giveBack("other", List.of(GivenBack.asItWas(of("1", numbers))));
        list.giveBack(
                "me",
                List.of(
                        GivenBack.asItWas(of("1", numbers)),
                        GivenBack.asItWas(of("2", numbers)),
                        GivenBack.until(of("3", numbers), NOW.plusSeconds(5))));

        assertThat(database.column(VISIBLE))
                .containsExactly("1 2026-11-22 15:00:00 USER_BUSY 1 0", "2 - - - 0", "3 - - 0 0");
        assertThat(claim(9)).containsExactly("1", "2");
        assertThat(list.claim(ClaimOrders.by("me", NOW.plusSeconds(5), 9)).numbers())
                .extracting(ClaimedNumber::cld)
                .containsExactly("3");
    }

    @Test
    void numberNotToBeCalledIsClosedUntilThatExpires() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('1', NULL, NULL, 0, 0, NULL, NULL),"
                + " ('2', NULL, NULL, 0, 0, NULL, NULL)");
        database.run("INSERT INTO do_not_call (number, expires) VALUES ('1', NULL), ('2', '2026-11-22 10:00:05')");
        prepare();

        assertThat(list.claim(order(9))).returns(List.of(), Claim::numbers).returns(2, Claim::closed);
        assertThat(database.column(VISIBLE)).containsExactly("1 - DO_NOT_CALL 0 0", "2 - DO_NOT_CALL 0 0");
        assertThat(list.look(1, NOW))
                .isEqualTo(new ListState(false, true, Instant.parse("2026-11-22T10:00:05Z"), false, false));
        assertThat(list.claim(ClaimOrders.by("me", NOW.plusSeconds(5), 9)).numbers())
                .extracting(ClaimedNumber::cld)
                .containsExactly("2");
    }

    @Test
    void campaignsThatShareAListNeverHoldOneNumberTogether() throws Exception {
        database.run("INSERT INTO campaigns (name, max_attempts) VALUES ('two', 5)");
        database.run(
                "INSERT INTO callout_list SELECT seq, NULL, NULL, 3 * (seq > 20), 0, NULL, NULL FROM seq_11_to_30");
        prepare();

        List<String> first = claim(6);
        Claim two =
                list.claim(new ClaimOrder(2, "me", NOW, 99, Duration.ofSeconds(2), false, LONGEST, ClaimCursor.START));

        assertThat(first).hasSize(6);
        assertThat(two.numbers())
                .extracting(ClaimedNumber::cld)
                .doesNotContainAnyElementsOf(first)
                .hasSize(14);
        assertThat(two.inProgress()).isEqualTo(14);
        assertThat(list.inProgress(1)).isEqualTo(6);
    }

    @Test
    void campaignThatNeverEndsTakesFinishedNumbersAnewAndAnotherOneLeavesThemAlone() throws Exception {
        database.run("INSERT INTO campaigns (name, max_attempts, backoff_sec, finish_on) VALUES ('endless', 3, 60, 0)");
        database.run("INSERT INTO callout_list VALUES ('1success', '2026-11-22 15:29:00', 'success', 2, 0, NULL, NULL),"
                + " ('2success just now', '2026-11-22 15:29:01', 'success', 1, 0, NULL, NULL),"
                + " ('3spent', '2026-11-22 15:20:00', 'USER_BUSY', 3, 0, NULL, NULL),"
                + " ('4retry', '2026-11-22 15:20:00', 'USER_BUSY', 2, 0, NULL, NULL),"
                + " ('5never again', '2026-11-22 15:20:00', 'UNALLOCATED_NUMBER', 1, 0, NULL, NULL),"
                + " ('6spent and marked', '2026-11-22 15:20:00', NULL, 3, 1, NULL, NULL)");
        prepare();
        database.run("UPDATE callout_list SET callout_next_call = '9999-12-31', callout_next_calls = calls,"
                + " callout_next_lastcall = lastcall WHERE number LIKE '5%'");

        assertThat(list.count(1, NOW)).isEqualTo(new NumberCounts(1, 0, 0, 1, 4));
        assertThat(list.count(2, NOW)).isEqualTo(new NumberCounts(3, 1, 0, 1, 1));
        assertThat(list.look(2, NOW))
                .isEqualTo(new ListState(true, true, Instant.parse("2026-11-22T09:51:00Z"), false, false));
        List<ClaimedNumber> numbers = endless(NOW);
        assertThat(numbers)
                .extracting(number -> number.cld() + " " + number.attempt())
                .containsExactlyInAnyOrder("1success 1", "3spent 1", "4retry 3", "6spent and marked 1");
        assertThat(list.count(2, NOW)).isEqualTo(new NumberCounts(0, 1, 4, 0, 1));
        assertThat(list.count(1, NOW)).isEqualTo(new NumberCounts(0, 0, 0, 4, 2));

        list.giveBack("me", List.of(GivenBack.until(of("1success", numbers), NOW.plusSeconds(5))));
        assertThat(list.markSent("me", marks(List.of(of("3spent", numbers), of("4retry", numbers)))))
                .hasSize(2);
        assertThat(database.column(VISIBLE))
                .startsWith(
                        "1success 2026-11-22 15:29:00 success 2 0",
                        "2success just now 2026-11-22 15:29:01 success 1 0",
                        "3spent 2026-11-22 15:30:01 - 1 1");
        assertThat(endless(NOW)).as("given back until later").isEmpty();
        assertThat(endless(NOW.plusSeconds(5)))
                .extracting(ClaimedNumber::cld)
                .containsExactlyInAnyOrder("1success", "2success just now");

        list.giveBack("me", List.of(GivenBack.asItWas(of("3spent", numbers))));
        list.write(
                "["
                        + end(of("4retry", numbers), "failure", 1, null, "UNALLOCATED_NUMBER")
                                .replace("\"campaign\":1", "\"campaign\":2")
                                .replace("\"never\":false", "\"never\":true")
                        + "]",
                false);
        assertThat(database.column(VISIBLE))
                .contains(
                        "3spent 2026-11-22 15:20:00 USER_BUSY 3 0",
                        "4retry 2026-11-22 15:30:09 UNALLOCATED_NUMBER 3 0");
        assertThat(endless(NOW.plusSeconds(1000)))
                .as("what ended with a cause never to be tried again stays")
                .extracting(ClaimedNumber::cld)
                .containsExactly("3spent");
        assertThat(claim(9)).as("by the campaign that ends").isEmpty();
    }

    @Test
    void campaignThatNeverEndsTakesUntouchedNumbersFirstAndThenWhoWasCalledTheLongestAgo() throws Exception {
        database.run("INSERT INTO campaigns (name, max_attempts, backoff_sec, finish_on) VALUES ('endless', 3, 60, 0)");
        database.run("INSERT INTO callout_list VALUES ('1', '2026-11-22 15:20:00', 'success', 1, 0, NULL, NULL),"
                + " ('2', '2026-11-22 15:10:00', 'USER_BUSY', 3, 0, NULL, NULL),"
                + " ('3', '2026-11-22 15:00:00', 'success', 2, 0, NULL, NULL), ('4', NULL, NULL, 0, 0, NULL, NULL)");
        prepare();

        assertThat(endless(NOW)).extracting(ClaimedNumber::cld).containsExactly("4", "3", "2", "1");
    }

    private List<ClaimedNumber> endless(Instant now) throws Exception {
        return list.claim(new ClaimOrder(2, "me", now, 99, Duration.ofSeconds(2), false, LONGEST, ClaimCursor.START))
                .numbers();
    }

    @Test
    void runEndsOnlyIfNoNumberIsLeftAtThatMoment() throws Exception {
        database.run("UPDATE campaigns SET finish_on = -1, run_started = '2026-11-22 09:00:00'");
        database.run("INSERT INTO callout_list VALUES ('1', '2026-11-22 15:20:00', 'success', 1, 0, NULL, NULL),"
                + " ('2', '2026-11-22 15:20:00', 'USER_BUSY', 3, 0, NULL, NULL)");
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, 'of another time')");
        prepare();
        for (String open : List.of(
                "calls = 0",
                "calls = 2",
                "calls = 2, in_use = 1",
                "callout_uuid = 'up'",
                "calls = 1, callout_next_call = '2026-11-22 11:00:00', callout_next_calls = 1,"
                        + " callout_next_lastcall = lastcall")) {
            assertThat(list.look(1, NOW).hasOpen()).as("as the scan saw it").isFalse();
            database.run("UPDATE callout_list SET " + open + " WHERE number = '2'");
            assertThat(endRun()).as(open).isZero();
            database.run("UPDATE callout_list SET calls = 3, in_use = 0, callout_uuid = NULL, callout_next_call = NULL"
                    + " WHERE number = '2'");
        }
        assertThat(endRun()).isEqualTo(1);
        assertThat(database.column("SELECT CONCAT_WS(' ', paused, run_ended IS NOT NULL) FROM campaigns"))
                .containsExactly("1 1");
    }

    /** As the route does. Returns how many runs have ended. */
    private int endRun() throws SQLException {
        return database.run(list.endRun().replace(":#campaign", "1"));
    }

    @Test
    void claimsThatRaceTakeEachNumberOnce() throws Exception {
        database.run("INSERT INTO campaigns (name) VALUES ('two')");
        database.run("UPDATE campaigns SET max_concurrent_calls = 1000");
        database.run(
                "INSERT INTO callout_list SELECT seq, '2020-01-01', NULL, seq % 2, 0, NULL, NULL FROM seq_1001_to_1400");
        prepare();
        ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
        Callable<Void> claimAll = () -> {
            for (int none = 0; none < 3; ) {
                for (long campaign = 1; campaign <= 2; campaign++) {
                    List<ClaimedNumber> numbers = list.claim(new ClaimOrder(
                                    campaign, "me", NOW, 7, Duration.ofSeconds(2), false, LONGEST, ClaimCursor.START))
                            .numbers();
                    numbers.forEach(number -> taken.add(number.cld()));
                    none = numbers.isEmpty() ? none + 1 : 0;
                }
            }
            return null;
        };

        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(4, claimAll))) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(taken).hasSize(400).doesNotHaveDuplicates();
        assertThat(list.inProgress(1) + list.inProgress(2)).isEqualTo(400);
    }

    @Test
    void lostNodesCallsAreTakenOverAndItsUnsentNumbersAreDueAgain() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('1', NULL, NULL, 0, 0, NULL, NULL),"
                + " ('2', NULL, NULL, NULL, NULL, NULL, NULL)");
        prepare();
        List<ClaimedNumber> numbers = list.claim(order(9)).numbers();
        list.markSent("me", marks(List.of(of("1", numbers))));
        list.write("[" + answer(of("1", numbers)) + "]", false);
        Nodes nodes = new Nodes(database.dataSource());
        nodes.register("two", "taker", Duration.ofHours(1));
        nodes.release("me");

        assertThat(list.ownersWithoutNode()).containsExactly("me");
        TakenOver taken = list.takeOver("me", null, "taker");

        assertThat(taken.givenBack()).isEqualTo(1);
        assertThat(taken.calls())
                .containsExactly(new LostCall(
                        of("1", numbers).row(),
                        1,
                        "1",
                        of("1", numbers).callUuid(),
                        1,
                        "fs1",
                        null,
                        NOW.plusSeconds(1),
                        NOW.plusSeconds(2),
                        NOW.plusSeconds(60),
                        null));
        assertThat(database.column(VISIBLE)).containsExactly("1 2026-11-22 15:30:01 - 1 1", "2 - - - 0");
        list.write(
                "[" + end(of("1", numbers), "success", 1, null, "LOST_RESULT").replace("\"me\"", "\"taker\"") + "]",
                false);
        assertThat(database.column(VISIBLE)).first().isEqualTo("1 2026-11-22 15:30:09 success 1 0");
    }

    @Test
    void droppedListIsWrittenToWithoutAFaultAndLeavesItsAttempts() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('1', NULL, NULL, 0, 0, NULL, NULL),"
                + " ('2', NULL, NULL, 0, 0, NULL, NULL)");
        prepare();
        List<ClaimedNumber> numbers = list.claim(order(9)).numbers();
        database.run("DELETE FROM callout_list WHERE number = '2'");
        list.write("[" + end(numbers.get(1), "success", 1, null, "NORMAL_CLEARING") + "]", false);
        assertThat(database.column("SELECT call_uuid FROM call_attempts"))
                .containsExactly(numbers.get(1).callUuid());
        database.run("DROP TABLE callout_list");

        assertThat(list.markSent("me", marks(numbers))).isEmpty();
        list.giveBack("me", List.of(GivenBack.asItWas(numbers.get(0))));
        list.write("[" + end(numbers.get(0), "success", 1, null, "NORMAL_CLEARING") + "]", false);
        assertThat(database.column("SELECT call_uuid FROM call_attempts"))
                .hasSize(2)
                .contains(numbers.get(0).callUuid());
        assertThat(list.releaseUnsent("me")).isZero();
        assertThat(list.ownersWithoutNode()).isEmpty();
        assertThat(list.claim(order(9)).numbers()).isEmpty();
    }

    @Test
    void scriptThatLocksTheListKeepsOthersWaitingBrieflyOnly() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('1', NULL, NULL, 0, 0, NULL, NULL),"
                + " ('2', NULL, NULL, 0, 0, NULL, NULL)");
        prepare();
        List<ClaimedNumber> numbers = list.claim(order(1)).numbers();
        try (Connection script = database.dataSource().getConnection();
                Statement statement = script.createStatement()) {
            script.setAutoCommit(false);
            statement.executeUpdate("UPDATE callout_list SET calls = 0, in_use = 0");

            assertThat(claim(9)).isEmpty();
            assertThatThrownBy(() -> assertTimeoutPreemptively(
                            Duration.ofSeconds(30), () -> list.markSent("me", marks(numbers))))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("imeout");
            script.commit();
        }
        assertThat(list.markSent("me", marks(numbers)))
                .as("restarted since it was claimed")
                .isEmpty();
    }

    @Test
    void statusIsWrittenWhileSomebodyHoldsItsCampaignsRow() throws Exception {
        database.run("INSERT INTO callout_list VALUES ('1', NULL, NULL, 0, 0, NULL, NULL)");
        prepare();
        List<ClaimedNumber> numbers = list.claim(order(1)).numbers();
        list.markSent("me", marks(numbers));
        try (Connection claim = database.dataSource().getConnection();
                Statement statement = claim.createStatement()) {
            claim.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM campaigns FOR UPDATE");

            list.write("[" + end(numbers.get(0), "success", 1, null, "NORMAL_CLEARING") + "]", false);
            claim.rollback();
        }
        assertThat(database.column(VISIBLE)).containsExactly("1 2026-11-22 15:30:09 success 1 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a`b",
                "a;b",
                "a.b",
                "ä",
                "Nodes",
                "campaign_phones",
                "a2345678901234567890123456789012345678901234567890123456789012345"
            })
    void namesThatCouldBeSomethingElseAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DestinationList(database.dataSource(), name, LONGEST));
        assertThatIllegalArgumentException().isThrownBy(() -> new ListSchema(database.dataSource(), name));
    }

    private static ClaimedNumber of(String cld, List<ClaimedNumber> numbers) {
        return numbers.stream()
                .filter(number -> number.cld().equals(cld))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aResultThatIsTooLongIsCutAndOneThatAConstraintForbidsIsRefused() throws Exception {
        database.run("ALTER TABLE callout_list MODIFY lastresult VARCHAR(6) CHECK (lastresult <> 'USER_B')");
        prepare();
        database.run("INSERT INTO callout_list (number) VALUES ('1'), ('2')");
        List<ClaimedNumber> numbers = list.claim(order(2)).numbers();

        list.write("[" + end(numbers.get(0), "failure", 0, NOW.plusSeconds(600), "NO_ANSWER") + "]", false);
        assertThatThrownBy(() -> list.write(
                        "[" + end(numbers.get(1), "failure", 0, NOW.plusSeconds(600), "USER_BUSY") + "]", false))
                .isInstanceOfSatisfying(SQLException.class, refusal -> assertThat(DatabaseFault.of(refusal))
                        .isEqualTo(DatabaseFault.REFUSED));
        assertThat(database.column(
                        "SELECT CONCAT_WS(' ', number, in_use, lastresult) FROM callout_list ORDER BY number"))
                .containsExactly("1 0 NO_ANS", "2 1");
        assertThat(database.column("SELECT number FROM call_attempts")).containsExactly("1");
    }

    /** Lists in the layout of an earlier version, and lists that imports do not write, lack the columns. */
    @ParameterizedTest(name = "columns {0}, {1}")
    @CsvSource({"false, false", "true, false", "true, true"})
    void anAttemptNamesTheConsentAndTheImportOfItsNumberIfTheListHasThem(boolean consent, boolean imports)
            throws Exception {
        database.run("ALTER TABLE callout_list ENGINE=InnoDB");
        ListName name = new ListName("callout_list");
        database.run(name.statement("extend"));
        database.run("INSERT INTO callout_list VALUES ('1', NULL, NULL, 0, 0, NULL, NULL)");
        if (consent) {
            database.run(name.statement("extend-telephones"));
            database.run("UPDATE callout_list SET consent = 'shop, 2026'");
        }
        if (imports) {
            database.run("ALTER TABLE callout_list ADD COLUMN i_import BIGINT DEFAULT 7 INVISIBLE");
        }
        List<ClaimedNumber> numbers = list.claim(order(9)).numbers();
        list.markSent("me", marks(numbers));

        list.write("[" + end(numbers.get(0), "success", 1, null, "NORMAL_CLEARING") + "]", false);

        assertThat(database.column("SELECT CONCAT_WS(' ', number, COALESCE(consent, '-'), COALESCE(i_import, '-'))"
                        + " FROM call_attempts"))
                .containsExactly("1 " + (consent ? "shop, 2026" : "-") + " " + (imports ? "7" : "-"));
    }

    private static String answer(ClaimedNumber number) {
        return "{\"id\":" + number.row() + ",\"campaign\":1,\"number\":\"" + number.cld() + "\",\"call\":\""
                + number.callUuid()
                + "\",\"owner\":\"me\",\"attempt\":" + number.attempt() + ",\"status\":\"answer\",\"finished\":0,"
                + "\"setup\":1795341601.125,\"connect\":1795341602.125,\"ended\":false}";
    }

    private static String end(ClaimedNumber number, String status, int finished, Instant nextCall, String cause) {
        return "{\"id\":" + number.row() + ",\"campaign\":1,\"number\":\"" + number.cld() + "\",\"call\":\""
                + number.callUuid()
                + "\",\"owner\":\"me\",\"attempt\":" + number.attempt() + ",\"status\":\"" + status
                + "\",\"finished\":" + finished + ",\"never\":" + (finished == 1 && number.attempt() < 3)
                + ",\"next_call\":" + EpochSeconds.of(nextCall)
                + ",\"setup\":1795341601.125,\"disconnect\":1795341609.75,\"cause\":\"" + cause + "\",\"ended\":true}";
    }
}
