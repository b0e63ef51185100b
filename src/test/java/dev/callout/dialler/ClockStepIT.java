package dev.callout.dialler;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.callout.Installation;
import dev.callout.simulator.ledger.LedgerCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Somebody sets the clock of the database's server while campaigns are dialled. */
class ClockStepIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofHours(1);
    private static final double GAP = 0.2;

    @Test
    void diallingGoesOnAtItsPaceWhenTheDatabasesClockStepsForthAndBack() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(200)))).start()) {
            callout.numbers(callout.campaign("fast", Map.of("max_concurrent_calls", 5)), "1", 5000);
            callout.numbers(callout.campaign("paced", Map.of("time_between_calls", GAP)), "2", 5000);
            for (Duration step : List.of(Duration.ZERO, STEP, STEP.negated(), STEP.negated())) {
                callout.stepDatabaseClock(step);
                int fast = calls(callout, "1").size();
                int paced = calls(callout, "2").size();
                await("calls after a step of " + step).atMost(PATIENCE).until(() ->
                        calls(callout, "1").size() >= fast + 50 && calls(callout, "2").size() >= paced + 15);
            }

            List<LedgerCall> paced = calls(callout, "2");
            double seconds = (paced.get(paced.size() - 1).nanos() - paced.get(0).nanos()) / 1e9;
            assertThat(seconds).as("seconds for %d calls", paced.size()).isGreaterThan((paced.size() - 1) * GAP - GAP);
        }
    }

    private static List<LedgerCall> calls(Installation callout, String prefix) {
        return callout.ledger().calls().stream().filter(call -> call.number().startsWith(prefix)).toList();
    }
}
