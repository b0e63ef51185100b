package dev.callout.dialler.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.Processor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A door that does one campaign's numbers no good leaves another one its pace, as the switch's ledger has it. */
class DoorRateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The budget is three quarters of the horizon: 1.5 s. */
    private static final Duration BEYOND_ITS_BUDGET = Duration.ofSeconds(2);
    /** Calls that a window is made of: four seconds of ten calls/s. */
    private static final int WINDOW = 40;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"may-be-dialled, fails", "may-be-dialled, blocks", "dial-variables, blocks"})
    void anotherCampaignKeepsItsPace(String door, String does) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger came = new AtomicInteger();
        Processor rule = exchange -> {
            if (UsersDoor.number(exchange).startsWith("9")) {
                came.incrementAndGet();
                if (does.equals("blocks")) {
                    over.await(BEYOND_ITS_BUDGET.toMillis(), TimeUnit.MILLISECONDS);
                }
                throw new IllegalStateException("no answer");
            }
        };
        try (Installation callout = UsersDoor.running(folder, door, rule)
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "20")
                .start()) {
            callout.numbers(callout.campaign("harmed", Map.of("max_concurrent_calls", 200)), "9", 5000);
            callout.numbers(
                    callout.campaign("paced", Map.of("max_concurrent_calls", 100, "time_between_calls", 0.1)),
                    "1",
                    2000);
            AtomicInteger before = new AtomicInteger();
            // The best of some windows: a busy machine may lose instants of its own.
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(4)).untilAsserted(() -> {
                int harmed = came.get() - before.getAndSet(came.get());
                List<LedgerCall> calls = callout.ledger().calls();
                assertThat(calls).hasSizeGreaterThan(WINDOW);
                List<LedgerCall> last = calls.subList(calls.size() - WINDOW, calls.size());
                double rate = (WINDOW - 1)
                        * 1e9
                        / (last.get(WINDOW - 1).nanos() - last.get(0).nanos());
                System.out.printf(
                        "%s %s: %.2f of 10 calls/s beside %d numbers that came to it%n", door, does, rate, harmed);
                assertThat(harmed).as("numbers that came to the door meanwhile").isPositive();
                assertThat(rate).isBetween(8.0, 10.5);
            });
            assertThat(callout.ledger().calls().stream()
                            .collect(Collectors.groupingBy(LedgerCall::number, Collectors.counting())))
                    .allSatisfy((number, times) -> {
                        assertThat(number).startsWith("1");
                        assertThat(times).isEqualTo(1);
                    });
            // Before the dialler stops, so that no number is still at the door then.
            over.countDown();
        } finally {
            over.countDown();
        }
    }
}
