package dev.callout.dialler.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.simulator.callee.Callee;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows that came by SQL, unread by any import. */
class TelephonesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Callee SHORT = Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50));

    private static void numbers(Installation callout, long campaign, String... numbers) throws Exception {
        for (String number : numbers) {
            callout.execute(
                    "INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '" + number + "')");
        }
    }

    private static String cause(Installation callout, long campaign, String number) throws Exception {
        return callout.column("SELECT CONCAT(finished, ' ', status, ' ', hangup_cause) FROM campaign_phones"
                        + " WHERE i_campaign = " + campaign + " AND cld = '" + number + "'")
                .get(0);
    }

    @Test
    void onlyTelephonesAreDialledWhereTheCountryIsKnownAndNoEmergencyServiceAnywhere() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_COUNTRY", "DE")
                .simulated(sim -> sim.callees(SHORT))
                .build()) {
            long telephones = callout.campaign("telephones", Map.of("max_attempts", 1));
            numbers(
                    callout,
                    telephones,
                    "+44 (0)20 7946 0018",
                    "4917612345678",
                    "030 23125021.0",
                    "112",
                    "+49110",
                    "0900 1 123456",
                    "sip-101",
                    "4961234567",
                    "030 23125011/12");
            long extensions = callout.campaign("extensions", Map.of("max_attempts", 1, "country", "none"));
            numbers(callout, extensions, "alice", "1001", "0112", "4917612345679.0");
            callout.start();
            callout.awaitAllFinished(SOON);

            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder(
                            "+442079460018", "4917612345678", "03023125021", "alice", "1001", "4917612345679");
            assertThat(cause(callout, telephones, "0900 1 123456")).isEqualTo("1 failure NEVER_DIALLED");
            assertThat(cause(callout, telephones, "sip-101")).isEqualTo("1 failure NOT_A_NUMBER");
            // Too short to be telephones, so the claim has closed them already.
            assertThat(cause(callout, telephones, "112")).isEqualTo("1 failure NOT_A_NUMBER");
            assertThat(cause(callout, telephones, "+49110")).isEqualTo("1 failure NOT_A_NUMBER");
            assertThat(cause(callout, telephones, "4961234567")).isEqualTo("1 failure NUMBER_AMBIGUOUS");
            assertThat(cause(callout, telephones, "030 23125011/12")).isEqualTo("1 failure NOT_A_NUMBER");
            assertThat(cause(callout, extensions, "0112")).isEqualTo("1 failure NEVER_DIALLED");
        }
    }

    @Test
    void theDialFormatIsThatOfTheInstallation() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_COUNTRY", "DE")
                .with("CALLOUT_DIAL_FORMAT", "e164")
                .simulated(sim -> sim.callees(SHORT))
                .build()) {
            long campaign = callout.campaign("telephones", Map.of("max_attempts", 1));
            numbers(callout, campaign, "030 23125021", "+44 20 7946 0018");
            callout.start();
            callout.awaitAllFinished(SOON);

            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder("493023125021", "442079460018");
        }
    }
}
