package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever is on a do-not-call list is not called, in whatever form either number is written. */
class ListedTelephonesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation.Builder america() {
        return Installation.builder()
                .with("CALLOUT_COUNTRY", "US")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))));
    }

    @Test
    void nobodyIsCalledWhomTheListForAllOrOneThatTheCampaignNamesHasInAnotherForm() throws Exception {
        try (Installation callout = america().build()) {
            callout.execute("INSERT INTO do_not_call (number) VALUES ('+44 (0)20 7946 0160'), ('12025550160.0'),"
                    + " ('2025550260'), ('01149 30 23125060'), ('(202) 555-0460')");
            callout.execute("INSERT INTO do_not_call_lists (name, country) VALUES ('ftc', 'US'), ('other', 'US')");
            callout.execute("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as)"
                    + " VALUES (1, '2025550101'), (2, '2025550102')");
            callout.execute("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, expires)"
                    + " VALUES (1, '2025550103', '2020-01-01')");
            long bound = callout.campaign("bound", Map.of("do_not_call_lists", "FTC", "max_attempts", 1));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + bound + ", '+442079460160'), ("
                    + bound + ", '1 202 555 0160'), (" + bound + ", '+12025550260'), (" + bound
                    + ", '+493023125060'), ("
                    + bound + ", '202.555.0460'), (" + bound + ", '+12025550101'), (" + bound + ", '+12025550102'), ("
                    + bound + ", '+12025550103')");
            callout.start();

            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder("+12025550102", "+12025550103");
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE hangup_cause = 'DO_NOT_CALL'"))
                    .isEqualTo(6);
        }
    }

    @Test
    void untilEachEntryHasBeenReadCampaignsThatAreBoundByTheListAreIdleAndOthersAreDialled() throws Exception {
        try (Installation callout = america().build();
                Connection other = callout.dataSource().getConnection()) {
            callout.execute("INSERT INTO do_not_call_lists (name) VALUES ('ftc')");
            callout.execute("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as)"
                    + " SELECT 1, CONCAT('202555', 1000 + seq) FROM seq_1_to_99");
            callout.execute(
                    "INSERT INTO do_not_call_entries (i_do_not_call_list, written_as) VALUES (1, '202-555-0104')");
            other.setAutoCommit(false);
            other.createStatement()
                    .executeQuery("SELECT * FROM do_not_call_entries WHERE written_as = '202-555-0104' FOR UPDATE");
            long bound = callout.campaign("bound", Map.of("max_attempts", 1, "do_not_call_lists", "ftc"));
            long free = callout.campaign("free", Map.of("max_attempts", 1));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + bound + ", '+12025550104'), ("
                    + bound + ", '+12025550105'), (" + free + ", '+12025550106')");
            callout.start();

            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().calls("+12025550106").size() == 1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(bound))
                            .isEqualTo("do-not-call list ftc is being read, 99 %"));
            assertThat(callout.ledger().size()).isEqualTo(1);
            other.rollback();

            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactly("+12025550106", "+12025550105");
        }
    }

    @Test
    @Tag("waiting")
    void anEntryThatIsCommittedBeforeTheSentMarkPreventsTheCallOfANumberThatHasBeenClaimed() throws Exception {
        try (Installation callout = america()
                .with("CALLOUT_CLAIM_HORIZON_SEC", "30")
                .with("CALLOUT_LEASE_SEC", "60")
                .start()) {
            long slow = callout.campaign("slow", Map.of("max_attempts", 1, "time_between_calls", 5));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + slow
                    + ", CONCAT('+1202555010', seq) FROM seq_6_to_9");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") >= 3
                            && callout.ledger().size() == 1);
            List<String> waiting = new ArrayList<>(callout.column(
                    "SELECT cld FROM campaign_phones WHERE call_uuid IS NOT NULL ORDER BY i_campaign_phone"));
            waiting.removeIf(number -> !callout.ledger().calls(number).isEmpty());
            String last = waiting.get(waiting.size() - 1);

            // As the API does: with the telephone that the number means.
            callout.execute("INSERT INTO do_not_call (number, e164) VALUES ('1 (202) 555-010" + last.charAt(11) + "', '"
                    + last + "')");

            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(3)
                    .doesNotContain(last);
        }
    }
}
