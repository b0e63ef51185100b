package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That a telephone is in one call at most, however its number is written, as the switch has seen it. */
class TelephoneCallsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> SPELLINGS = List.of("+49 30 2312545%d", "0049 30 2312545%d", "030 2312545%d");
    private static final int NATIONAL_DIGITS = 10;

    @Test
    void rowsOfOneTelephoneAreCalledOneAfterAnotherOrOnceAsTheirCampaignsSay() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_COUNTRY", "DE")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(100), Duration.ofMillis(1500))))
                .start()) {
            Map<String, Object> success = Map.of("threshold_msec", 1000, "max_attempts", 1, "paused", 1);
            long one = callout.campaign("one", success);
            long two = callout.campaign("two", success);
            long once = callout.campaign("once", success);
            long extensions = callout.campaign("extensions", success);
            callout.campaign("of a list", success);
            callout.execute("UPDATE campaigns SET country = 'none' WHERE name = 'extensions'");
            callout.execute("UPDATE campaigns SET duplicates = 'once' WHERE name = 'once'");
            callout.execute("UPDATE campaigns SET destination_list = 'telephone_list' WHERE name = 'of a list'");
            number(callout, one, SPELLINGS.get(0), 6);
            number(callout, two, SPELLINGS.get(1), 6);
            number(callout, one, "alice", 0);
            number(callout, extensions, "alice", 0);
            number(callout, extensions, "alice", 0);
            for (String spelling : SPELLINGS) {
                number(callout, once, spelling, 7);
            }
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> callout.number("SELECT COUNT(*) FROM telephone_list") == 0);
            callout.execute(
                    "INSERT INTO telephone_list (number) VALUES ('" + String.format(SPELLINGS.get(2), 6) + "')");
            callout.execute("UPDATE campaigns SET paused = 0");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 0") == 0
                            && callout.number("SELECT COUNT(*) FROM telephone_list WHERE lastresult = 'success'") == 1);

            assertThat(callout.ledger().peaks(TelephoneCallsIT::telephone))
                    .isEqualTo(Map.of("3023125456", 1, "3023125457", 1, "alice", 2));
            assertThat(callout.ledger().calls())
                    .extracting(TelephoneCallsIT::telephone)
                    .containsExactlyInAnyOrder(
                            "3023125456", "3023125456", "3023125456", "3023125457", "alice", "alice");
            assertThat(callout.column("SELECT CONCAT_WS(' ', COUNT(*), status, hangup_cause) FROM campaign_phones"
                            + " WHERE i_campaign = " + once + " GROUP BY status, hangup_cause"))
                    .containsExactlyInAnyOrder("1 success NORMAL_CLEARING", "2 failure DUPLICATE");
            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', status, hangup_cause) FROM campaign_phones WHERE cld = 'alice'"
                                    + " AND i_campaign = " + one))
                    .containsExactly("failure NOT_A_NUMBER");
        }
    }

    private static void number(Installation callout, long campaign, String spelling, int last) throws Exception {
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '"
                + String.format(spelling, last) + "')");
    }

    private static String telephone(LedgerCall call) {
        String number = call.number();
        return number.substring(Math.max(0, number.length() - NATIONAL_DIGITS));
    }
}
