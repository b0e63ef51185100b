package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.by;
import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.sql.EpochSeconds;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's local time jumps: what was to come at an instant comes at that instant. */
class ClockChangeIT {
    private static final Duration BACKOFF = Duration.ofMinutes(10);
    /** Clocks change between a call's end, which is {@link ClaimOrders#NOW}, and the end of its back-off. */
    private static final Instant CHANGE = NOW.plusSeconds(60);

    private TestDatabase database;

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest(name = "clocks go by {0} h")
    @ValueSource(ints = {-1, 1, -24})
    void aRetryWaitsForItsBackoffHoweverTheClocksAreSet(int hours) throws Exception {
        CampaignPhones phones = numbers(hours, "(1, '1')");
        phones.write("[" + end(phones.claim(order(1)).numbers().get(0), NOW) + "]", false);

        assertThat(claimedAt(phones, NOW.plusSeconds(10))).isEmpty();
        assertThat(claimedAt(phones, CHANGE.plusSeconds(1))).isEmpty();
        assertThat(claimedAt(phones, NOW.plus(BACKOFF).minusMillis(1))).isEmpty();
        assertThat(claimedAt(phones, NOW.plus(BACKOFF))).containsExactly("1");
    }

    @Test
    void aNumberThatIsGivenBackWaitsAsLongAsItIsToldAndItsTimesStay() throws Exception {
        CampaignPhones phones = numbers(-1, "(1, '1')");
        database.run(
                "UPDATE campaign_phones SET setup_time = '2026-11-22 11:30:00', connect_time = '2026-11-22 11:30:01',"
                        + " disconnect_time = '2026-11-22 11:31:02', expires = '2026-11-22 11:31:02'");
        String before = times();
        ClaimedNumber number = phones.claim(order(1)).numbers().get(0);
        phones.markSent("me", List.of(mark(number, NOW)));

        phones.giveBack("me", List.of(GivenBack.until(number, NOW.plus(BACKOFF))));

        assertThat(times()).isEqualTo(before);
        assertThat(claimedAt(phones, NOW.plusSeconds(10))).isEmpty();
        assertThat(claimedAt(phones, NOW.plus(BACKOFF).minusMillis(1))).isEmpty();
        assertThat(phones.claim(by("me", NOW.plus(BACKOFF), 1)).numbers())
                .singleElement()
                .satisfies(again -> {
                    phones.giveBack("me", List.of(GivenBack.asItWas(again)));
                    assertThat(claimedAt(phones, NOW.plus(BACKOFF).minusMillis(1)))
                            .isEmpty();
                    assertThat(claimedAt(phones, NOW.plus(BACKOFF))).containsExactly("1");
                });
    }

    @Test
    void anEntryOfTheDoNotCallListHoldsUntilItEnds() throws Exception {
        CampaignPhones phones = numbers(-1, "(1, '1')");
        database.run("INSERT INTO do_not_call (number, expires) SELECT '1', TIMESTAMP'1970-01-01 00:00:00' + INTERVAL "
                + EpochSeconds.of(NOW.plus(BACKOFF)) + " SECOND");

        assertThat(claimedAt(phones, NOW)).isEmpty();
        database.run("DELETE FROM do_not_call");
        assertThat(claimedAt(phones, NOW.plusSeconds(10))).isEmpty();
        assertThat(claimedAt(phones, NOW.plus(BACKOFF).minusMillis(1))).isEmpty();
        assertThat(claimedAt(phones, NOW.plus(BACKOFF))).containsExactly("1");
    }

    @Test
    void aBackoffOfACenturyIsWritten() throws Exception {
        CampaignPhones phones = numbers(-1, "(1, '1')");
        Instant then = Instant.parse("2126-11-22T10:00:00Z");
        phones.write(
                "["
                        + end(phones.claim(order(1)).numbers().get(0), NOW)
                                .replace(
                                        EpochSeconds.of(NOW.plus(BACKOFF)).toString(),
                                        EpochSeconds.of(then).toString())
                        + "]",
                false);

        assertThat(phones.count(1, then.minusMillis(1))).isEqualTo(new NumberCounts(0, 1, 0, 0, 0));
        assertThat(phones.count(1, NOW)).isEqualTo(new NumberCounts(0, 1, 0, 0, 0));
    }

    @Test
    void whatSomebodyElseWritesIntoNextCallCountsAndIsLocalTime() throws Exception {
        CampaignPhones phones = numbers(-1, "(1, 'ours'), (1, 'now'), (1, 'null'), (1, 'later'), (1, 'old node')");
        phones.write(
                "["
                        + String.join(
                                ",",
                                phones.claim(order(5)).numbers().stream()
                                        .map(number -> end(number, NOW))
                                        .toList())
                        + "]",
                false);
        database.run(
                "UPDATE campaign_phones SET next_call = FROM_UNIXTIME(" + EpochSeconds.of(NOW) + ") WHERE cld = 'now'");
        database.run("UPDATE campaign_phones SET next_call = NULL WHERE cld = 'null'");
        database.run("UPDATE campaign_phones SET next_call = FROM_UNIXTIME(" + EpochSeconds.of(NOW.plusSeconds(7300))
                + ") WHERE cld = 'later'");
        database.run("UPDATE campaign_phones SET call_count = 2, next_call = FROM_UNIXTIME("
                + EpochSeconds.of(NOW.minusSeconds(1)) + ") WHERE cld = 'old node'");

        assertThat(phones.count(1, NOW.plusSeconds(1))).isEqualTo(new NumberCounts(3, 2, 0, 0, 0));
        assertThat(claimedAt(phones, NOW.plusSeconds(1))).containsExactly("old node", "now", "null");
        assertThat(claimedAt(phones, NOW.plus(BACKOFF))).containsExactly("ours");
        assertThat(claimedAt(phones, NOW.plusSeconds(7299))).isEmpty();
        assertThat(claimedAt(phones, NOW.plusSeconds(7300))).containsExactly("later");
    }

    @Test
    void aServerThatIsMovedToAnotherZoneKeepsRetriesWaitingAndReadsWhatOthersWroteByItsNewClocks() throws Exception {
        CampaignPhones phones = numbers(-1, "(1, 'ours'), (1, 'theirs')");
        phones.write(
                "["
                        + String.join(
                                ",",
                                phones.claim(order(5)).numbers().stream()
                                        .map(number -> end(number, NOW))
                                        .toList())
                        + "]",
                false);
        database.run("UPDATE campaign_phones SET next_call = '2026-11-22 05:00:00.125' WHERE cld = 'theirs'");

        try (TestDatabase moved = database.at("-05:00")) {
            CampaignPhones there = new CampaignPhones(moved.dataSource());
            assertThat(claimedAt(there, NOW.minusMillis(1))).isEmpty();
            assertThat(claimedAt(there, NOW)).containsExactly("theirs");
            assertThat(claimedAt(there, NOW.plus(BACKOFF).minusMillis(1))).isEmpty();
            assertThat(claimedAt(there, NOW.plus(BACKOFF))).containsExactly("ours");
        }
    }

    @Test
    void aCallThatIsTakenOverKeepsItsInstants() throws Exception {
        CampaignPhones phones = numbers(-1, "(1, '1')");
        ClaimedNumber number = phones.claim(order(1)).numbers().get(0);
        phones.markSent("me", List.of(mark(number, CHANGE.minusSeconds(30))));
        phones.write(
                "[{\"id\":1,\"call\":\"" + number.callUuid() + "\",\"owner\":\"me\",\"status\":\"answer\",\"setup\":1,"
                        + "\"connect\":" + EpochSeconds.of(CHANGE.minusSeconds(10)) + ",\"ended\":false}]",
                false);
        database.run("UPDATE nodes SET expires = UTC_TIMESTAMP() - INTERVAL 1 SECOND");
        Nodes nodes = new Nodes(database.dataSource());
        Instant expires = nodes.leases().get(0).expires();
        nodes.register("two", "taker", Duration.ofHours(1));

        assertThat(phones.takeOver("me", expires, "taker").calls())
                .singleElement()
                .returns(CHANGE.minusSeconds(30), LostCall::setup)
                .returns(CHANGE.minusSeconds(10), LostCall::connect)
                .returns(CHANGE.minusSeconds(30).plus(BACKOFF), LostCall::expires);
    }

    @Test
    void aCallOfAnOlderNodeIsReadFromTheVisibleTimes() throws Exception {
        CampaignPhones phones = numbers(-1, "(1, '1')");
        ClaimedNumber number = phones.claim(order(1)).numbers().get(0);
        phones.markSent("me", List.of(mark(number, NOW)));
        phones.write("[" + end(number, NOW.plusSeconds(5)) + "]", false);
        database.run(
                "UPDATE campaign_phones SET call_uuid = 'u', owner = 'me', call_switch = 'fs1', connect_time = NULL,"
                        + " setup_time = FROM_UNIXTIME(1795400000), expires = FROM_UNIXTIME(1795400600)");

        assertThat(phones.callsOf("me"))
                .singleElement()
                .returns(Instant.ofEpochSecond(1795400000), LostCall::setup)
                .returns(null, LostCall::connect)
                .returns(Instant.ofEpochSecond(1795400600), LostCall::expires);
    }

    private CampaignPhones numbers(int hours, String values) throws SQLException {
        Duration before = Duration.ofHours(hours < -12 ? 12 : 2);
        database = TestDatabase.withTablesWhereClocksChange(CHANGE, before, before.plusHours(hours));
        database.run("INSERT INTO campaigns (name) VALUES ('one')");
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES " + values);
        return new CampaignPhones(database.dataSource());
    }

    private String times() throws SQLException {
        return database.column(
                        "SELECT CONCAT_WS(' ', setup_time, connect_time, disconnect_time, expires) FROM campaign_phones")
                .get(0);
    }

    private static List<String> claimedAt(CampaignPhones phones, Instant now) throws Exception {
        return phones.claim(by("me", now, 9)).numbers().stream()
                .map(ClaimedNumber::cld)
                .toList();
    }

    private static SentMark mark(ClaimedNumber number, Instant at) {
        return Marks.mark(number, at, at.plus(BACKOFF));
    }

    /** The end of a call that was set up just before and is tried again after the back-off. */
    private static String end(ClaimedNumber number, Instant at) {
        return "{\"id\":" + number.row() + ",\"campaign\":1,\"number\":\"1\",\"call\":\"" + number.callUuid()
                + "\",\"owner\":\"me\",\"attempt\":1,\"count\":1,\"status\":\"failure\",\"finished\":0,\"setup\":"
                + EpochSeconds.of(at) + ",\"disconnect\":" + EpochSeconds.of(at)
                + ",\"cause\":\"USER_BUSY\",\"switch\":\"fs1\","
                + "\"next_call\":" + EpochSeconds.of(at.plus(BACKOFF)) + ",\"ended\":true}";
    }
}
