package dev.callout.dialler;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

import dev.callout.ChildProcess;
import dev.callout.Installation;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of calls when the dialler stops, and starts again. */
@Tag("waiting")
class RestartIT {

    private static final Duration SECONDS = Duration.ofSeconds(6);

    @Test
    void callsThatAreUpLiveOnAndAreAdoptedAtTheNextStart() throws Exception {
        try (Installation callout = Installation.builder().simulated(sim -> sim.callees(call ->
                CalleePlan.answers(Duration.ofMillis(200), Duration.ofSeconds(10)))).start()) {
            long campaign = callout.campaign("interrupted", Map.of("max_concurrent_calls", 10, "threshold_msec", 8000));
            callout.numbers(campaign, "100", 10);
            await().atMost(SECONDS).until(() -> callout.number(
                    "SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 10);

            assertThat(timed(callout::stop)).isLessThan(SECONDS);
            assertThat(callout.ledger().callsUp()).as("calls live on").isEqualTo(10);
            assertThat(callout.number("SELECT COUNT(*) FROM nodes")).isZero();
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL")).isEqualTo(10);

            callout.start();
            callout.awaitAllFinished(Duration.ofSeconds(30));
            assertEverybodyWasCalledOnce(callout, 10);
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause, call_count) FROM campaign_phones"))
                    .containsExactly("success NORMAL_CLEARING 1");
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE ABS(TIMESTAMPDIFF(MICROSECOND, connect_time,"
                    + " disconnect_time) - 10000000) > 500000")).as("calls whose times were lost").isZero();
        }
    }

    @Test
    void callsThatEndedMeanwhileAreFinishedIfTheyWereAnsweredAndNobodyIsCalledAgain() throws Exception {
        try (Installation callout = Installation.builder().with("CALLOUT_UNKNOWN_OUTCOME", "finish")
                .simulated(sim -> sim.callees(call -> call.number().endsWith("9")
                        ? CalleePlan.ringsThenRefuses(486, Duration.ofSeconds(3))
                        : CalleePlan.answers(Duration.ofMillis(50), Duration.ofSeconds(3)))).start()) {
            callout.numbers(callout.campaign("missed", Map.of("max_concurrent_calls", 10)), "100", 10);
            await().atMost(SECONDS).until(() -> callout.number(
                    "SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 9);
            callout.stop();
            await().atMost(SECONDS).until(() -> callout.ledger().callsUp() == 0);

            callout.start();
            callout.awaitAllFinished(Duration.ofSeconds(20));
            assertEverybodyWasCalledOnce(callout, 10);
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause, call_count) FROM campaign_phones"
                    + " ORDER BY cld LIKE '%9'")).containsExactlyInAnyOrder("success LOST_RESULT 1", "failure LOST_RESULT 1");
        }
    }

    @Test
    void aCallThatWasSeenUpForItsThresholdIsASuccessEvenIfItIsLostLater() throws Exception {
        try (Installation callout = Installation.builder().simulated(sim -> sim.callees(
                Installation.talking(Duration.ofMillis(50), Duration.ofMinutes(5)))).start()) {
            callout.numbers(callout.campaign("long enough", Map.of("threshold_msec", 1000)), "100", 3);
            callout.numbers(callout.campaign("too short", Map.of("threshold_msec", 60_000)), "200", 3);
            await().atMost(SECONDS).until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'"
                    + " AND connect_time < NOW(3) - INTERVAL 2 SECOND") == 6);
            callout.stop();
            callout.start();
            await("the switch has been asked for them").during(Duration.ofSeconds(1)).atMost(SECONDS)
                    .until(() -> callout.camelContext().getInflightRepository().size("adopt") == 6);
            callout.simulated().restart();

            callout.awaitAllFinished(SECONDS);
            assertThat(callout.column("SELECT CONCAT_WS(' ', LEFT(cld, 3), status, hangup_cause, call_count, COUNT(*))"
                    + " FROM campaign_phones GROUP BY i_campaign ORDER BY 1"))
                    .containsExactly("100 success LOST_RESULT 1 3", "200 premature hangup LOST_RESULT 1 3");
        }
    }

    @Test
    void whatWasNotSentIsGivenBackAtTheStopAndDialledAfterTheStart() throws Exception {
        try (Installation callout = Installation.builder().with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "20")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100)))).start()) {
            callout.numbers(callout.campaign("busy", Map.of("max_concurrent_calls", 500)), "100", 150);
            await().atMost(SECONDS).until(() -> callout.ledger().size() >= 30);

            assertThat(timed(callout::stop)).isLessThan(SECONDS);
            int called = callout.ledger().size();
            assertThat(called).isLessThan(150);
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL AND call_switch IS NULL"))
                    .as("claimed and not sent").isZero();
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones")).as("charged").isEqualTo(called);

            callout.start();
            callout.awaitAllFinished(Duration.ofSeconds(30));
            assertThat(callout.ledger().overlaps()).isEmpty();
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones")).isEqualTo(callout.ledger().size());
        }
    }

    @Test
    void aLeaseThatIsLostWithCallsUpIsTakenAnewAndTheCallsAreFollowedOn() throws Exception {
        try (Installation callout = Installation.builder().with("CALLOUT_LEASE_SEC", "3").simulated(sim -> sim.callees(call ->
                CalleePlan.answers(Duration.ofMillis(200), Duration.ofSeconds(6)))).start()) {
            long campaign = callout.campaign("fenced", Map.of("max_concurrent_calls", 10, "threshold_msec", 5000));
            callout.numbers(campaign, "100", 10);
            await().atMost(SECONDS).until(() -> callout.number(
                    "SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 10);

            callout.execute("DELETE FROM nodes");
            callout.awaitAllFinished(Duration.ofSeconds(20));
            assertEverybodyWasCalledOnce(callout, 10);
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause, call_count) FROM campaign_phones"))
                    .containsExactly("success NORMAL_CLEARING 1");
        }
    }

    @Test
    void callsOfAProcessThatWasKilledAreTakenOverWhenItsLeaseHasRunOut(@TempDir Path folder) throws Exception {
        try (Installation callout = Installation.builder().with("CALLOUT_LEASE_SEC", "3").simulated(sim -> sim.callees(call ->
                CalleePlan.answers(Duration.ofMillis(200), Duration.ofSeconds(10)))).build()) {
            long campaign = callout.campaign("orphaned", Map.of("max_concurrent_calls", 10, "threshold_msec", 8000));
            callout.numbers(campaign, "100", 15);
            Path config = Files.writeString(folder.resolve("killed.properties"), "callout.db.url=" + callout.databaseUrl()
                    + "\ncallout.db.user=root\ncallout.node=killed\ncallout.lease-sec=3\n"
                    + "callout.switches=sim\ncallout.switch.sim.port=" + callout.simulated().port() + "\n");
            try (ChildProcess killed = ChildProcess.ofClasses(folder.resolve("killed.log"), "logback.xml", "run", "--config",
                    config.toString())) {
                await().atMost(Duration.ofSeconds(40)).until(() -> callout.number(
                        "SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 10);
                killed.kill();
            }

            callout.start();
            callout.awaitAllFinished(Duration.ofSeconds(40));
            assertEverybodyWasCalledOnce(callout, 15);
            assertThat(callout.ledger().peak()).as("calls at once").isEqualTo(10);
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause, call_count) FROM campaign_phones"))
                    .containsExactly("success NORMAL_CLEARING 1");
        }
    }

    private static void assertEverybodyWasCalledOnce(Installation callout, int numbers) throws SQLException {
        assertThat(callout.ledger().overlaps()).isEmpty();
        assertThat(callout.ledger().calls()).extracting(LedgerCall::number).hasSize(numbers).doesNotHaveDuplicates();
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(numbers);
        assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL")).isZero();
    }

    private static Duration timed(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
