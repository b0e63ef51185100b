package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.ChildProcess;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of calls when the dialler stops, and starts again. */
class RestartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Far from the time that a stop is given, which one that waits for calls takes. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    private static final Duration RING = Duration.ofMillis(200);

    @Test
    void callsThatAreUpLiveOnAndAreAdoptedAtTheNextStart() throws Exception {
        try (Installation callout = Installation.builder()
                .property("camel.main.shutdown-timeout", "60")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING)))
                .start()) {
            long campaign = callout.campaign("interrupted", Map.of("max_concurrent_calls", 10, "threshold_msec", 5000));
            callout.numbers(campaign, "100", 10);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'"
                                    + " AND connect_time < NOW(3) - INTERVAL 6 SECOND")
                            == 10);

            assertThat(timed(callout::stop)).isLessThan(AT_ONCE);
            String stopped = callout.column("SELECT NOW(3)").get(0);
            assertThat(callout.ledger().callsUp()).as("calls live on").isEqualTo(10);
            assertThat(callout.number("SELECT COUNT(*) FROM nodes")).isZero();
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                    .isEqualTo(10);

            callout.start();
            Operator.awaitFollowed(callout, 10);
            // By more than two measurements of the database's clock are apart on a busy machine.
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT NOW(3) > '" + stopped + "' + INTERVAL 4 SECOND") == 1);
            Operator.hangUpAll(callout);
            callout.awaitAllFinished(PATIENCE);
            assertEverybodyWasCalledOnce(callout, 10);
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause, call_count) FROM campaign_phones"))
                    .containsExactly("success NORMAL_CLEARING 1");
            assertThat(callout.column("SELECT CONCAT_WS(' ', cld, connect_time, disconnect_time) FROM campaign_phones"
                            + " WHERE connect_time >= '" + stopped + "' OR disconnect_time <= '" + stopped + "'"))
                    .as("calls whose times were not kept, stopped at " + stopped)
                    .isEmpty();
        }
    }

    @Test
    void callsThatEndedMeanwhileAreFinishedIfTheyWereAnsweredAndNobodyIsCalledAgain() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_UNKNOWN_OUTCOME", "finish")
                .simulated(sim -> sim.callees(call -> call.number().endsWith("9")
                        ? CalleePlan.ringsForEver()
                        : CalleePlan.answers(Duration.ofMillis(50))))
                .start()) {
            callout.numbers(callout.campaign("missed", Map.of("max_concurrent_calls", 10)), "100", 10);
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().callsUp() == 10
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 9);
            callout.stop();
            Operator.hangUpAll(callout);
            await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() == 0);

            callout.start();
            callout.awaitAllFinished(PATIENCE);
            assertEverybodyWasCalledOnce(callout, 10);
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause, call_count) FROM campaign_phones"
                                    + " ORDER BY cld LIKE '%9'"))
                    .containsExactlyInAnyOrder("success LOST_RESULT 1", "failure LOST_RESULT 1");
        }
    }

    @Test
    void aCallThatWasSeenUpForItsThresholdIsASuccessEvenIfItIsLostLater() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMinutes(15))))
                .start()) {
            callout.numbers(callout.campaign("long enough", Map.of("threshold_msec", 1000)), "100", 3);
            callout.numbers(callout.campaign("too short", Map.of("threshold_msec", 600_000)), "200", 3);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'"
                                    + " AND connect_time < NOW(3) - INTERVAL 2 SECOND")
                            == 6);
            callout.stop();
            callout.start();
            await("the switch has been asked for them")
                    .during(Duration.ofSeconds(1))
                    .atMost(PATIENCE)
                    .until(() -> callout.camelContext().getInflightRepository().size("adopt") == 6);
            callout.simulated().restart();

            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.column("SELECT CONCAT_WS(' ', LEFT(cld, 3), status, hangup_cause, call_count, COUNT(*))"
                            + " FROM campaign_phones GROUP BY i_campaign ORDER BY 1"))
                    .containsExactly("100 success LOST_RESULT 1 3", "200 premature hangup LOST_RESULT 1 3");
        }
    }

    @Test
    void whatWasNotSentIsGivenBackAtTheStopAndDialledAfterTheStart() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "20")
                        .property("camel.main.shutdown-timeout", "60")
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))))
                        .start()) {
            callout.numbers(callout.campaign("busy", Map.of("max_concurrent_calls", 500)), "100", 600);
            callout.numbers(callout.campaign("paced", Map.of("time_between_calls", 0.3)), "200", 100);
            await().atMost(PATIENCE).until(() -> callout.ledger().size() >= 30);

            assertThat(timed(callout::stop)).isLessThan(AT_ONCE);
            assertThat(log.stackTraces()).isEmpty();
            assertThat(callout.ledger().size()).isLessThan(600);
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones"
                            + " WHERE call_uuid IS NOT NULL AND call_switch IS NULL"))
                    .as("claimed and not sent")
                    .isZero();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones"))
                            .as("charged")
                            .isEqualTo(callout.ledger().size()));

            callout.execute("DELETE FROM campaign_phones WHERE call_count = 0 AND cld NOT LIKE '%5'");
            callout.start();
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().overlaps()).isEmpty();
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones"))
                    .isEqualTo(callout.ledger().size());
        }
    }

    @Test
    void aLeaseThatIsLostWithCallsUpIsTakenAnewAndTheCallsAreFollowedOn() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING)))
                .start()) {
            long campaign = callout.campaign("fenced", Map.of("max_concurrent_calls", 10, "threshold_msec", 1000));
            callout.numbers(campaign, "100", 10);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'"
                                    + " AND connect_time < NOW(3) - INTERVAL 2 SECOND")
                            == 10);
            String owner = callout.column("SELECT owner FROM campaign_phones").get(0);

            callout.execute("DELETE FROM nodes");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE owner <> '" + owner + "'")
                            == 10);
            Operator.awaitTakenOver(callout, 10);
            Operator.hangUpAll(callout);
            callout.awaitAllFinished(PATIENCE);
            assertEverybodyWasCalledOnce(callout, 10);
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause, call_count) FROM campaign_phones"))
                    .containsExactly("success NORMAL_CLEARING 1");
        }
    }

    @Test
    void callsOfAProcessThatWasKilledAreTakenOverWhenItsLeaseHasRunOut(@TempDir Path folder) throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING)))
                .build()) {
            long campaign = callout.campaign("orphaned", Map.of("max_concurrent_calls", 10, "threshold_msec", 1000));
            callout.numbers(campaign, "100", 15);
            Path config = Files.writeString(
                    folder.resolve("killed.properties"),
                    "callout.db.url=" + callout.url()
                            + "\ncallout.db.user=root\ncallout.node=killed\ncallout.lease-sec=3\n"
                            + "callout.switches=sim\ncallout.switch.sim.port="
                            + callout.simulated().port() + "\n");
            try (ChildProcess killed = ChildProcess.ofClasses(
                    folder.resolve("killed.log"), "logback.xml", "run", "--config", config.toString())) {
                await().atMost(PATIENCE)
                        .until(() ->
                                callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 10);
                killed.kill();
            }

            callout.start();
            Operator.awaitFollowed(callout, 10);
            callout.simulated().callees(Installation.talking(RING, Duration.ofMillis(1500)));
            Operator.hangUpAll(callout);
            callout.awaitAllFinished(PATIENCE);
            assertEverybodyWasCalledOnce(callout, 15);
            assertThat(callout.ledger().peak()).as("calls at once").isEqualTo(10);
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause, call_count) FROM campaign_phones"))
                    .containsExactly("success NORMAL_CLEARING 1");
        }
    }

    private static void assertEverybodyWasCalledOnce(Installation callout, int numbers) throws SQLException {
        assertThat(callout.ledger().overlaps()).isEmpty();
        assertThat(callout.ledger().calls())
                .extracting(LedgerCall::number)
                .hasSize(numbers)
                .doesNotHaveDuplicates();
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(numbers);
        assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                .isZero();
    }

    private static Duration timed(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
