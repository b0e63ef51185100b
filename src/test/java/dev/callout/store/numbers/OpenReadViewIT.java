package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** While a dump runs, the index entries of numbers dialled since it began cannot be removed. */
class OpenReadViewIT {
    private static final int DIALLED = 30_000;
    /** Pages that so many entries take at the very least. */
    private static final int LEFT_BEHIND = DIALLED / 1000;
    /** Ten entries may lie on two pages. */
    private static final int NEXT_PAGE = 1;

    private static final int TRIES = 5;

    @Test
    void claimDoesNotWalkOverWhatEarlierClaimsLeftBehind() throws Exception {
        try (TestDatabase database = TestDatabase.withTables();
                Connection dump = database.dataSource().getConnection();
                Statement view = dump.createStatement()) {
            database.run("INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('one', 1000)");
            database.run(
                    "INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, seq FROM seq_1_to_" + (DIALLED + 1000));
            database.rows("ANALYZE TABLE campaign_phones");
            int untouched = pagesRead(database, ClaimCursor.START);
            view.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            CampaignPhones phones = new CampaignPhones(database.dataSource());
            database.run("UPDATE campaign_phones SET finished = 1 WHERE i_campaign_phone <= " + DIALLED);
            ClaimCursor cursor = phones.claim(order(10)).cursor();

            int fromStart = pagesRead(database, ClaimCursor.START);
            int fromCursor = pagesRead(database, cursor);

            assertThat(fromStart).as("what the dump holds up").isGreaterThan(untouched + LEFT_BEHIND);
            assertThat(fromCursor).isLessThanOrEqualTo(untouched + NEXT_PAGE);
            assertThat(phones.claim(order(10, cursor)).numbers()).hasSize(10);
            dump.rollback();
        }
    }

    @Test
    void dueRetriesAreFoundWithoutWalkingOverCallsThatHaveEnded() throws Exception {
        try (TestDatabase database = TestDatabase.withTables();
                Connection dump = database.dataSource().getConnection();
                Statement view = dump.createStatement()) {
            database.run(
                    "INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, seq FROM seq_1_to_" + (DIALLED + 1000));
            database.rows("ANALYZE TABLE campaign_phones");
            long untouched = pagesReadForDue(database);
            view.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            database.run(
                    "UPDATE campaign_phones SET call_uuid = i_campaign_phone WHERE i_campaign_phone <= " + DIALLED);
            database.run("UPDATE campaign_phones SET call_uuid = NULL WHERE i_campaign_phone <= " + DIALLED);

            assertThat(pagesReadForDue(database)).isLessThan(untouched + LEFT_BEHIND);
            dump.rollback();
        }
    }

    /**
     * Pages that the server looked at to find that no retry is due, whoever wrote the times. All that the server does is
     * counted, so the least of several tries.
     */
    private static long pagesReadForDue(TestDatabase database) throws SQLException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = pagesRead(database);
            for (String pick : List.of("pick-due", "pick-due-utc")) {
                assertThat(database.rows(SqlText.of("campaign_phones/" + pick)
                                .replace(":#from", "NULL")
                                .replace(":#now", "UNIX_TIMESTAMP()")
                                .replace(":#campaign", "1")
                                .replace(":#limit", "10")))
                        .isEmpty();
            }
            least = Math.min(least, pagesRead(database) - before);
        }
        return least;
    }

    private static long pagesRead(TestDatabase database) throws SQLException {
        return Long.parseLong(database.column("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
                        + " WHERE VARIABLE_NAME = 'INNODB_BUFFER_POOL_READ_REQUESTS'")
                .get(0));
    }

    private static int pagesRead(TestDatabase database, ClaimCursor cursor) throws SQLException {
        return pagesRead(
                database,
                SqlText.of("campaign_phones/pick-sequential")
                        .replace(":#sequence", Long.toString(cursor.sequence()))
                        .replace(":#row", Long.toString(cursor.row())));
    }

    /** Pages that the server looked at to pick ten numbers: exact, and this statement's alone. */
    private static int pagesRead(TestDatabase database, String pick) throws SQLException {
        String analysis = database.column(pick.replace("FOR\nSELECT", "FOR ANALYZE FORMAT=JSON SELECT")
                        .replace(":#campaign", "1")
                        .replace(":#limit", "10"))
                .get(0);
        Matcher pages = Pattern.compile("\"pages_accessed\": (\\d+)").matcher(analysis);
        assertThat(pages.find()).as(analysis).isTrue();
        return Integer.parseInt(pages.group(1));
    }
}
