package dev.callout.dialler.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's copy of the route that dials, with steps that fail, stop or go ways of their own. */
class UsersDialIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ORIGINATE =
            """
                    - to:
                        id: originate
                        uri: esl:originate
            """;

    private static final String FAILING =
            """
                    - to:
                        id: tell-crm
                        uri: netty-http:http://127.0.0.1:1/
            """;

    private static final String RULE =
            """
                    - process:
                        id: rule
                        ref: rule
            """;

    private static final String TAPPED =
            """
                    - wireTap:
                        uri: direct:another
            """;

    private static final String TOGETHER =
            """
                    - multicast:
                        parallelProcessing: true
                        steps:
                          - to:
                              uri: esl:originate
                          - to:
                              uri: netty-http:http://127.0.0.1:1/
            """;

    private static final String ON_OTHER_THREADS =
            """
                    - threads:
                        poolSize: 2
            """;

    private static final String TOLD_BEFORE =
            """
                    - to:
                        uri: seda:told
                    - delay:
                        expression:
                          constant:
                            expression: "1500"
            """;

    private static final String ANOTHER_ROUTE =
            """
            - route:
                id: another
                from:
                  uri: direct:another
                  steps:
                    - to:
                        uri: esl:originate
                    - to:
                        uri: netty-http:http://127.0.0.1:1/
            - route:
                id: told
                from:
                  uri: seda:told
                  steps:
                    - log:
                        message: told
            """;

    @TempDir
    private Path folder;

    /** Our route with other steps in the place of the last one. */
    private Installation.Builder withEnd(String steps) throws IOException {
        return with(ORIGINATE, steps);
    }

    private Installation.Builder with(String step, String steps) throws IOException {
        String ours = Files.readString(Path.of("routes/dial.camel.yaml"));
        assertThat(ours).contains(step);
        Files.writeString(folder.resolve("dial.camel.yaml"), ours.replace(step, steps));
        return Installation.builder().with("CALLOUT_ROUTES", folder.toString());
    }

    private static void assertEachCalledOnce(Installation callout, int numbers) throws Exception {
        callout.awaitAllFinished(PATIENCE);
        List<LedgerCall> calls = callout.ledger().calls();
        assertThat(calls.stream().collect(Collectors.groupingBy(LedgerCall::number, Collectors.counting())))
                .hasSize(numbers)
                .allSatisfy((number, times) -> assertThat(times).as(number).isEqualTo(1));
        assertThat(callout.column("SELECT call_uuid FROM call_attempts WHERE status = 'success'"))
                .containsExactlyInAnyOrderElementsOf(
                        calls.stream().map(LedgerCall::uuid).toList());
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ORIGINATE + FAILING,
                ORIGINATE + ORIGINATE,
                TOLD_BEFORE + ORIGINATE,
                TAPPED,
                TAPPED + FAILING,
                TOGETHER,
                ON_OTHER_THREADS + ORIGINATE + FAILING
            })
    void whatFailsBehindOrBesideTheOriginateRingsNobodyTwice(String end) throws Exception {
        Installation.Builder builder = withEnd(end);
        Files.writeString(folder.resolve("another.camel.yaml"), ANOTHER_ROUTE);
        try (Installation callout = builder.simulated(
                        sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))))
                .start()) {
            callout.numbers(
                    callout.campaign("twice", Map.of("max_concurrent_calls", 20, "backoff_sec", 1)), "100", 100);
            assertEachCalledOnce(callout, 100);
        }
    }

    @Test
    void aStepThatFailsRightBeforeTheOriginateChargesAndHoldsNothing() throws Exception {
        try (Installation callout = withEnd(FAILING + ORIGINATE).start()) {
            long campaign = callout.campaign("never", Map.of("max_concurrent_calls", 2));
            callout.numbers(campaign, "100", 4);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE next_call IS NOT NULL AND call_uuid IS NULL")
                            == 4);
            await().atMost(PATIENCE)
                    .until(() -> callout.control().whyIdle(campaign).contains("tell-crm"));
            assertThat(callout.control().whyIdle(campaign))
                    .contains("route dial")
                    .contains("fails: ");
            assertThat(callout.ledger().calls()).isEmpty();
            // One that is tried again may have its sent mark just now.
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones WHERE call_uuid IS NULL"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"take-up", "last-look"})
    void numbersThatAStepRefusesOrStopsKeepNoOtherFromBeingCalled(String before) throws Exception {
        String ours = Files.readString(Path.of("routes/dial.camel.yaml"));
        String step = ours.substring(ours.indexOf("- bean:\n            id: " + before));
        Processor rule = exchange -> {
            Attempt attempt = exchange.getMessage().getBody() instanceof Attempt body
                    ? body
                    : exchange.getProperty("CalloutAttempt", Attempt.class);
            refuseSome(exchange, attempt.number().cld());
        };
        try (Installation callout = with(step, RULE.strip() + "\n        " + step)
                .prepared(context -> context.getRegistry().bind("rule", rule))
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))))
                .start()) {
            long campaign = callout.campaign("six of ten", Map.of("max_concurrent_calls", 2));
            callout.numbers(campaign, "100", 10);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'success'") == 6);
            await().atMost(PATIENCE)
                    .until(() -> callout.control().whyIdle(campaign).contains("route dial"));

            // Four numbers that wait 0.3, 0.6, 1.2 and 2.4 s; every 0.3 s it would be 40 times.
            long until = givenBack(callout);
            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().calls().size() == 6);
            assertThat(givenBack(callout) - until).isLessThanOrEqualTo(16);
            // One that is tried again may have its sent mark just now, which charges it until it is taken back.
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 0 AND call_count = 0")
                                    == 4);
        }
    }

    private static void refuseSome(Exchange exchange, String number) {
        if (number.endsWith("0") || number.endsWith("1")) {
            throw new IllegalStateException("not " + number);
        }
        exchange.setRouteStop(number.endsWith("2") || number.endsWith("3"));
    }

    private static long givenBack(Installation callout) {
        return (long) callout.camelContext()
                .getRegistry()
                .lookupByNameAndType("meterRegistry", io.micrometer.core.instrument.MeterRegistry.class)
                .get("callout.numbers.given.back")
                .counter()
                .count();
    }
}
