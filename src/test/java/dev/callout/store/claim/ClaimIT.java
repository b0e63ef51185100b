package dev.callout.store.claim;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.order;
import static dev.callout.store.numbers.ClaimOrders.shuffled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.numbers.GivenBack;
import dev.callout.store.numbers.NumberCounts;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimIT {
    private TestDatabase database;
    private CampaignPhones phones;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        phones = new CampaignPhones(database.dataSource());
        database.run("INSERT INTO campaigns (name, max_concurrent_calls, max_attempts) VALUES ('one', 100, 3)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void freshNumbersComeByPriorityThenInOrderOfInsertion() throws Exception {
        numbers("('1', 5, NULL, 0), ('2', 0, NULL, 0), ('3', -1, NULL, 0), ('4', 0, NULL, 0)");

        assertThat(claimed(phones.claim(order(3)))).containsExactly("3", "2", "4");
        assertThat(claimed(phones.claim(order(3)))).containsExactly("1");
    }

    @Test
    void shuffledNumbersComeInTheOrderOfTheirKeyEachOnce() throws Exception {
        numbers("('1', 0, NULL, 0), ('2', 1, NULL, 0), ('3', 2, NULL, 0), ('4', 3, NULL, 0), ('5', 4, NULL, 0)");
        List<String> byKey = database.column("SELECT cld FROM campaign_phones ORDER BY CRC32(cld)");

        List<String> claimed = new ArrayList<>(claimed(phones.claim(shuffled(2))));
        claimed.addAll(claimed(phones.claim(shuffled(3))));

        assertThat(claimed).isEqualTo(byKey).isNotEqualTo(List.of("1", "2", "3", "4", "5"));
    }

    @Test
    void dueRetriesComeBeforeFreshNumbersAndOthersNotAtAll() throws Exception {
        numbers("('fresh', -9, NULL, 0), ('late', 0, -1, 1), ('later', 0, -0.001, 1), ('due', 0, 0, 1), ('notYet', 0,"
                + " 0.001, 1)");

        Claim claim = phones.claim(order(10));

        assertThat(claimed(claim)).containsExactly("late", "later", "due", "fresh");
        assertThat(claim.numbers()).extracting(ClaimedNumber::attempt).containsExactly(2, 2, 2, 1);
        assertThat(claim.limit()).isEqualTo(Claim.Limit.NUMBERS);
    }

    @Test
    void numbersThatComeAgainForEverDoNotKeepFreshOnesWaiting() throws Exception {
        database.run("UPDATE campaigns SET finish_on = 0");
        numbers("('again', 0, -1, 0), ('fresh', 9, NULL, 0), ('spent', 0, -2, 3)");

        Claim claim = phones.claim(order(10));

        assertThat(claimed(claim)).containsExactly("fresh", "spent", "again");
        assertThat(claim.numbers()).extracting(ClaimedNumber::attempt).containsOnly(1);
    }

    @Test
    void theRowSaysWhoDialsItAndUntilWhenAtMost() throws Exception {
        numbers("('1', 0, NULL, 0)");

        ClaimedNumber number = phones.claim(order(1)).numbers().get(0);

        assertThat(number.callUuid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-000000000001");
        assertThat(database.rows("SELECT status, call_uuid, owner, UNIX_TIMESTAMP(expires) AS expires, call_count FROM"
                        + " campaign_phones"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row)
                            .containsEntry("status", "trying")
                            .containsEntry("owner", "me")
                            .containsEntry("call_count", 0)
                            .containsEntry("call_uuid", number.callUuid());
                    assertThat(row.get("expires").toString()).isEqualTo("1795341700.125");
                });
    }

    @Test
    void linesOfTheCampaignAreNeverMoreThanItsRowSaysAtThatMoment() throws Exception {
        manyNumbers(50);
        database.run("UPDATE campaigns SET max_concurrent_calls = 7");

        Claim first = phones.claim(order(5));
        Claim second = phones.claim(order(5));
        Claim third = phones.claim(order(5));

        assertThat(first.numbers()).hasSize(5);
        assertThat(first.limit()).isEqualTo(Claim.Limit.SHARE);
        assertThat(second.numbers()).hasSize(2);
        assertThat(second.limit()).isEqualTo(Claim.Limit.LINES);
        assertThat(second.inProgress()).isEqualTo(7);
        assertThat(third.numbers()).isEmpty();
    }

    @Test
    void instantsAreDistinctOverClaimsAndEndAtTheHorizon() throws Exception {
        manyNumbers(50);
        database.run("UPDATE campaigns SET time_between_calls = 0.5");

        Claim first = phones.claim(order(3));
        Claim second = phones.claim(order(30));

        assertThat(first.numbers())
                .extracting(ClaimedNumber::dialAt)
                .containsExactly(NOW, NOW.plusMillis(500), NOW.plusMillis(1000));
        assertThat(second.numbers())
                .extracting(ClaimedNumber::dialAt)
                .containsExactly(NOW.plusMillis(1500), NOW.plusMillis(2000));
        assertThat(second.limit()).isEqualTo(Claim.Limit.PACE);
        assertThat(phones.claim(order(30)).numbers()).isEmpty();
    }

    @Test
    void pausedCampaignGivesNothing() throws Exception {
        manyNumbers(2);
        database.run("UPDATE campaigns SET paused = 1");

        assertThat(phones.claim(order(2)))
                .returns(Claim.Limit.PAUSED, Claim::limit)
                .returns(List.of(), Claim::numbers);
    }

    @Test
    void nodeWithoutLeaseGetsNothing() throws Exception {
        manyNumbers(2);
        new Nodes(database.dataSource()).release("me");

        assertThatThrownBy(() -> phones.claim(order(2)))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("me");
        assertThat(database.column("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                .containsExactly("0");
    }

    @Test
    void numberWithoutAttemptsLeftIsClosedAndAnotherOneTaken() throws Exception {
        numbers("('spent', 0, -9, 3), ('spentToo', 0, NULL, 4), ('1', 0, NULL, 2)");

        Claim claim = phones.claim(order(1));

        assertThat(claimed(claim)).containsExactly("1");
        assertThat(claim.closed()).isEqualTo(2);
        assertThat(database.column("SELECT cld FROM campaign_phones WHERE finished = 1"))
                .containsExactly("spent", "spentToo");
    }

    @Test
    void numberNotToBeCalledIsClosedHoweverItIsWritten() throws Exception {
        numbers("('+49 30-1', 0, NULL, 0), ('+49 (30) 2', 0, NULL, 0), ('+49303', 0, NULL, 0), ('4', 0, NULL, 0),"
                + " ('alice', 0, NULL, 0)");
        database.run("INSERT INTO do_not_call (number, expires) VALUES ('+49.30/1', NULL),"
                + " ('+49302', '2026-11-22 10:00:01.500'), ('+4930 3', '2026-11-22 10:00:00.000'),"
                + " ('Alice', NULL)");

        assertThat(claimed(phones.claim(order(10)))).containsExactly("+49303", "4");
        assertThat(database.rows(
                        "SELECT status, hangup_cause, finished, call_uuid, UNIX_TIMESTAMP(next_call) AS next_call"
                                + " FROM campaign_phones WHERE i_campaign_phone <= 2"))
                .satisfiesExactly(
                        row -> assertThat(row)
                                .containsEntry("status", "failure")
                                .containsEntry("hangup_cause", "DO_NOT_CALL")
                                .containsEntry("finished", 1)
                                .containsEntry("call_uuid", null)
                                .containsEntry("next_call", null),
                        row -> assertThat(row)
                                .containsEntry("hangup_cause", "DO_NOT_CALL")
                                .containsEntry("finished", 0)
                                .hasEntrySatisfying(
                                        "next_call", at -> assertThat(at).hasToString("1795341601.500")));
    }

    @Test
    void numberNotToBeCalledForCenturiesIsNotLookedAtInEachClaim() throws Exception {
        numbers("('1', 0, NULL, 0)");
        database.run("INSERT INTO do_not_call (number, expires) VALUES ('1', '2525-01-01')");

        assertThat(phones.claim(order(10))).returns(1, Claim::closed).returns(List.of(), Claim::numbers);
        assertThat(phones.claim(order(10)).closed()).isZero();
        assertThat(phones.count(1, NOW)).isEqualTo(new NumberCounts(0, 1, 0, 0, 0));
    }

    @Test
    void cursorGoesOnBehindTheLastNumberAndStartSeesAllAgain() throws Exception {
        numbers("('1', 0, NULL, 0), ('2', 0, NULL, 0), ('3', 0, NULL, 0), ('4', 1, NULL, 0), ('due', 0, -1, 1)");
        Claim first = phones.claim(order(3));
        phones.giveBack("me", first.numbers().stream().map(GivenBack::asItWas).toList());

        assertThat(claimed(first)).containsExactly("due", "1", "2");
        assertThat(claimed(phones.claim(order(9, first.cursor())))).containsExactly("3", "4", "due");
        assertThat(claimed(phones.claim(order(9)))).containsExactly("1", "2");
    }

    @Test
    void whereNoRetryIsDueNoneIsLookedForInAFifthOfASecondUnlessFreshNumbersAreMissing() throws Exception {
        numbers("('1', 0, NULL, 0), ('2', 0, NULL, 0), ('3', 0, NULL, 0), ('4', 0, NULL, 0)");
        Claim first = phones.claim(order(1));
        numbers("('due', 0, -1, 1), ('due too', 0, -1, 1)");

        Claim second = phones.claim(order(1, first.cursor()));
        assertThat(claimed(second)).containsExactly("2");
        assertThat(claimed(phones.claim(at(NOW.plusMillis(199), 2, second.cursor()))))
                .containsExactly("3", "4");
        assertThat(claimed(phones.claim(at(NOW.plusMillis(199), 1, second.cursor()))))
                .containsExactly("due");
        assertThat(claimed(phones.claim(at(NOW.plusMillis(200), 1, first.cursor()))))
                .containsExactly("due too");
    }

    private static ClaimOrder at(Instant now, int share, ClaimCursor cursor) {
        return new ClaimOrder(1, "me", now, share, Duration.ofSeconds(2), false, Duration.ofSeconds(100), cursor);
    }

    @Test
    void whatIsLeftOfALongerGapDoesNotHoldUpAShorterOne() throws Exception {
        manyNumbers(5);
        database.run("UPDATE campaigns SET time_between_calls = 3600");
        phones.claim(order(5));
        database.run("UPDATE campaigns SET time_between_calls = 1");

        assertThat(phones.claim(order(5)).numbers())
                .extracting(ClaimedNumber::dialAt)
                .containsExactly(NOW.plus(Duration.ofSeconds(1)), NOW.plus(Duration.ofSeconds(2)));
    }

    @Test
    void anInstantFurtherAheadThanThePaceAllowsHoldsACampaignUpNoLongerThanTheHorizon() throws Exception {
        manyNumbers(5);
        database.run("UPDATE campaigns SET time_between_calls = 60, next_dial = '2026-11-22 11:00:00'");

        assertThat(phones.claim(order(5)).numbers())
                .extracting(ClaimedNumber::dialAt)
                .containsExactly(NOW.plus(Duration.ofSeconds(2)));
        assertThat(phones.claim(order(5)).numbers()).isEmpty();
    }

    @Test
    void instantsThatOthersDidNotUseGoFirstAndMoveTheNextOneNot() throws Exception {
        manyNumbers(5);
        database.run("UPDATE campaigns SET time_between_calls = 60, next_dial = '2026-11-22 10:00:50'");
        NextDial known = new NextDial(Instant.parse("2026-11-22T10:00:50Z"), NOW.plusSeconds(1));
        ClaimOrder order = new ClaimOrder(
                1,
                "me",
                NOW,
                2,
                Duration.ofSeconds(2),
                false,
                Duration.ofSeconds(100),
                ClaimCursor.START,
                Optional.of(known),
                List.of(NOW.plusMillis(200), NOW.plusMillis(400), NOW.plusMillis(600)),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());

        Claim claim = phones.claim(order);
        assertThat(claim.numbers())
                .extracting(ClaimedNumber::dialAt)
                .containsExactly(NOW.plusMillis(200), NOW.plusMillis(400));
        assertThat(claim.nextDial()).isEqualTo(NOW.plusSeconds(1).truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void whatANodeRemembersOfTheNextInstantHoldsUntilAnotherClaimWritesIt() throws Exception {
        manyNumbers(5);
        database.run("UPDATE campaigns SET time_between_calls = 60, next_dial = '2026-11-22 10:00:50'");
        NextDial known = new NextDial(Instant.parse("2026-11-22T10:00:50Z"), NOW.plusSeconds(1));
        ClaimOrder order = new ClaimOrder(
                1,
                "me",
                NOW,
                5,
                Duration.ofSeconds(2),
                false,
                Duration.ofSeconds(100),
                ClaimCursor.START,
                Optional.of(known),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());

        Claim claim = phones.claim(order);
        assertThat(claim.numbers()).extracting(ClaimedNumber::dialAt).containsExactly(NOW.plusSeconds(1));
        assertThat(claim.nextDial()).isEqualTo(NOW.plusSeconds(61).truncatedTo(ChronoUnit.MICROS));
        assertThat(phones.claim(order).numbers()).isEmpty();
    }

    /** Values: number, priority, next_call in seconds from now or NULL, call_count. */
    private void numbers(String values) throws SQLException {
        String rows = values.replaceAll(
                "\\('([^']*)', (-?\\d+), (NULL|-?[0-9.]+), (\\d+)\\)",
                "(1, '$1', $2, FROM_UNIXTIME(1795341600.125 + $3), $4)");
        database.run("INSERT INTO campaign_phones (i_campaign, cld, priority, next_call, call_count) VALUES " + rows);
    }

    private void manyNumbers(int count) throws SQLException {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, seq FROM seq_1_to_" + count);
    }

    private static List<String> claimed(Claim claim) {
        return claim.numbers().stream().map(ClaimedNumber::cld).toList();
    }
}
