package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.inGermany;
import static dev.callout.store.numbers.ClaimOrders.order;
import static dev.callout.store.numbers.ClaimOrders.withoutErased;
import static dev.callout.store.numbers.Marks.mark;
import static dev.callout.store.numbers.Marks.marks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.schema.ListSchema;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** In campaigns with a country, a telephone is in one call at most, however and wherever its number is written. */
class TelephonesIT {
    private static final String TELEPHONE = "+493023125456";
    private static final List<String> SPELLINGS = List.of("+49 30 23125%03d", "0049 30 23125%03d", "(030) 23125%03d");

    private TestDatabase database;
    private CampaignPhones phones;
    private DestinationList list;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        new Nodes(database.dataSource()).register("other", "other", Duration.ofHours(1));
        new ListSchema(database.dataSource(), "list").prepare();
        database.run(
                "INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('one', 100), ('two', 100), ('list', 100)");
        phones = new CampaignPhones(database.dataSource());
        list = new DestinationList(database.dataSource(), "list", Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void numbers(long campaign, String... numbers) throws SQLException {
        for (String number : numbers) {
            database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '" + number + "')");
        }
    }

    private List<ClaimedNumber> claim(CalloutTable table, long campaign, long second) throws Exception {
        return table.claim(inGermany(campaign, "me", NOW.plusSeconds(second), 10))
                .numbers();
    }

    private static List<String> spelling(List<ClaimedNumber> numbers) {
        return numbers.stream().map(ClaimedNumber::cld).toList();
    }

    private List<String> results(String table) throws SQLException {
        return database.column(
                table.equals("list")
                        ? "SELECT CONCAT_WS(' ', number, lastresult, callout_state) FROM list ORDER BY callout_row"
                        : "SELECT CONCAT_WS(' ', cld, status, hangup_cause, finished) FROM campaign_phones"
                                + " ORDER BY i_campaign_phone");
    }

    @Test
    void rowsOfOneTelephoneAreCalledOneAfterAnotherOverCampaignsListsAndNodes() throws Exception {
        numbers(1, "+49 30 23125456");
        numbers(2, "0049 30 23125456");
        database.run("INSERT INTO list (number) VALUES ('030 23125456')");

        List<ClaimedNumber> first = claim(phones, 1, 0);
        assertThat(first).extracting(ClaimedNumber::e164).containsExactly(TELEPHONE);
        assertThat(phones.claim(inGermany(2, "other", NOW, 10)).numbers()).isEmpty();
        assertThat(list.claim(inGermany(3, "other", NOW, 10)).numbers()).isEmpty();
        // A call that is taken over is still up.
        database.run("UPDATE campaign_phones SET call_switch = 'fs1' WHERE call_uuid IS NOT NULL");
        database.run("DELETE FROM nodes WHERE incarnation = 'me'");
        assertThat(phones.takeOver("me", null, "other").calls()).hasSize(1);
        new Nodes(database.dataSource()).register("me", "me", Duration.ofHours(1));
        assertThat(claim(list, 3, 5)).isEmpty();
        assertThat(claim(phones, 2, 5)).isEmpty();

        phones.giveBack("other", List.of(GivenBack.asItWas(first.get(0))));
        assertThat(claim(list, 3, 9)).as("before it is asked again").isEmpty();
        List<ClaimedNumber> second = claim(list, 3, 10);
        assertThat(spelling(second)).containsExactly("030 23125456");
        assertThat(claim(phones, 1, 10)).isEmpty();
        assertThat(claim(phones, 2, 10)).isEmpty();
        // Whatever ends a call frees its telephone, so does somebody's own statement.
        database.run("UPDATE list SET callout_uuid = NULL, callout_owner = NULL, in_use = 0, calls = 3");
        assertThat(spelling(claim(phones, 2, 15))).containsExactly("0049 30 23125456");
        assertThat(database.column("SELECT CONCAT_WS(' ', e164, i_campaign, list, i_campaign_phone) FROM telephones"))
                .containsExactly(TELEPHONE + " 2  2");
    }

    @Test
    void noTelephoneIsSentWhileItIsNotKnownWhichTelephoneAnEntryMeans() throws Exception {
        database.run("INSERT INTO do_not_call_lists (i_do_not_call_list, name) VALUES (1, 'bound'), (2, 'other')");
        database.run("UPDATE campaigns SET do_not_call_lists = 'bound'");
        numbers(1, "+49 30 23125456");
        ClaimedNumber number = claim(phones, 1, 0).get(0);
        String read = ", e164_read = 'DE', e164_sum = CRC32(";

        database.run("INSERT INTO do_not_call (number) VALUES ('(030) 231-25456')");
        assertThat(phones.markSent("me", List.of(mark(number, NOW)))).isEmpty();
        database.run("UPDATE do_not_call SET e164 = '+493023125999'" + read + "number)");
        database.run("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as) VALUES (1, '030231 25456')");
        assertThat(phones.markSent("me", List.of(mark(number, NOW)))).isEmpty();
        database.run("UPDATE do_not_call_entries SET i_do_not_call_list = 2");
        assertThat(phones.markSent("me", List.of(mark(number, NOW)))).hasSize(1);
    }

    @Test
    void whoWasErasedIsCalledByNoRowInACountryByNoSpelling() throws Exception {
        EraseKey key = new EraseKey("0123456789abcdef0123456789abcdef");
        database.run("INSERT INTO erased_telephones VALUES ('" + key.hash(TELEPHONE) + "', '" + key.sum()
                + "', UTC_TIMESTAMP()), ('" + key.hash("03023125456") + "', '" + key.sum() + "', UTC_TIMESTAMP())");
        numbers(1, "0049 30 23125456", "+49 30 23125456", "030 23125456", "030 23125457");
        numbers(2, "(030) 23125456", "030 23125457");

        assertThat(spelling(
                        phones.claim(withoutErased(1, "me", NOW, 10, Optional.of(Country.of("DE")), Optional.of(key)))
                                .numbers()))
                .containsExactly("030 23125457");
        assertThat(spelling(phones.claim(withoutErased(2, "me", NOW, 10, Optional.empty(), Optional.of(key)))
                        .numbers()))
                .containsExactly("030 23125457");
        assertThat(results("campaign_phones"))
                .contains(
                        "0049 30 23125456 failure DO_NOT_CALL 1",
                        "+49 30 23125456 failure DO_NOT_CALL 1",
                        "030 23125456 failure DO_NOT_CALL 1",
                        "(030) 23125456 failure DO_NOT_CALL 1");
    }

    @Test
    void rowsOfOneTelephoneInOneClaimWaitForTheirTurns() throws Exception {
        numbers(1, "030 23125456", "030 23125457", "03023125456", "+49 30 23125456");

        assertThat(spelling(claim(phones, 1, 0))).containsExactly("030 23125456", "030 23125457");
        assertThat(database.column("SELECT TIMESTAMPDIFF(SECOND, '" + "2026-11-22 10:00:00"
                        + "', callout_due) FROM campaign_phones"
                        + " WHERE call_uuid IS NULL ORDER BY i_campaign_phone"))
                .containsExactly("5", "10");
    }

    @Test
    void afterASuccessTheOtherRowsAreClosedWhereDuplicatesAreCalledOnce() throws Exception {
        database.run("UPDATE campaigns SET duplicates = 'once' WHERE name IN ('one', 'list')");
        numbers(1, "+49 30 23125456", "0049 30 23125456", "030 23125456", "030 23125457");
        numbers(2, "030 23125456");
        database.run("INSERT INTO list (number) VALUES ('030 1111111'), ('0301111111')");

        assertThat(claim(phones, 1, 0)).hasSize(2);
        assertThat(claim(list, 3, 0)).hasSize(1);
        database.run("UPDATE campaign_phones SET status = IF(i_campaign_phone = 1, 'success', 'failure'), finished = 1,"
                + " call_uuid = NULL, owner = NULL WHERE call_uuid IS NOT NULL");
        database.run("UPDATE list SET lastresult = 'success', calls = 1, in_use = 0, callout_uuid = NULL,"
                + " callout_owner = NULL WHERE callout_uuid IS NOT NULL");
        assertThat(claim(phones, 1, 10)).isEmpty();
        assertThat(claim(list, 3, 10)).isEmpty();
        assertThat(results("campaign_phones"))
                .startsWith(
                        "+49 30 23125456 success 1",
                        "0049 30 23125456 failure DUPLICATE 1",
                        "030 23125456 failure DUPLICATE 1");
        assertThat(results("list")).containsExactly("030 1111111 success 3", "0301111111 DUPLICATE 6");
        assertThat(claim(phones, 2, 10)).as("of another campaign").hasSize(1);

        database.run("UPDATE campaign_phones SET finished = 0, call_count = 0 WHERE i_campaign_phone < 3");
        assertThat(claim(phones, 1, 11)).as("after somebody has reopened them").isEmpty();
        database.run("UPDATE campaign_phones SET call_uuid = NULL, status = 'failure' WHERE i_campaign = 2");
        assertThat(spelling(claim(phones, 1, 16))).containsExactly("+49 30 23125456");
    }

    @Test
    void aSuccessThatIsWrittenDuringTheClaimClosesTheOtherRowsToo() throws Exception {
        database.run("UPDATE campaigns SET duplicates = 'once'");
        numbers(1, "+49 30 23125456", "0049 30 23125456");
        assertThat(claim(phones, 1, 0)).hasSize(1);
        // Its index entry lies behind those that the claim locks, so that the success need not wait for the claim.
        database.run("INSERT INTO campaign_phones (i_campaign, cld, finished) VALUES (1, '030 1', 1)");
        String success = "SET STATEMENT innodb_lock_wait_timeout = 1 FOR UPDATE campaign_phones SET status = 'success',"
                + " finished = 1, call_uuid = NULL, owner = NULL WHERE i_campaign_phone = 1";
        CampaignPhones raced = new CampaignPhones(before("-- Takes telephones", () -> database.run(success)));

        assertThat(raced.claim(inGermany(1, "me", NOW.plusSeconds(5), 10)).numbers())
                .isEmpty();
        assertThat(results("campaign_phones"))
                .startsWith("+49 30 23125456 success 1", "0049 30 23125456 failure DUPLICATE 1");
    }

    /** The database, where something happens right before each statement that begins like that. */
    private DataSource before(String statement, Callable<?> event) {
        return new DelegatingDataSource(database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                            if (method.getName().equals("prepareStatement")
                                    && args[0].toString().startsWith(statement)) {
                                event.call();
                            }
                            return method.invoke(connection, args);
                        });
            }
        };
    }

    @Test
    void whatIsNoTelephoneIsClosed() throws Exception {
        numbers(1, "sip-101", "0304567890", "112233445566778899", "*21#");
        database.run("INSERT INTO list (number) VALUES ('alice'), ('030 23125456')");

        assertThat(spelling(claim(phones, 1, 0))).containsExactly("0304567890");
        assertThat(results("campaign_phones"))
                .containsExactly(
                        "sip-101 failure NOT_A_NUMBER 1",
                        "0304567890 trying 0",
                        "112233445566778899 failure NOT_A_NUMBER 1",
                        "*21# failure NOT_A_NUMBER 1");
        assertThat(spelling(claim(list, 3, 0))).containsExactly("030 23125456");
        assertThat(results("list")).containsExactly("alice NOT_A_NUMBER 6", "030 23125456 5");

        database.run("UPDATE campaign_phones SET finished = 0, cld = '030 1234567', next_call = NULL"
                + " WHERE i_campaign_phone = 1");
        database.run("UPDATE campaign_phones SET finished = 0, next_call = NULL WHERE i_campaign_phone = 4");
        assertThat(spelling(claim(phones, 1, 1))).containsExactly("030 1234567");
        assertThat(results("campaign_phones")).endsWith("*21# failure NOT_A_NUMBER 1");
    }

    @Test
    void aNumberIsReadAgainIfItOrTheCountryChanges() throws Exception {
        numbers(1, "030 23125456", "040 23125456");
        database.run("UPDATE campaign_phones SET e164 = '+4930999', e164_read = CONCAT('"
                + TelephoneReader.version(Country.of("DE")) + "/', shuffle)");
        assertThat(claim(phones, 1, 0))
                .as("whoever edits e164 does not change whom the number means")
                .extracting(ClaimedNumber::e164)
                .containsExactlyInAnyOrder("+493023125456", "+494023125456");

        for (String change : List.of(
                "cld = '050 23125456'",
                "e164_read = CONCAT('" + TelephoneReader.version(Country.of("AT")) + "/', shuffle)")) {
            database.run("DELETE FROM telephones");
            database.run("UPDATE campaign_phones SET call_uuid = NULL, next_call = NULL, e164 = '+4930999',"
                    + " e164_read = CONCAT('" + TelephoneReader.version(Country.of("DE")) + "/', shuffle)");
            database.run("UPDATE campaign_phones SET " + change);
            assertThat(claim(phones, 1, 0))
                    .extracting(ClaimedNumber::e164)
                    .isNotEmpty()
                    .doesNotContain("+4930999");
            assertThat(database.column("SELECT e164_read = CONCAT('" + TelephoneReader.version(Country.of("DE"))
                            + "/', shuffle) FROM campaign_phones"))
                    .containsOnly("1");
        }
    }

    @Test
    void doNotCallEntriesHoldForEverySpellingAndNamedListsForTheirCampaigns() throws Exception {
        numbers(1, "030 23125456", "030 23125457", "030 23125458");
        numbers(2, "030 23125457");
        database.run("INSERT INTO do_not_call (number, e164) VALUES ('0049 30 23125456', '+493023125456')");
        database.run("INSERT INTO do_not_call_lists (name) VALUES ('robinson'), ('unnamed')");
        database.run("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, e164) VALUES"
                + " (1, '30 23125457', '+493023125457'), (2, '30 23125458', '+493023125458')");
        database.run("UPDATE campaigns SET do_not_call_lists = 'ftc, Robinson' WHERE name = 'one'");

        assertThat(spelling(claim(phones, 1, 0))).containsExactly("030 23125458");
        assertThat(results("campaign_phones"))
                .startsWith("030 23125456 failure DO_NOT_CALL 1", "030 23125457 failure DO_NOT_CALL 1");
        assertThat(spelling(claim(phones, 2, 0))).containsExactly("030 23125457");
    }

    @Test
    void entriesWrittenAfterTheClaimPreventTheSentMark() throws Exception {
        // The end of a line is no emergency.
        database.run("UPDATE campaigns SET do_not_call_lists = 'robinson', emergency = CHAR(13)");
        numbers(1, "030 23125456", "030 23125457", "030 23125458");
        database.run("INSERT INTO list (number) VALUES ('030 23125459')");
        List<ClaimedNumber> claimed = claim(phones, 1, 0);
        List<ClaimedNumber> ofList = claim(list, 3, 0);
        database.run("INSERT INTO do_not_call (number, e164) VALUES ('0049 30 23125456', '+493023125456'),"
                + " ('0049 30 23125459', '+493023125459')");
        database.run("INSERT INTO do_not_call_lists (name) VALUES ('Robinson')");
        database.run("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, e164) VALUES"
                + " (1, '30 23125457', '+493023125457')");
        database.run("UPDATE do_not_call SET e164_read = 'DE', e164_sum = CRC32(number)");
        database.run("UPDATE do_not_call_entries SET e164_read = 'DE', e164_sum = CRC32(written_as)");

        assertThat(phones.markSent("me", marks(claimed)))
                .containsExactly(claimed.get(2).callUuid());
        assertThat(list.markSent("me", marks(ofList))).isEmpty();
    }

    @Test
    void aTelephoneWhoseRowIsDeletedDuringTheCallIsFreeWhenTheEndIsKnown() throws Exception {
        numbers(1, "030 23125456");
        numbers(2, "+493023125456");
        database.run("INSERT INTO list (number) VALUES ('030 23125457')");
        numbers(2, "+493023125457");
        String call = claim(phones, 1, 0).get(0).callUuid();
        assertThat(claim(list, 3, 0)).hasSize(1);
        database.run("DELETE FROM campaign_phones WHERE i_campaign = 1");
        database.run("DROP TABLE list");

        assertThat(claim(phones, 2, 0)).isEmpty();
        database.run("INSERT IGNORE INTO call_attempts (call_uuid, i_campaign) VALUES ('" + call + "', 1)");
        assertThat(spelling(claim(phones, 2, 5))).containsExactly("+493023125456");
        assertThat(spelling(claim(phones, 2, 170)))
                .as("after the latest possible end of the other call")
                .containsExactly("+493023125457");
    }

    @Test
    void withoutACountryNothingIsReadNorWritten() throws Exception {
        numbers(1, "sip-101", "030 23125456", "+493023125456");

        assertThat(phones.claim(order(10)).numbers())
                .extracting(ClaimedNumber::e164)
                .hasSize(3)
                .containsOnlyNulls();
        assertThat(database.column("SELECT e164_read FROM campaign_phones WHERE e164_read IS NOT NULL"))
                .isEmpty();
        assertThat(database.column("SELECT e164 FROM telephones")).isEmpty();
    }

    @Test
    void claimersOfManyCampaignsNeverGetOneTelephoneTwice() throws Exception {
        int telephones = 8;
        for (int spelling = 0; spelling < SPELLINGS.size(); spelling++) {
            for (int i = 0; i < telephones; i++) {
                String number = String.format(SPELLINGS.get(spelling), i);
                numbers(1, number);
                numbers(2, number);
                database.run("INSERT INTO list (number) VALUES ('" + number + "')");
            }
        }
        Map<String, String> up = new ConcurrentHashMap<>();
        List<String> twice = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            CyclicBarrier start = new CyclicBarrier(3);
            List<Future<Integer>> claimers = new ArrayList<>();
            for (int campaign = 1; campaign <= 3; campaign++) {
                int its = campaign;
                claimers.add(threads.submit(() -> {
                    CalloutTable table = its == 3 ? list : phones;
                    int calls = 0;
                    start.await();
                    for (int i = 0; i < 40; i++) {
                        // A share that cuts through the telephones, so that claims need them in several rounds.
                        ClaimOrder order = inGermany(its, "me", NOW.plusSeconds(10L * i), 3);
                        List<ClaimedNumber> claimed = table.claim(order).numbers();
                        calls += claimed.size();
                        for (ClaimedNumber number : claimed) {
                            Optional.ofNullable(up.putIfAbsent(number.e164(), number.callUuid()))
                                    .ifPresent(other -> {
                                        synchronized (twice) {
                                            twice.add(number.e164());
                                        }
                                    });
                        }
                        List<GivenBack> back = claimed.stream()
                                .filter(number -> ThreadLocalRandom.current().nextBoolean())
                                .map(number ->
                                        GivenBack.until(number, order.now().plusSeconds(30)))
                                .toList();
                        claimed.stream()
                                .filter(number -> back.stream()
                                        .anyMatch(one -> one.callUuid().equals(number.callUuid())))
                                .forEach(number -> up.remove(number.e164()));
                        table.giveBack("me", back);
                        end(its, claimed, back, up);
                    }
                    return calls;
                }));
            }
            int calls = 0;
            for (Future<Integer> claimer : claimers) {
                calls += claimer.get(120, TimeUnit.SECONDS);
            }
            assertThat(twice).isEmpty();
            assertThat(calls).isGreaterThan(3 * telephones);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Ends the calls that were not given back, as a status does. */
    private void end(int campaign, List<ClaimedNumber> claimed, List<GivenBack> back, Map<String, String> up)
            throws SQLException {
        for (ClaimedNumber number : claimed) {
            if (back.stream().noneMatch(one -> one.callUuid().equals(number.callUuid()))) {
                up.remove(number.e164());
                try (Connection connection = database.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.executeUpdate(
                            campaign == 3
                                    ? "UPDATE list SET in_use = 0, callout_uuid = NULL, callout_owner = NULL,"
                                            + " callout_campaign = NULL WHERE callout_row = " + number.row()
                                    : "UPDATE campaign_phones SET call_uuid = NULL, owner = NULL WHERE"
                                            + " i_campaign_phone = "
                                            + number.row());
                }
            }
        }
    }
}
