package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.sql.DatabaseFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers and ends of calls, written to {@code campaign_phones}. */
class WriteStatusIT {
    private TestDatabase database;
    private CampaignPhones phones;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        phones = new CampaignPhones(database.dataSource());
        database.run("INSERT INTO campaigns (name) VALUES ('one')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void answerAndEndAreWrittenOnceAndLateOnesDoNothing() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '#1'), (1, '$2'), (1, '3')");
        List<ClaimedNumber> numbers = phones.claim(order(3)).numbers();
        String answers = "[" + answer(numbers.get(0)) + "," + answer(numbers.get(1)) + "]";
        String ends = "[" + end(numbers.get(0)) + "]";

        phones.write(answers, false);
        assertThat(database.column(
                        "SELECT CONCAT_WS(' ', status, UNIX_TIMESTAMP(connect_time), owner) FROM campaign_phones"))
                .containsExactly("answer 1795341602.500 me", "answer 1795341602.500 me", "trying me");

        phones.write(ends, false);
        List<Map<String, Object>> written = database.rows("SELECT * FROM campaign_phones");
        assertThat(database.column("SELECT CONCAT_WS(' ', finished, call_count, UNIX_TIMESTAMP(setup_time),"
                        + " UNIX_TIMESTAMP(connect_time), UNIX_TIMESTAMP(disconnect_time), UNIX_TIMESTAMP(next_call),"
                        + " UNIX_TIMESTAMP(expires), status, hangup_cause, sip_status, call_switch, call_uuid, owner)"
                        + " FROM campaign_phones WHERE i_campaign_phone = 1"))
                .containsExactly("0 1 1795341601.250 1795341602.500 1795341609.750 1795342209.750 1795341609.750"
                        + " premature hangup NORMAL'CLEARING 200 fs1");
        assertThat(
                        database.column(
                                "SELECT CONCAT_WS(' ', i_campaign, i_campaign_phone, number, attempt, setup_time,"
                                        + " connect_time,"
                                        + " disconnect_time, status, hangup_cause, q850, sip_status, call_switch, retry_sec, call_gateway) FROM call_attempts"))
                .containsExactly("1 1 ?:#1$ 1 2026-11-22 10:00:01.250 2026-11-22 10:00:02.500 2026-11-22 10:00:09.750"
                        + " premature hangup NORMAL'CLEARING 16 200 fs1 600.000 external/two");

        phones.write(ends, false);
        phones.write("[" + answer(numbers.get(0)) + "]", false);
        phones.write("[" + end(numbers.get(1)).replace("\"me\"", "\"other\"") + "]", false);
        phones.write("[]", false);
        assertThat(database.rows("SELECT * FROM campaign_phones")).isEqualTo(written);
        assertThat(database.column("SELECT COUNT(*) FROM call_attempts")).containsExactly("1");
    }

    @Test
    void endWinsOverTheAnswerOfTheSameCallInTheSameBatch() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1')");
        ClaimedNumber number = phones.claim(order(1)).numbers().get(0);

        phones.write("[" + answer(number) + "," + end(number) + "," + answer(number) + "]", false);

        assertThat(database.column("SELECT status FROM campaign_phones WHERE call_uuid IS NULL"))
                .containsExactly("premature hangup");
    }

    @Test
    void anEndUnderAnEarlierOwnersNameInTheSameBatchHidesNone() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1'), (1, '2')");
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();

        phones.write(
                "[" + end(numbers.get(0)) + "," + end(numbers.get(0)).replace("\"me\"", "\"other\"") + ","
                        + end(numbers.get(1)).replace("\"me\"", "\"other\"") + "," + end(numbers.get(1)) + "]",
                false);

        assertThat(database.column("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NULL"))
                .containsExactly("2");
        assertThat(database.column("SELECT COUNT(*) FROM call_attempts")).containsExactly("2");
    }

    @Test
    void textThatDoesNotFitNeverFailsTheBatch() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1'), (1, '2')");
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();

        phones.write(
                "[" + end(numbers.get(0)).replace("NORMAL'CLEARING", "\uD83D\uDCDE".repeat(300)) + ","
                        + end(numbers.get(1)).replace("?:#1$", "9".repeat(100)) + "]",
                false);

        assertThat(database.column("SELECT CHAR_LENGTH(hangup_cause) FROM campaign_phones WHERE call_uuid IS NULL"))
                .containsExactly("255", "15");
        assertThat(database.column("SELECT COUNT(*) FROM call_attempts")).containsExactly("2");
    }

    @Test
    void endOfACallThatIsBeingTakenOverIsTheTakersToRecord() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1')");
        ClaimedNumber number = phones.claim(order(1)).numbers().get(0);
        try (Connection taker = database.dataSource().getConnection();
                Statement takeOver = taker.createStatement()) {
            taker.setAutoCommit(false);
            takeOver.execute("UPDATE campaign_phones SET owner = 'taker'");
            assertThatThrownBy(() -> phones.write("[" + end(number) + "]", false))
                    .extracting(DatabaseFault::of)
                    .isEqualTo(DatabaseFault.LOCKED);
            taker.commit();
        }
        phones.write("[" + end(number) + "]", false);

        assertThat(database.column("SELECT COUNT(*) FROM call_attempts")).containsExactly("0");
        assertThat(database.column("SELECT CONCAT_WS(' ', status, owner) FROM campaign_phones"))
                .containsExactly("trying taker");
    }

    @Test
    void aNumberThatIsDeletedOrReplacedDuringItsCallLeavesItsAttempt() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1'), (1, '2')");
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();
        database.run("DELETE FROM campaign_phones WHERE cld = '1'");
        database.run("REPLACE INTO campaign_phones (i_campaign_phone, i_campaign, cld) VALUES (2, 1, 'other')");
        String ends = "[" + end(numbers.get(0)) + "," + end(numbers.get(1)) + "]";

        phones.write(ends, false);
        phones.write(ends, false);

        assertThat(database.column(
                        "SELECT CONCAT_WS(' ', i_campaign_phone, call_uuid, disconnect_time) FROM call_attempts"))
                .containsExactlyInAnyOrder(
                        "1 " + numbers.get(0).callUuid() + " 2026-11-22 10:00:09.750",
                        "2 " + numbers.get(1).callUuid() + " 2026-11-22 10:00:09.750");
        assertThat(database.column("SELECT CONCAT_WS(' ', cld, status, call_count, COALESCE(next_call, '-'))"
                        + " FROM campaign_phones"))
                .containsExactly("other idle 0 -");
    }

    @Test
    void rowsLockedForAMomentAreWaitedForButNotATableInWhichThatWasInVain() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1'), (1, '2')");
        AtomicLong nanoTime = new AtomicLong();
        phones = new CampaignPhones(database.dataSource(), nanoTime::get);
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();
        String ends = "[" + end(numbers.get(0)) + "," + end(numbers.get(1)) + "]";
        try (Connection other = database.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT * FROM campaign_phones WHERE cld = '2' FOR UPDATE");
            long before = millisWaited();
            assertThatThrownBy(() -> phones.write(ends, false))
                    .extracting(DatabaseFault::of)
                    .isEqualTo(DatabaseFault.LOCKED);
            long inVain = millisWaited();
            assertThat(inVain - before).isPositive();
            nanoTime.addAndGet(Duration.ofMillis(4999).toNanos());
            assertThatThrownBy(() -> phones.write(ends, false))
                    .extracting(DatabaseFault::of)
                    .isEqualTo(DatabaseFault.LOCKED);
            assertThat(millisWaited()).isEqualTo(inVain);

            nanoTime.addAndGet(Duration.ofMillis(1).toNanos());
            // The server lets go of the row as soon as it sees somebody wait; it looks anew a tenth of a second after a
            // look.
            CompletableFuture<Void> letGo = CompletableFuture.runAsync(() -> execute(
                    lock,
                    "BEGIN NOT ATOMIC"
                            + " DECLARE looks INT DEFAULT 0;"
                            + " WHILE looks < 300 AND NOT EXISTS (SELECT * FROM information_schema.innodb_trx"
                            + " WHERE trx_state = 'LOCK WAIT')"
                            + " DO SET looks = looks + 1; DO SLEEP(0.15); END WHILE; COMMIT; END"));
            phones.write(ends, false);
            letGo.join();
        }
        assertThat(database.column("SELECT COUNT(*) FROM call_attempts")).containsExactly("2");
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /** How long transactions have waited for rows so far, by the server's own count. */
    private long millisWaited() throws SQLException {
        return Long.parseLong((String) database.rows("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_time'")
                .get(0)
                .get("Value"));
    }

    private static String answer(ClaimedNumber number) {
        return "{\"id\":" + number.row() + ",\"campaign\":1,\"number\":\"1\",\"call\":\"" + number.callUuid()
                + "\",\"owner\":\"me\",\"attempt\":1,\"count\":1,\"status\":\"answer\",\"finished\":0,\"setup\":1795341601.25,"
                + "\"connect\":1795341602.5,\"ended\":false}";
    }

    private static String end(ClaimedNumber number) {
        return "{\"id\":" + number.row() + ",\"campaign\":1,\"number\":\"?:#1$\",\"call\":\"" + number.callUuid()
                + "\",\"owner\":\"me\",\"attempt\":1,\"count\":1,\"status\":\"premature"
                + " hangup\",\"finished\":0,\"next_call\":1795342209.75,\"retry_sec\":600,"
                + "\"setup\":1795341601.25,\"connect\":1795341602.5,\"disconnect\":1795341609.75,\"cause\":\"NORMAL'CLEARING\","
                + "\"q850\":16,\"sip\":200,\"switch\":\"fs1\",\"gateway\":\"external/two\",\"ended\":true}";
    }
}
