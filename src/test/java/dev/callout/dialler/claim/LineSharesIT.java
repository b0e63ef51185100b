package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * That nodes on one database share the lines of a campaign, whoever came first. Each node has a switch of its own, whose ledger
 * says which calls it made. It runs alone: a processor that others use leaves lines free that no node takes in time.
 */
@Tag("alone")
class LineSharesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES = 60;

    private static Installation.Builder node(String name) {
        return Installation.builder()
                .with("CALLOUT_NODE", name)
                .with("CALLOUT_LEASE_SEC", "3")
                .with("CALLOUT_CLAIM_HORIZON_SEC", "1")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(100), Duration.ofMillis(900))));
    }

    private static List<Integer> callsOf(List<Installation> nodes) {
        return nodes.stream().map(node -> node.ledger().size()).toList();
    }

    /** Returns how many calls each node makes in some seconds; the cap is looked at meanwhile. */
    private static List<Integer> callsWithin(Duration time, List<Installation> nodes) {
        List<Integer> before = callsOf(nodes);
        await().atMost(PATIENCE)
                .during(time)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> nodes.get(0).number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL")
                        <= LINES);
        List<Integer> after = callsOf(nodes);
        List<Integer> made = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            made.add(after.get(i) - before.get(i));
        }
        return made;
    }

    @Test
    void whoComesLaterHasAsManyLinesAsTheFirst() throws Exception {
        try (Installation one = node("one").start()) {
            one.numbers(one.campaign("shared", Map.of("max_concurrent_calls", LINES)), "1", 9_000);
            await().atMost(PATIENCE).until(() -> one.ledger().size() >= 2 * LINES);
            try (Installation two =
                            node("two").with("CALLOUT_DB_URL", one.url()).start();
                    Installation three =
                            node("three").with("CALLOUT_DB_URL", one.url()).start()) {
                List<Installation> all = List.of(one, two, three);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    List<Integer> calls = callsWithin(Duration.ofSeconds(3), all);
                    double equal = calls.stream().mapToInt(Integer::intValue).sum() / 3.0;
                    assertThat(calls)
                            .allSatisfy(each -> assertThat((double) each).isBetween(0.75 * equal, 1.25 * equal));
                });

                two.stop();
                await().atMost(PATIENCE).untilAsserted(() -> {
                    List<Integer> calls = callsWithin(Duration.ofSeconds(3), List.of(one, three));
                    assertThat(calls.get(0) + calls.get(1))
                            .as("calls on the lines of the node that was stopped, too")
                            .isGreaterThan(3 * LINES * 7 / 10);
                    assertThat(calls.get(0)).isBetween(calls.get(1) * 3 / 4, calls.get(1) * 4 / 3);
                });
            }
        }
    }

    @Test
    void aNodeWithoutASwitchKeepsNoLineFree() throws Exception {
        try (Installation one = node("one").build();
                Installation two = node("two").with("CALLOUT_DB_URL", one.url()).build();
                Installation blind = node("blind")
                        .with("CALLOUT_DB_URL", one.url())
                        .with("CALLOUT_SWITCH_SIM_PORT", Integer.toString(FreePort.next()))
                        .build()) {
            one.numbers(one.campaign("shared", Map.of("max_concurrent_calls", LINES)), "1", 9_000);
            blind.start();
            one.start();
            two.start();
            await().atMost(PATIENCE).untilAsserted(() -> {
                List<Integer> calls = callsWithin(Duration.ofSeconds(3), List.of(one, two));
                assertThat(calls.get(0) + calls.get(1)).as("calls on all lines").isGreaterThan(3 * LINES * 7 / 10);
                assertThat(calls.get(0)).isBetween(calls.get(1) * 3 / 4, calls.get(1) * 4 / 3);
            });
            assertThat(one.column("SELECT name FROM nodes WHERE takes > 0 ORDER BY name"))
                    .containsExactly("one", "two");
        }
    }
}
