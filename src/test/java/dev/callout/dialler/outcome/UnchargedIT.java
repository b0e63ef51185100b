package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that an operator, or a switch that stops, ends while they ring: the callees have not been called for that. */
class UnchargedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"MANAGER_REQUEST", "SYSTEM_SHUTDOWN"})
    void numbersWhoseCallsAnOperatorEndsAsTheyRingArePaidForOnlyOnceThatHasHappenedMaxAttemptsTimes(String cause)
            throws Exception {
        try (Installation callout = ringing().start()) {
            callout.execute("CREATE TABLE call_list (number VARCHAR(30))");
            callout.execute("INSERT INTO call_list (number) VALUES ('201'), ('202'), ('203')");
            callout.campaign("list", Map.of("destination_list", "call_list", "max_attempts", 2));
            callout.numbers(callout.campaign("phones", Map.of("max_attempts", 2)), "100", 3);
            for (int round = 1; round <= 4; round++) {
                Operator.awaitFollowed(callout, 6);
                await("calls that the switch has begun")
                        .atMost(PATIENCE)
                        .until(() -> callout.simulated().callsUp() == 6);
                Operator.hangUpAll(callout, cause);
                List<String> each = List.of(round + " attempts, " + Math.max(0, round - 2) + " charged");
                await("round " + round).atMost(PATIENCE).untilAsserted(() -> assertThat(
                                callout.column("SELECT DISTINCT CONCAT("
                                        + "attempts, ' attempts, ', charged, ' charged') FROM (SELECT COUNT(*) AS attempts, SUM(charged) AS charged"
                                        + " FROM call_attempts GROUP BY number) AS n"))
                        .isEqualTo(each));
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', status, call_count, finished, hangup_cause)"
                                + " FROM campaign_phones"))
                        .containsExactly("failure 2 1 " + cause);
                assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', lastresult, calls, in_use) FROM call_list"))
                        .containsExactly(cause + " 2 0");
            });
            assertThat(callout.ledger().calls()).as("calls").hasSize(24);
        }
    }

    @Test
    void aNumberIsAsItWasButForItsNextCall() throws Exception {
        try (Installation callout = ringing().with("CALLOUT_RETRY_OURS", "600").start()) {
            callout.execute("CREATE TABLE call_list (number VARCHAR(30))");
            callout.execute("INSERT INTO call_list (number) VALUES ('201')");
            callout.campaign("list", Map.of("destination_list", "call_list"));
            callout.numbers(callout.campaign("phones", Map.of("backoff_sec", 5)), "100", 1);
            Operator.awaitFollowed(callout, 2);
            Operator.hangUpAll(callout, "MANAGER_REQUEST");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts WHERE charged = 0") == 2);

            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', call_count, finished, TIMESTAMPDIFF(SECOND, disconnect_time, next_call))"
                                    + " FROM campaign_phones"))
                    .containsExactly("0 0 600");
            assertThat(callout.column("SELECT CONCAT_WS(' ', calls, in_use, callout_state) FROM call_list"))
                    .as("waits for its next call")
                    .containsExactly("0 0 1");
            assertThat(callout.column("SELECT CONCAT_WS(' ', attempt, status, retry_sec) FROM call_attempts"))
                    .containsExactly("1 failure 600.000", "1 failure 600.000");
        }
    }

    private static Installation.Builder ringing() {
        return Installation.builder()
                .with("CALLOUT_RETRY_OURS", "1")
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(call -> CalleePlan.ringsForEver()));
    }
}
