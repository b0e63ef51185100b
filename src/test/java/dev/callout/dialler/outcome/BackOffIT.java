package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The back-off that stands in route {@code retry}: a user changes it there, and the promises are kept behind it. */
class BackOffIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RING = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    private Installation.Builder withRoute(String ours, String users) throws Exception {
        String route = Files.readString(Path.of("routes/retry.camel.yaml"));
        assertThat(route).contains(ours);
        Files.writeString(folder.resolve("retry.camel.yaml"), route.replace(ours, users));
        return Installation.builder().with("CALLOUT_ROUTES", folder.toString());
    }

    @Test
    void aNumberChangedInYamlIsTheDelayOfTheRetry() throws Exception {
        try (Installation callout = withRoute("\"${header.CalloutDelays[busy]}\"", "\"1.5\"")
                .simulated(sim ->
                        sim.callees(call -> CalleePlan.refuses(call.number().startsWith("100") ? 486 : 480, RING)))
                .with("CALLOUT_RETRY_NO_ANSWER", "2")
                .start()) {
            callout.numbers(callout.campaign("busy", Map.of("max_attempts", 2)), "100", 1);
            callout.numbers(callout.campaign("no answer", Map.of("max_attempts", 2)), "200", 1);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, attempt, retry_sec) FROM call_attempts"
                            + " ORDER BY number, attempt"))
                    .containsExactly("1000000 1 1.500", "1000000 2", "2000000 1 2.000", "2000000 2");
        }
    }

    @Test
    void whateverTheRouteSaysThePromisesAreKept() throws Exception {
        Map<String, Object> said = new ConcurrentHashMap<>(Map.of(
                "soon",
                "soon",
                "negative",
                -5,
                "list",
                List.of(60, 90),
                "not a number",
                Double.NaN,
                "at once",
                0,
                "text",
                " 20 ",
                "never",
                "never",
                "last",
                20,
                "reached",
                20));
        said.put("far", "99999999999");
        Map<Object, String> names = new ConcurrentHashMap<>();
        Processor rule = exchange -> {
            Message message = exchange.getMessage();
            Object delay = said.get(names.get(message.getHeader("CalloutCampaign")));
            message.removeHeaders("*");
            message.setBody("not an attempt");
            message.setHeader("CalloutStatus", "success");
            message.setHeader("CalloutMaxAttempts", 99);
            if (delay != null) {
                message.setHeader("CalloutNextCallAfter", delay);
            }
        };
        try (Installation callout = withRoute(
                        "        - choice:\n            id: next-leg\n",
                        "        - process:\n            ref: rule\n        - choice:\n            id: next-leg\n")
                .prepared(context -> context.getRegistry().bind("rule", rule))
                .with("CALLOUT_RETRY_FLOOR_SEC", "7")
                .with("CALLOUT_RETRY_BUSY", "300")
                .simulated(sim -> sim.callees(call -> call.number().startsWith("200")
                        ? CalleePlan.answers(RING, RING)
                        : CalleePlan.refuses(486, RING)))
                .build()) {
            said.put("nothing", "");
            for (String name : said.keySet()) {
                long campaign = callout.campaign(name, Map.of("max_attempts", name.equals("last") ? 1 : 3));
                names.put(campaign, name);
                callout.numbers(campaign, name.equals("reached") ? "200" : "100", 1);
            }
            said.remove("nothing");
            callout.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.column("SELECT CONCAT(c.name, ': ', p.status, ' ',"
                                    + " p.finished, ' ', COALESCE(a.retry_sec, 'NULL')) FROM call_attempts AS a JOIN campaigns AS c USING (i_campaign)"
                                    + " JOIN campaign_phones AS p USING (i_campaign)"))
                            .containsExactlyInAnyOrder(
                                    "soon: failure 0 300.000",
                                    "negative: failure 0 300.000",
                                    "list: failure 0 300.000",
                                    "not a number: failure 0 300.000",
                                    "nothing: failure 0 300.000",
                                    "far: failure 0 300.000",
                                    "at once: failure 0 7.000",
                                    "text: failure 0 20.000",
                                    "never: failure 1 NULL",
                                    "last: failure 1 NULL",
                                    "reached: success 1 NULL"));
        }
    }
}
