package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.order;
import static dev.callout.store.numbers.Marks.marks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.LeaseLostException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a number between its claim and the end of its call. */
class InProgressIT {
    private static final String STATE =
            "SELECT cld, finished, expires, next_call, call_count, setup_time, connect_time,"
                    + " disconnect_time, status, call_uuid, owner, call_switch, core_uuid, hangup_cause FROM campaign_phones ORDER"
                    + " BY 1";

    private TestDatabase database;
    private CampaignPhones phones;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        phones = new CampaignPhones(database.dataSource());
        database.run("INSERT INTO campaigns (name) VALUES ('one')");
        database.run("INSERT INTO campaign_phones (i_campaign, cld, status, call_count, expires, next_call, setup_time,"
                + " connect_time,"
                + " disconnect_time, hangup_cause) VALUES (1, '1', 'idle', 0, NULL, NULL, NULL, NULL, NULL, NULL),"
                + " (1, '2', 'premature hangup', 2, '2026-11-22 09:00:09.003', '2026-11-22 09:10:09.004', '2026-11-22"
                + " 09:00:00.001',"
                + " '2026-11-22 09:00:05.002', '2026-11-22 09:00:09.003', 'NORMAL_CLEARING')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void sentMarkChargesTheAttemptAndClearsTheTimesOfTheLastOne() throws Exception {
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();

        assertThat(phones.markSent("me", marks(numbers))).containsExactlyInAnyOrderElementsOf(uuids(numbers));
        assertThat(
                        database.rows(
                                "SELECT call_count, UNIX_TIMESTAMP(setup_time) AS setup, connect_time, disconnect_time,"
                                        + " call_switch, core_uuid, UNIX_TIMESTAMP(expires) AS expires FROM campaign_phones WHERE cld = '2'"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row)
                            .containsEntry("call_count", 3)
                            .containsEntry("call_switch", "fs1")
                            .containsEntry("core_uuid", "core")
                            .containsEntry("connect_time", null)
                            .containsEntry("disconnect_time", null);
                    assertThat(row.get("setup")).hasToString("1795341601.125");
                    assertThat(row.get("expires")).hasToString("1795341660.125");
                });
    }

    @Test
    void sentMarkIsRefusedToPausedForbiddenAndForeignNumbers() throws Exception {
        database.run("INSERT INTO campaigns (name) VALUES ('two')");
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '(3)'), (1, '4')");
        List<ClaimedNumber> numbers = phones.claim(order(4)).numbers();
        database.run("INSERT INTO do_not_call (number) VALUES ('0.3'), ('3-')");
        database.run("UPDATE campaign_phones SET owner = 'other' WHERE cld = '4'");
        database.run("UPDATE campaign_phones SET i_campaign = 2 WHERE cld = '1'");
        database.run("UPDATE campaigns SET paused = 1 WHERE i_campaign = 2");

        assertThat(phones.markSent("me", marks(numbers)))
                .containsExactly(numberOf("2", numbers).callUuid());
        assertThat(database.column("SELECT cld FROM campaign_phones WHERE call_switch IS NOT NULL"))
                .containsExactly("2");
    }

    @Test
    void givenBackNumbersAreExactlyAsTheyWere() throws Exception {
        List<Map<String, Object>> before = database.rows(STATE);

        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();
        phones.markSent("me", marks(List.of(numberOf("2", numbers))));
        phones.giveBack("me", numbers.stream().map(GivenBack::asItWas).toList());

        assertThat(database.rows(STATE)).isEqualTo(before);
    }

    @Test
    void numberIsGivenBackUntilAnInstantAndOnlyByItsOwner() throws Exception {
        ClaimedNumber number = numberOf("1", phones.claim(order(2)).numbers());
        Instant later = NOW.plusSeconds(5);

        phones.giveBack("other", List.of(GivenBack.asItWas(number)));
        assertThat(database.column("SELECT call_uuid FROM campaign_phones WHERE cld = '1'"))
                .containsExactly(number.callUuid());

        phones.giveBack("me", List.of(GivenBack.until(number, later)));
        assertThat(phones.claim(order(9)).numbers()).isEmpty();
        assertThat(phones.claim(ClaimOrders.by("me", later, 9)).numbers())
                .extracting(ClaimedNumber::cld)
                .containsExactly("1");
    }

    @Test
    void cleanStopReleasesWhatHasNoSentMarkWithTheLastAttemptsStatus() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '3')");
        database.run(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status) VALUES"
                        + " ('a', 1, 2, '2', 1, 'failure'), ('b', 1, 2, '2', 2, 'premature hangup')");
        List<ClaimedNumber> numbers = phones.claim(order(3)).numbers();
        phones.markSent("me", marks(List.of(numberOf("3", numbers))));

        assertThat(phones.releaseUnsent("me")).isEqualTo(2);
        assertThat(database.column(
                        "SELECT CONCAT_WS(' ', cld, status, call_count, owner) FROM campaign_phones ORDER BY cld"))
                .containsExactly("1 idle 0", "2 premature hangup 2", "3 trying 1 me");
    }

    @Test
    void lostNodesCallsAreTakenOverAndItsUnsentNumbersAreDueAgain() throws Exception {
        List<ClaimedNumber> numbers = phones.claim(order(2)).numbers();
        ClaimedNumber sent = numberOf("2", numbers);
        phones.markSent("me", marks(List.of(sent)));
        database.run("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                + " hangup_cause, digits, menu_answer, answered_by, amd_ms,"
                + " disconnect_time) VALUES ('" + sent.callUuid()
                + "', 1, 2, '2', 3, 'failure', 'USER_BUSY', '21', 'yes', 'human', 1300, '2026-11-22"
                + " 10:00:03.5')");
        Nodes nodes = new Nodes(database.dataSource());
        nodes.register("two", "taker", Duration.ofHours(1));

        Instant seen = expiresOf("me", nodes);
        assertThat(nodes.renew("me", Duration.ofSeconds(30), 1)).isTrue();
        assertThat(phones.takeOver("me", seen, "taker").calls())
                .as("renewed since it was seen")
                .isEmpty();

        database.run("UPDATE nodes SET expires = UTC_TIMESTAMP(3) - INTERVAL 3 SECOND WHERE incarnation = 'me'");
        Nodes.LeaseLeft first = nodes.leases().get(0);
        assertThat(first.incarnation()).isEqualTo("me");
        assertThat(first.left()).isBetween(Duration.ofSeconds(-60), Duration.ofSeconds(-3));
        TakenOver taken = phones.takeOver("me", first.expires(), "taker");

        assertThat(taken.givenBack()).isEqualTo(1);
        assertThat(taken.calls())
                .containsExactly(new LostCall(
                        sent.row(),
                        1,
                        "2",
                        sent.callUuid(),
                        3,
                        "fs1",
                        "external/two",
                        NOW.plusSeconds(1),
                        null,
                        NOW.plusSeconds(60),
                        new LostCall.Recorded(
                                "failure",
                                "USER_BUSY",
                                null,
                                Instant.parse("2026-11-22T10:00:03.500Z"),
                                "21",
                                "yes",
                                "human",
                                1300L)));
        assertThat(nodes.renew("me", Duration.ofSeconds(1), 1)).isFalse();
        assertThat(nodes.renew("taker", Duration.ofSeconds(1), 1)).isTrue();
        assertThatThrownBy(() -> phones.claim(order(1))).isInstanceOf(LeaseLostException.class);
        assertThat(phones.markSent("me", marks(numbers))).isEmpty();
        assertThat(phones.takeOver("me", null, "taker").calls())
                .as("nothing is left")
                .isEmpty();
    }

    private static Instant expiresOf(String incarnation, Nodes nodes) throws SQLException {
        return nodes.leases().stream()
                .filter(lease -> lease.incarnation().equals(incarnation))
                .findFirst()
                .orElseThrow()
                .expires();
    }

    @Test
    void ownerWithoutNodeIsFound() throws Exception {
        phones.claim(order(1));
        assertThat(phones.ownersWithoutNode()).isEmpty();

        new Nodes(database.dataSource()).release("me");

        assertThat(phones.ownersWithoutNode()).containsExactly("me");
        assertThatThrownBy(() -> phones.takeOver("me", null, "nobody")).isInstanceOf(LeaseLostException.class);
    }

    private static ClaimedNumber numberOf(String cld, List<ClaimedNumber> numbers) {
        return numbers.stream()
                .filter(number -> number.cld().equals(cld))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> uuids(List<ClaimedNumber> numbers) {
        return numbers.stream().map(ClaimedNumber::callUuid).toList();
    }
}
