package dev.callout.store.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.TestDatabase;
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
