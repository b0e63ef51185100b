package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A carrier that answers with a redirection does not choose who is called. */
class RedirectIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LISTED = "300999";

    @Test
    void noRedirectionIsFollowedAndItEndsTheCallAsAFaultOnTheWay() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.redirects(LISTED, Duration.ofMillis(20))))
                .start()) {
            callout.execute("INSERT INTO do_not_call (number) VALUES ('" + LISTED + "')");
            callout.numbers(callout.campaign("moved", Map.of("max_attempts", 1)), "77", 3);
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .hasSize(3)
                    .allMatch(number -> number.startsWith("77"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column("SELECT DISTINCT CONCAT_WS(' ', hangup_cause, sip_status)"
                                    + " FROM call_attempts WHERE status = 'failure'"))
                    .containsExactly("REQUESTED_CHAN_UNAVAIL 302"));
            assertThat(callout.column("SELECT 1 FROM call_attempts")).hasSize(3);
        }
    }
}
