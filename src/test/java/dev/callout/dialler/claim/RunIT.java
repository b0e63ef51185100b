package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.Callee;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** mod_dialer's finish_on and datetime_start: when the run of a campaign begins and ends. */
class RunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Callee BUSY = call -> CalleePlan.refuses(486, Duration.ofMillis(20));

    @Test
    void aRunOfNCallsMakesExactlyNRetriesIncludedWhateverTheSwitchRefusesAndWhenItIsStoppedMidway() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "100")
                .simulated(sim -> sim.sessionsPerSecond(30).callees(BUSY))
                .start()) {
            long campaign = callout.campaign(
                    "n", Map.of("finish_on", 70, "max_attempts", 3, "backoff_sec", 1, "max_concurrent_calls", 50));
            callout.numbers(campaign, "100", 40);
            await().atMost(PATIENCE).until(() -> callout.number("SELECT calls_made FROM campaigns") > 10);
            callout.stop();
            callout.start();
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT run_ended IS NOT NULL AND paused FROM campaigns") == 1);

            assertThat(callout.ledger().calls().stream()
                            .filter(LedgerCall::accepted)
                            .count())
                    .isEqualTo(70);
            assertThat(callout.number("SELECT calls_made FROM campaigns")).isEqualTo(70);
            assertThat(callout.ledger().calls())
                    .as("numbers called again")
                    .extracting(LedgerCall::number)
                    .hasSizeGreaterThan(40);
        }
    }

    @Test
    void aRunOfNCallsIsNeverOvershotAfterACrash() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(400))))
                .start()) {
            long campaign = callout.campaign("n", Map.of("finish_on", 20, "max_concurrent_calls", 6));
            callout.numbers(campaign, "100", 60);
            await().atMost(PATIENCE).until(() -> callout.ledger().size() >= 4);
            // The lease is taken from the node as if it had died: what it had claimed is taken over under a new name.
            callout.execute("DELETE FROM nodes");
            await().atMost(PATIENCE).until(() -> callout.number("SELECT run_ended IS NOT NULL FROM campaigns") == 1);

            assertThat(callout.ledger().calls().stream()
                            .filter(LedgerCall::accepted)
                            .count())
                    .isBetween(1L, 20L);
            assertThat(callout.number("SELECT calls_made FROM campaigns")).isEqualTo(20);
        }
    }

    @ParameterizedTest(name = "finish_on {0}")
    @CsvSource({"-1", "1000"})
    void aRunEndsWhenEveryNumberIsFinishedPendingRetriesIncluded(int finishOn) throws Exception {
        try (Installation callout =
                Installation.builder().simulated(sim -> sim.callees(BUSY)).start()) {
            long campaign =
                    callout.campaign("all", Map.of("finish_on", finishOn, "max_attempts", 2, "backoff_sec", 600));
            callout.numbers(campaign, "100", 3);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE call_count = 1 AND call_uuid IS NULL")
                            == 3);
            assertThat(callout.number("SELECT paused FROM campaigns"))
                    .as("while retries are pending")
                    .isZero();
            callout.advance(Duration.ofSeconds(601));
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT run_ended IS NOT NULL AND paused FROM campaigns") == 1);

            assertThat(callout.ledger().calls()).hasSize(6);
        }
    }

    @Test
    void withoutFinishOnACampaignIsIdleWhenNothingIsDueAndDialsWhatIsAddedLater() throws Exception {
        try (Installation callout =
                Installation.builder().simulated(sim -> sim.callees(BUSY)).start()) {
            long campaign = callout.campaign("open", Map.of("max_attempts", 1));
            callout.numbers(campaign, "100", 3);
            callout.awaitAllFinished(PATIENCE);
            callout.numbers(campaign, "200", 3);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.number("SELECT run_ended IS NULL AND NOT paused FROM campaigns"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aCampaignThatNeverEndsCallsItsNumbersAgainAfterTheirRetryTime() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(20))))
                .start()) {
            long campaign = callout.campaign("never", Map.of("finish_on", 0, "max_attempts", 1, "backoff_sec", 2));
            callout.numbers(campaign, "100", 2);
            await().atMost(PATIENCE).until(() -> callout.ledger().calls().size() >= 6);
            callout.execute("UPDATE campaigns SET paused = 1");
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            List<LedgerCall> calls = callout.ledger().calls("1000000");
            for (int i = 1; i < calls.size(); i++) {
                assertThat(calls.get(i).nanos() - calls.get(i - 1).nanos())
                        .isGreaterThanOrEqualTo(Duration.ofMillis(1950).toNanos());
            }
            assertThat(callout.column("SELECT DISTINCT CONCAT(finished, ' ', status) FROM campaign_phones"))
                    .containsExactly("0 success");
        }
    }

    @Test
    void aCampaignThatWouldNeverEndWithoutAPauseIsNotDialled() throws Exception {
        try (Installation callout =
                Installation.builder().simulated(sim -> sim.callees(BUSY)).start()) {
            long never = callout.campaign("never", Map.of("finish_on", 0, "backoff_sec", 0));
            callout.numbers(never, "100", 2);
            callout.numbers(callout.campaign("right", Map.of("max_attempts", 1)), "200", 2);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 2);
            assertThat(callout.ledger().calls()).allMatch(call -> call.number().startsWith("200"));
        }
    }

    @Test
    void nothingIsDialledBeforeDatetimeStartByTheClocksOfItsZone() throws Exception {
        try (Installation callout =
                Installation.builder().simulated(sim -> sim.callees(BUSY)).start()) {
            long campaign = callout.campaign("later", Map.of("max_attempts", 1, "timezone", "Asia/Kathmandu"));
            callout.execute("UPDATE campaigns SET datetime_start = CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', '+05:45')"
                    + " + INTERVAL 5 SECOND");
            long start =
                    callout.number("SELECT UNIX_TIMESTAMP(CONVERT_TZ(datetime_start, '+05:45', @@session.time_zone))"
                            + " FROM campaigns");
            callout.numbers(campaign, "100", 3);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.number("SELECT FLOOR(MIN(UNIX_TIMESTAMP(setup_time))) FROM campaign_phones"))
                    .as("a wrong zone is off by a quarter of an hour at least")
                    .isBetween(start, start + 600);
        }
    }
}
