package dev.callout.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import static dev.callout.store.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;

/** While a dump runs, the index entries of numbers dialled since it began cannot be removed. */
class OpenReadViewIT {
    private static final int DIALLED = 30_000;

    @Test
    void claimDoesNotWalkOverWhatEarlierClaimsLeftBehind() throws Exception {
        try (TestDatabase database = TestDatabase.withTables(); Connection dump = database.dataSource().getConnection();
                Statement view = dump.createStatement()) {
            database.run("INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('one', 1000)");
            database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, seq FROM seq_1_to_" + (DIALLED + 1000));
            database.rows("ANALYZE TABLE campaign_phones");
            view.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            CampaignPhones phones = new CampaignPhones(database.dataSource());
            database.run("UPDATE campaign_phones SET finished = 1 WHERE i_campaign_phone <= " + DIALLED);
            ClaimCursor cursor = phones.claim(order(10)).cursor();

            long fromStart = pagesRead(database, phones, ClaimCursor.START);
            long fromCursor = pagesRead(database, phones, cursor);

            assertThat(fromCursor).isLessThan(fromStart / 5);
            dump.rollback();
        }
    }

    private static long pagesRead(TestDatabase database, CampaignPhones phones, ClaimCursor cursor) throws Exception {
        long before = requests(database);
        assertThat(phones.claim(order(10, cursor)).numbers()).hasSize(10);
        return requests(database) - before;
    }

    private static long requests(TestDatabase database) throws SQLException {
        return Long.parseLong(String.valueOf(
                database.rows("SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_read_requests'").get(0).get("Value")));
    }
}
