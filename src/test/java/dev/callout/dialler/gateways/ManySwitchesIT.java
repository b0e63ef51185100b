package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.api.ApiClient;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fifty switches on one node, of which one reads nothing, answers nothing, or is gone. It has the machine for itself,
 * because it compares how many calls the others get in a time.
 */
@Tag("full")
@Tag("alone")
class ManySwitchesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration WINDOW = Duration.ofSeconds(8);
    private static final int SWITCHES = 50;
    private static final int MOST_THREADS = 10;

    private final Map<String, SimulatedSwitch> switches = new LinkedHashMap<>();
    private Installation callout;
    private ApiClient api;

    @BeforeEach
    void start() throws Exception {
        int port = FreePort.next();
        api = new ApiClient(port);
        Installation.Builder builder = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "1")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(500))));
        List<String> names = new ArrayList<>(List.of("sim"));
        for (int i = 1; i < SWITCHES; i++) {
            String name = "s" + i;
            SimulatedSwitch one = SimulatedSwitch.builder()
                    .callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(500)))
                    .start();
            names.add(name);
            switches.put(name, one);
            builder.with("CALLOUT_SWITCH_S" + i + "_PORT", Integer.toString(one.port()))
                    .with("CALLOUT_SWITCH_S" + i + "_CALLS_PER_SECOND", "1");
        }
        callout = builder.with("CALLOUT_SWITCHES", String.join(",", names)).start();
        switches.put("sim", callout.simulated());
        callout.numbers(callout.campaign("many", Map.of("max_concurrent_calls", 500, "max_attempts", 1)), "100", 9_000);
    }

    @AfterEach
    void stop() {
        callout.close();
        switches.values().forEach(SimulatedSwitch::close);
    }

    @Test
    void oneThatIsSlowSilentOrGoneHarmsNoneOfTheOthers() throws Exception {
        await("calls on each switch").atMost(PATIENCE).until(() -> callsAfter(Map.of()).values().stream()
                .allMatch(calls -> calls >= 2));
        long before = total(inAWhile(), "s1", "s2", "s3");

        SimulatedSwitch slow = switches.get("s1");
        slow.stallReading(true);
        SimulatedSwitch silent = switches.get("s2");
        silent.goSilent();
        SimulatedSwitch gone = switches.get("s3");
        gone.stopListening();
        gone.dropConnections();
        Map<String, Integer> meanwhile = inAWhile();
        assertThat(total(meanwhile, "s1", "s2", "s3")).as("calls of the others").isGreaterThan(before / 2);
        assertThat(meanwhile).allSatisfy((name, calls) -> {
            if (!List.of("s1", "s2", "s3").contains(name)) {
                assertThat(calls).as(name).isPositive();
            }
        });
        long asked = System.nanoTime();
        assertThat(api.get("/health").status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.contains(" - Esl") || name.contains(" - CalloutSwitch")))
                .as("threads of all switches")
                .hasSizeLessThan(MOST_THREADS);

        slow.stallReading(false);
        gone.listenAgain();
        Map<String, Integer> then = callsAfter(Map.of());
        await("calls on those that are back").atMost(PATIENCE).until(() -> List.of("s1", "s2", "s3").stream()
                .allMatch(name -> callsAfter(then).get(name) > 0));
        callout.execute("UPDATE campaigns SET paused = 1");
        await("ends of all calls")
                .atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
        assertThat(switches.values().stream()
                        .flatMap(one -> one.ledger().calls().stream())
                        .filter(LedgerCall::accepted)
                        .map(LedgerCall::number))
                .doesNotHaveDuplicates()
                .hasSizeBetween(
                        (int) callout.number("SELECT COUNT(*) FROM call_attempts WHERE hangup_cause <> 'LOST_RESULT'"),
                        (int) callout.number("SELECT COUNT(*) FROM call_attempts"));
    }

    /** Returns how many calls each switch got in a window of time. */
    private Map<String, Integer> inAWhile() throws InterruptedException {
        Map<String, Integer> before = callsAfter(Map.of());
        long end = System.nanoTime() + WINDOW.toNanos();
        await("a window of time").atMost(PATIENCE).until(() -> System.nanoTime() > end);
        return callsAfter(before);
    }

    private Map<String, Integer> callsAfter(Map<String, Integer> before) {
        return switches.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> one.getValue().ledger().size() - before.getOrDefault(one.getKey(), 0)));
    }

    private static long total(Map<String, Integer> calls, String... without) {
        return calls.entrySet().stream()
                .filter(one -> !List.of(without).contains(one.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
