package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose local time is not UTC: old scripts write NOW() into the old columns, and must be understood. */
class LocalTimeIT {
    private TestDatabase database;
    private CampaignPhones phones;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTablesAt("+05:30");
        phones = new CampaignPhones(database.dataSource());
        database.run("INSERT INTO campaigns (name, time_between_calls) VALUES ('one', 0.5)");
        database.run(
                "INSERT INTO campaign_phones (i_campaign, cld, next_call) VALUES (1, 'due', '2026-11-22 15:30:00'),"
                        + " (1, 'notYet', '2026-11-22 15:30:01')");
        database.run("INSERT INTO do_not_call (number, expires) VALUES ('other', '2026-11-22 10:00:01')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oldColumnsHoldLocalTimeAndOurOwnUtc() throws Exception {
        List<ClaimedNumber> numbers = phones.claim(order(5)).numbers();
        phones.markSent("me", List.of(Marks.mark(numbers.get(0), NOW)));

        assertThat(numbers).extracting(ClaimedNumber::cld).containsExactly("due");
        assertThat(database.column(
                        "SELECT CONCAT_WS(' ', setup_time, expires, next_call) FROM campaign_phones WHERE cld ="
                                + " 'due'"))
                .containsExactly("2026-11-22 15:30:00.125 2026-11-22 15:31:00.125 2026-11-22 15:30:00.000");
        assertThat(database.column("SELECT next_dial FROM campaigns")).containsExactly("2026-11-22 10:00:00.625");
        assertThat(database.column(
                        "SELECT ABS(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), expires) - 3600) < 60 FROM nodes"))
                .containsExactly("1");
        database.run("UPDATE nodes SET expires = UTC_TIMESTAMP() - INTERVAL 1 SECOND");
        new Nodes(database.dataSource()).register("two", "taker", Duration.ofHours(1));
        Instant expires = new Nodes(database.dataSource()).leases().get(0).expires();
        assertThat(phones.takeOver("me", expires, "taker").calls())
                .singleElement()
                .returns(NOW, LostCall::setup)
                .returns(NOW.plusSeconds(60), LostCall::expires);
    }
}
