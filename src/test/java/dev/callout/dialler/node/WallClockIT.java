package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the clock of the dialler's machine while calls are up. */
class WallClockIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(ints = {5, -5})
    void aStepOfTheClockEndsNoCallAndChangesNoResult(int hours) throws Exception {
        AtomicReference<Duration> step = new AtomicReference<>(Duration.ZERO);
        try (Installation callout = Installation.builder()
                .wallClock(() -> Instant.now().plus(step.get()))
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(100))))
                .start()) {
            callout.numbers(callout.campaign("up", Map.of("max_concurrent_calls", 5, "threshold_msec", 1000)), "49", 5);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 5);
            step.set(Duration.ofHours(hours));
            await("talk for more than the threshold")
                    .pollDelay(Duration.ofMillis(1500))
                    .until(() -> true);
            Operator.hangUpAll(callout);
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT_WS(' ', status, call_count, hangup_cause) FROM campaign_phones"))
                    .containsExactly("success 1 NORMAL_CLEARING");
            assertThat(
                            callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE TIMESTAMPDIFF(SECOND, connect_time,"
                                            + " disconnect_time) NOT BETWEEN 1 AND 600 OR ABS(TIMESTAMPDIFF(SECOND, disconnect_time, NOW(3))) > 600"))
                    .isZero();
        }
    }
}
