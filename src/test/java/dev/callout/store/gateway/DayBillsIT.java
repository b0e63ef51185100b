package dev.callout.store.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.store.TestDatabase;
import dev.callout.store.numbers.HandlerReads;
import dev.callout.store.sql.Transactions;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That each bill counts once, for its day, whatever is repeated, and whenever the limit was set. */
class DayBillsIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);

    private static final int OWNERS = 4;
    private static final int OF_THE_DAY = 200;

    private TestDatabase database;
    private DayBills bills;

    @BeforeEach
    void createTables() throws Exception {
        database = TestDatabase.withTables();
        bills = new DayBills(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void attempt(String call, String ended, int billedSec, String cost) throws Exception {
        database.run("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                + " setup_time, disconnect_time, billed_sec, cost) VALUES ('" + call + "', 1, 1, '1', 1, 'success', '"
                + ended + "', '" + ended + "', " + billedSec + ", " + cost + ")");
    }

    private void count(String owner, String... calls) throws Exception {
        StringBuilder batch = new StringBuilder();
        for (String call : calls) {
            batch.append(batch.isEmpty() ? "[" : ",")
                    .append("{\"call\":\"" + call + "\",\"owner\":\"" + owner + "\",\"bill_day\":\"" + DAY + "\"}");
        }
        Map<String, Object> parameters = Map.of("batch", batch + "]", "wait", 1);
        new Transactions(database.dataSource()).run(jdbc -> {
            DayBills.count(jdbc, parameters);
            return null;
        });
    }

    private void assertSpent(String cost, long billedSec) throws Exception {
        DayBills.Spent spent = bills.spentInAll(1, DAY, BERLIN, false);
        assertThat(spent.cost()).isEqualByComparingTo(cost);
        assertThat(spent.billedSec()).isEqualTo(billedSec);
    }

    @Test
    void aBatchThatIsRepeatedCountsOnce() throws Exception {
        attempt("a", "2026-11-30 08:00:00", 60, "0.100001");
        attempt("b", "2026-11-30 08:00:00", 6, "NULL");
        count("me", "a", "b", "a");
        count("me", "a", "b");
        attempt("c", "2026-11-30 08:00:00", 1, "0.000001");
        count("another", "c", "a");

        assertThat(bills.spent(1, DAY).billedSec()).isEqualTo(67);
        assertSpent("0.100002", 67);
    }

    @Test
    void whatEndedBeforeTheLimitWasSetCountsForItsOwnDayOnly() throws Exception {
        attempt("yesterday", "2026-11-29 22:59:59.999", 60, "1");
        attempt("first", "2026-11-29 23:00:00", 60, "2");
        attempt("last", "2026-11-30 22:59:59.999", 60, "4");
        attempt("tomorrow", "2026-11-30 23:00:00", 60, "8");
        assertSpent("6", 120);

        attempt("unknowing", "2026-11-30 12:00:00", 60, "16");
        attempt("knowing", "2026-11-30 12:00:00", 60, "32");
        count("me", "knowing");
        assertSpent("54", 240);
        assertSpent("54", 240);

        assertThat(bills.spent(1, DAY.plusDays(1)).billedSec()).isZero();
    }

    /** The counts are exact, so that a slow machine does not matter. */
    @Test
    void neitherOtherDaysNorTheAttemptsOfOtherDaysAreRead() throws Exception {
        database.run("INSERT INTO campaign_days (i_campaign, day, owner, billed_sec, made_at)"
                + " SELECT 1 + c.seq, DATE'" + DAY + "' - INTERVAL d.seq DAY, IF(o.seq = 0, '', o.seq), 10,"
                + " IF(o.seq = 0, UTC_TIMESTAMP(3), NULL)"
                + " FROM seq_0_to_20 AS c, seq_0_to_30 AS d, seq_0_to_" + OWNERS + " AS o");
        database.run("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                + " setup_time, disconnect_time, billed_sec) SELECT UUID(), 1 + seq DIV 100 % 2, seq, seq, 1, 'success', t, t, 1"
                + " FROM (SELECT seq, TIMESTAMP'2026-11-30 12:00:00' - INTERVAL seq % 100 DAY AS t FROM seq_1_to_"
                + 100 * OF_THE_DAY + ") AS all_days");
        database.rows("ANALYZE TABLE campaign_days, call_attempts");

        try (HikariDataSource single = HandlerReads.single(database)) {
            DayBills counted = new DayBills(single);
            HandlerReads reads = HandlerReads.from(single);
            assertThat(counted.spent(1, DAY).billedSec()).isEqualTo(10 * (OWNERS + 1));
            int spent = reads.rows();
            assertThat(spent).as("rows read for what was spent").isLessThanOrEqualTo(OWNERS + 1);

            assertThat(counted.spentInAll(1, DAY, BERLIN, true).billedSec()).isEqualTo(10 * OWNERS + OF_THE_DAY / 2);
            assertThat(reads.rows() - spent)
                    .as("rows read to count the day anew")
                    .isLessThanOrEqualTo(OF_THE_DAY + 2 * (OWNERS + 1) + 1);

            database.run("DELETE FROM campaign_days WHERE day = DATE'" + DAY + "' AND owner = ''");
            database.run("UPDATE campaign_days SET day = day - INTERVAL 60 DAY WHERE i_campaign = 3");
            int before = reads.rows();
            counted.spentInAll(1, DAY, BERLIN, false);
            assertThat(database.column("SELECT COUNT(*) FROM campaign_days WHERE i_campaign = 3"))
                    .as("old days are deleted")
                    .containsExactly("0");
            assertThat(reads.rows() - before)
                    .as("rows read to count a day first, and to delete old ones")
                    .isLessThanOrEqualTo(OF_THE_DAY + 2 * (OWNERS + 1) + 31 * (OWNERS + 1) + 1);
        }
    }

    @Test
    void whatEndedWhileNoLimitWasSetIsCountedAnew() throws Exception {
        attempt("before", "2026-11-30 08:00:00", 60, "1");
        assertSpent("1", 60);
        database.run("UPDATE campaign_days SET made_at = made_at - INTERVAL 1 HOUR");
        attempt("meanwhile", "2026-11-30 09:00:00", 60, "2");
        attempt("counted", "2026-11-30 10:00:00", 60, "4");
        count("me", "counted");
        assertSpent("5", 120);

        assertThat(bills.spentInAll(1, DAY, BERLIN, true).billedSec()).isEqualTo(180);
        assertSpent("7", 180);
    }
}
