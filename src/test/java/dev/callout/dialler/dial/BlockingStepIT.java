package dev.callout.dialler.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of a user's that blocks the thread it runs on, and what becomes of the campaign whose numbers it is for, and of others. */
@Tag("full")
class BlockingStepIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BLOCK_MS = 250;
    private static final int OTHERS_RATE = 10;
    private static final Duration WINDOW = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    /** In a campaign whose numbers begin with 9 each number blocks its thread, wherever the step stands. */
    @ParameterizedTest
    @ValueSource(strings = {"take-up", "choose-switch", "render-dial-string"})
    void slowsDownItsOwnCampaignOnly(String before) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Processor blocking = exchange -> {
            Attempt attempt = exchange.getMessage().getBody(Attempt.class);
            if (attempt.number().cld().startsWith("9")) {
                assertThat(never.await(BLOCK_MS, TimeUnit.MILLISECONDS)).isFalse();
            }
        };
        String ours = Files.readString(Path.of("routes/dial.camel.yaml"));
        String step = "- bean:\n            id: " + before;
        assertThat(ours).contains(step);
        Files.writeString(
                folder.resolve("dial.camel.yaml"),
                ours.replace(step, "- process:\n            ref: blocking\n        " + step));
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .prepared(context -> context.getRegistry().bind("blocking", blocking))
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(20))))
                .start()) {
            long blocked = callout.campaign("blocked", Map.of("max_concurrent_calls", 200));
            callout.numbers(blocked, "9", 9000);
            long other = callout.campaign(
                    "other", Map.of("max_concurrent_calls", 200, "time_between_calls", 1.0 / OTHERS_RATE));
            callout.numbers(other, "1", 1000);

            // The best of many windows: on a busy machine a campaign may be slower for a while for that alone.
            List<Sample> samples = new ArrayList<>();
            await().atMost(PATIENCE).pollInterval(WINDOW).untilAsserted(() -> {
                samples.add(new Sample(System.nanoTime(), calls(callout, "9"), calls(callout, "1")));
                assertThat(samples).hasSizeGreaterThan(1);
                Sample from = samples.get(samples.size() - 2);
                Sample to = samples.get(samples.size() - 1);
                double seconds = (to.nanos() - from.nanos()) / 1e9;
                double blockedRate = (to.blocked() - from.blocked()) / seconds;
                double otherRate = (to.other() - from.other()) / seconds;
                System.out.printf(
                        "%s: %.0f calls/s of the campaign that blocks, %.1f of the other%n",
                        before, blockedRate, otherRate);
                assertThat(otherRate)
                        .as("calls a second of the other campaign")
                        .isGreaterThanOrEqualTo(0.9 * OTHERS_RATE);
                assertThat(blockedRate)
                        .as("calls a second of the campaign that blocks")
                        .isGreaterThanOrEqualTo(100);
            });
        }
    }

    /** How many calls either campaign had made by an instant. */
    private record Sample(long nanos, long blocked, long other) {}

    private static long calls(Installation callout, String prefix) {
        return callout.ledger().calls().stream()
                .filter(call -> call.number().startsWith(prefix))
                .count();
    }
}
