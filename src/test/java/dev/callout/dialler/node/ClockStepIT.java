package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Somebody sets the clock of the database's server while campaigns are dialled. */
class ClockStepIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofHours(1);
    private static final double GAP = 0.2;

    @Test
    void diallingGoesOnAtItsPaceWhenTheDatabasesClockStepsForthAndBack() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(200))))
                .start()) {
            callout.numbers(callout.campaign("fast", Map.of("max_concurrent_calls", 5)), "1", 5000);
            callout.numbers(callout.campaign("paced", Map.of("time_between_calls", GAP)), "2", 5000);
            for (Duration step : List.of(Duration.ZERO, STEP, STEP.negated(), STEP.negated())) {
                callout.stepDatabaseClock(step);
                int fast = calls(callout, "1").size();
                int paced = calls(callout, "2").size();
                await("calls after a step of " + step)
                        .atMost(PATIENCE)
                        .until(() -> calls(callout, "1").size() >= fast + 50
                                && calls(callout, "2").size() >= paced + 15);
            }

            List<LedgerCall> paced = calls(callout, "2");
            double seconds = (paced.get(paced.size() - 1).nanos() - paced.get(0).nanos()) / 1e9;
            assertThat(seconds).as("seconds for %d calls", paced.size()).isGreaterThan((paced.size() - 1) * GAP - GAP);
        }
    }

    /** By the switch's clock, which nobody sets. */
    @Test
    void retriesThatWaitAreKeptForWhatIsLeftOfTheirBackOffWhenTheDatabasesClockIsSetForward() throws Exception {
        Duration backoff = Duration.ofSeconds(15);
        Map<String, Object> columns = Map.of("backoff_sec", backoff.toSeconds(), "max_attempts", 2);
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .with("CALLOUT_LEASE_SEC", "3")
                        .with("CALLOUT_ALTER_TABLES", "true")
                        .simulated(sim -> sim.callees(call -> CalleePlan.refuses(486, Duration.ofMillis(20))))
                        .start()) {
            callout.numbers(callout.campaign("busy", columns), "1", 20);
            Map<String, Object> ofList = new HashMap<>(columns);
            ofList.put("destination_list", "my_list");
            callout.campaign("busy list", ofList);
            callout.execute("CREATE TABLE my_list (number VARCHAR(30) PRIMARY KEY) ENGINE=InnoDB");
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> {
                        callout.execute("INSERT IGNORE INTO my_list (number) SELECT 2000 + seq FROM seq_1_to_20");
                        return callout.number("SELECT COUNT(*) FROM call_attempts") == 40;
                    });
            callout.stepDatabaseClock(STEP);
            await().atMost(PATIENCE).until(() -> callout.ledger().size() == 80);
            await().atMost(PATIENCE).until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 80);

            assertThat(callout.ledger().calls().stream()
                            .collect(Collectors.groupingBy(LedgerCall::number))
                            .values())
                    .hasSize(40)
                    .allSatisfy(calls -> assertThat(Duration.ofNanos(
                                    calls.get(1).nanos() - calls.get(0).nanos()))
                            .isGreaterThanOrEqualTo(backoff));
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT(list, ' ', ROUND(micros / 1e6)) FROM clock_steps ORDER BY list"))
                    .containsExactly(" 3600", "my_list 3600");
            assertThat(log.warnings())
                    .filteredOn(line -> line.contains("set forward"))
                    .containsExactly(
                            "ClockWatch: The database's clock was set forward by 3600 s: waiting retries are postponed by"
                                    + " that much, so that none comes early");
        }
    }

    @Test
    void aTableOfStepsThatIsGoneCostsNoCall() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(200))))
                .start()) {
            callout.numbers(callout.campaign("fast", Map.of("max_concurrent_calls", 2)), "1", 5000);
            await().atMost(PATIENCE).until(() -> calls(callout, "1").size() > 5);
            callout.execute("DROP TABLE clock_steps");
            callout.stepDatabaseClock(STEP);
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            int before = calls(callout, "1").size();

            await("calls a lease later")
                    .atMost(PATIENCE)
                    .until(() -> calls(callout, "1").size() > before + 20);
        }
    }

    private static List<LedgerCall> calls(Installation callout, String prefix) {
        return callout.ledger().calls().stream()
                .filter(call -> call.number().startsWith(prefix))
                .toList();
    }
}
