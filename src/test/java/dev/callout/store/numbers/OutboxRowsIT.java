package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.outbox.Outbox;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Which ends of calls are put into the outbox, and which node sends them. */
class OutboxRowsIT {

    private static final String ROWS =
            "SELECT CONCAT_WS(' ', list, i_campaign_phone, number, call_uuid) FROM outcome_outbox ORDER BY i_outcome";

    private TestDatabase database;
    private CampaignPhones phones;
    private DestinationList list;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        phones = new CampaignPhones(database.dataSource());
        new ListSchema(database.dataSource(), "callees").prepare();
        list = new DestinationList(database.dataSource(), "callees", Duration.ofHours(1));
        database.run("INSERT INTO campaigns (name, destination_list) VALUES ('one', NULL), ('two', 'callees')");
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1'), (1, '2'), (1, '3')");
        database.run("INSERT INTO callees (number) VALUES ('7')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEndIsPutInOnceHoweverOftenItIsWrittenAndByItsOwnerOnly() throws Exception {
        for (CalloutTable table : List.of(phones, list)) {
            database.run("DELETE FROM outcome_outbox");
            ClaimedNumber number = table.claim(order(1)).numbers().get(0);
            String end = end(number, table.list(), 1795341601.25);

            table.write("[" + end.replace("\"ended\":true", "\"ended\":false") + "]", true);
            table.write("[" + end.replace("\"me\"", "\"other\"") + "]", true);
            table.write("[" + end + "]", true);
            table.write("[" + end + "]", true);
            table.write("[" + end.replace("\"me\"", "\"other\"") + "]", true);

            String row = table.list() == null ? " " + number.row() : table.list() + " " + number.row();
            assertThat(database.column(ROWS)).containsExactly(row + " " + number.cld() + " " + number.callUuid());
            ObjectMapper mapper = new ObjectMapper();
            assertThat(mapper.readTree(database.column("SELECT outcome FROM outcome_outbox")
                            .get(0)))
                    .isEqualTo(mapper.readTree(end));
        }
    }

    @Test
    void aNumberThatCouldNotBeDialledIsInItAndOneWithoutTheSettingIsNot() throws Exception {
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();
        phones.write("[" + end(numbers.get(0), null, null) + "]", true);
        phones.write("[" + end(numbers.get(1), null, 1795341601.25) + "]", false);

        assertThat(database.column(ROWS))
                .containsExactly(
                        " " + numbers.get(0).row() + " 1 " + numbers.get(0).callUuid());
        assertThat(database.column("SELECT number FROM call_attempts")).containsExactly("2");
    }

    @Test
    void theEndOfANumberWhoseRowOrListIsGoneIsInIt() throws Exception {
        ClaimedNumber deleted = phones.claim(order(1)).numbers().get(0);
        ClaimedNumber dropped = list.claim(order(1)).numbers().get(0);
        database.run("DELETE FROM campaign_phones");
        database.run("DROP TABLE callees");
        for (int i = 0; i < 2; i++) {
            phones.write("[" + end(deleted, null, 1795341601.25) + "]", true);
            list.write("[" + end(dropped, "callees", 1795341601.25) + "]", true);
        }
        assertThat(database.column(ROWS))
                .containsExactly(
                        " " + deleted.row() + " 1 " + deleted.callUuid(),
                        "callees " + dropped.row() + " 7 " + dropped.callUuid());
    }

    @Test
    void oneNodeSendsUntilItLeavesItsTurnOrItsTimeIsOver() throws Exception {
        Outbox outbox = new Outbox(database.dataSource());
        assertThat(outbox.takeTurn("one", Duration.ofSeconds(30))).isTrue();
        assertThat(outbox.takeTurn("two", Duration.ofSeconds(30))).isFalse();
        outbox.leaveTurn("two");
        assertThat(outbox.takeTurn("two", Duration.ofSeconds(30))).isFalse();
        database.run("UPDATE outcome_sender SET expires = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND");
        assertThat(outbox.takeTurn("two", Duration.ofSeconds(30))).isTrue();
        assertThat(outbox.takeTurn("one", Duration.ofSeconds(30))).isFalse();
        outbox.leaveTurn("two");
        assertThat(outbox.takeTurn("one", Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aTurnThatEndsLaterThanAnyCanIsFreeAsTheClockOfTheDatabaseWasSetBack() throws Exception {
        Outbox outbox = new Outbox(database.dataSource());
        assertThat(outbox.takeTurn("dead", Duration.ofSeconds(30))).isTrue();
        database.run("UPDATE outcome_sender SET expires = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR");
        assertThat(outbox.takeTurn("one", Duration.ofSeconds(30))).isTrue();
        assertThat(outbox.takeTurn("dead", Duration.ofSeconds(30))).isFalse();
    }

    @Test
    void anEndThatWaitsForALockedRowHoldsUpNoEndOfAnotherTable() throws Exception {
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();
        ClaimedNumber other = list.claim(order(1)).numbers().get(0);
        String ends =
                "[" + end(numbers.get(0), null, 1795341601.25) + "," + end(numbers.get(1), null, 1795341601.25) + "]";
        try (Connection somebody = database.dataSource().getConnection();
                Statement lock = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            lock.execute("SELECT * FROM campaign_phones WHERE i_campaign_phone = "
                    + numbers.get(1).row() + " FOR UPDATE");
            CompletableFuture<Integer> waits =
                    CompletableFuture.supplyAsync(() -> new NamedParameterJdbcTemplate(database.dataSource())
                            .update(
                                    SqlText.of("campaign_phones/insert-outbox").replace(":#", ":"),
                                    Map.of("batch", ends, "wait", 50)));
            // The server shows nothing new to those who ask more often than ten times a second.
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> waits.isDone()
                            || !database.column(
                                            "SELECT 1 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
                                    .isEmpty());
            assertThat(waits).isNotCompleted();

            list.write("[" + end(other, "callees", 1795341601.25) + "]", true);
            assertThat(database.column(ROWS)).containsExactly("callees " + other.row() + " 7 " + other.callUuid());
            somebody.rollback();
            assertThat(waits.get(60, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void anEndThatGetsNoIdInTimeIsLikeOneWhoseRowIsLocked() throws Exception {
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();
        ClaimedNumber other = list.claim(order(1)).numbers().get(0);
        try (Connection somebody = database.dataSource().getConnection();
                Statement lock = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            lock.execute("SELECT * FROM campaign_phones WHERE i_campaign_phone = "
                    + numbers.get(1).row() + " FOR UPDATE");
            CompletableFuture<Integer> takesIds =
                    CompletableFuture.supplyAsync(() -> new JdbcTemplate(database.dataSource())
                            .update(
                                    "INSERT INTO outcome_outbox (created, call_uuid, i_campaign, list, i_campaign_phone, number,"
                                            + " outcome) SELECT UTC_TIMESTAMP(3), 'x', 1, '', 1, '1', '{}' FROM campaign_phones"
                                            + " FORCE INDEX (PRIMARY) ORDER BY i_campaign_phone FOR UPDATE"));
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> takesIds.isDone()
                            || !database.column(
                                            "SELECT 1 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
                                    .isEmpty());
            assertThat(takesIds).isNotCompleted();

            assertThatThrownBy(() -> list.write("[" + end(other, "callees", 1795341601.25) + "]", true))
                    .extracting(DatabaseFault::of)
                    .isEqualTo(DatabaseFault.LOCKED);
            somebody.rollback();
            assertThat(takesIds.get(60, TimeUnit.SECONDS)).isEqualTo(3);
        }
    }

    @Test
    void theLevelSaysHowManyWaitAndForHowLong() throws Exception {
        Outbox outbox = new Outbox(database.dataSource());
        assertThat(outbox.level()).isEqualTo(new Outbox.Level(0, Duration.ZERO));
        database.run(
                "INSERT INTO outcome_outbox (created, call_uuid, i_campaign, list, i_campaign_phone, number, outcome)"
                        + " SELECT UTC_TIMESTAMP(3) - INTERVAL 90 SECOND, seq, 1, '', 1, '1', '{}' FROM seq_1_to_3");
        Outbox.Level level = outbox.level();
        assertThat(level.waiting()).isEqualTo(3);
        assertThat(level.oldest()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
    }

    private static String end(ClaimedNumber number, String list, Double setup) {
        return "{\"id\":" + number.row() + ",\"campaign\":1,\"number\":\"" + number.cld() + "\",\"call\":\""
                + number.callUuid()
                + "\",\"owner\":\"me\",\"attempt\":1,\"count\":1,\"status\":\"failure\",\"finished\":0,"
                + "\"next_call\":1795342209.750,\"retry_sec\":600,\"setup\":" + setup
                + ",\"connect\":null,\"disconnect\":1795341609.750,\"cause\":\"USER_BUSY\",\"q850\":17,\"sip\":486,"
                + "\"switch\":\"fs1\",\"gateway\":\"external/two\",\"ended\":true,\"list\":"
                + (list == null ? "null" : "\"" + list + "\"") + "}";
    }
}
