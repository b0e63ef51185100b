package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.node.Outages;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's copies of the routes that follow calls and write their ends, with steps that fail or drop what they get. */
@Tag("full")
class UsersEndsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String RULE =
            """
                    - process:
                        id: rule
                        ref: rule
            """;

    @TempDir
    private Path folder;

    /**
     * Our file with a step right before one of its steps, named by its first line: the first one of the route itself, or else
     * of a choice's branch.
     */
    private Installation.Builder withRule(String file, String before, Processor rule) throws IOException {
        String ours = Files.readString(Path.of("routes", file));
        int ofRoute = ours.indexOf("\n        - " + before) + 1;
        int at = ofRoute > 0 ? ofRoute : ours.indexOf("\n                - " + before) + 1;
        assertThat(at).isPositive();
        String step = ofRoute > 0 ? RULE : RULE.indent(8);
        // As it was before its faults had a configuration of their own.
        String copy = (ours.substring(0, at) + step + ours.substring(at))
                .replace("    routeConfigurationId: try-again-what-failed\n", "");
        Files.writeString(folder.resolve(file), copy);
        return Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .prepared(context -> context.getRegistry().bind("rule", rule))
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))));
    }

    private static void assertAllWritten(Installation callout, int numbers) throws Exception {
        callout.awaitAllFinished(PATIENCE);
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
        assertThat(callout.ledger().calls()).hasSize(numbers);
        assertThat(callout.column("SELECT call_uuid FROM call_attempts WHERE status = 'success'"))
                .containsExactlyInAnyOrderElementsOf(
                        callout.ledger().calls().stream().map(LedgerCall::uuid).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "calls.camel.yaml, bean:",
        "calls.camel.yaml, filter:",
        "retry.camel.yaml, bean:",
        "retry.camel.yaml, to:",
        "status.camel.yaml, aggregate:",
        "status.camel.yaml, setProperty:",
        "status.camel.yaml, 'setBody:'",
        "status.camel.yaml, wireTap:"
    })
    void endsAreWrittenThoughAStepAlwaysFails(String file, String before) throws Exception {
        boolean beforeItIsKnownWhoseCallItIs = before.equals("bean:") && file.startsWith("calls");
        Processor failing = exchange -> {
            if (!beforeItIsKnownWhoseCallItIs
                    || exchange.getMessage().getHeader("CamelEslCallState").equals("ANSWERED")) {
                throw new IllegalStateException("not today");
            }
        };
        try (Installation callout = withRule(file, before, failing).start()) {
            callout.numbers(callout.campaign("failing", Map.of("max_concurrent_calls", 30)), "100", 30);
            assertAllWritten(callout, 30);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean:", "to:", "filter:"})
    void aCampaignWhoseCalleesAreHungUpOnIsPausedThoughAStepAlwaysFails(String before) throws Exception {
        try (Installation callout = withRule("retry.camel.yaml", before, exchange -> {
                    throw new IllegalStateException("not today");
                })
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .start()) {
            long campaign = callout.campaign(
                    "warning", Map.of("action_on_answer", "playback(/prompts/missing.wav)", "max_concurrent_calls", 1));
            callout.numbers(campaign, "100", 60);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + campaign) == 1);
            assertThat(callout.ledger().calls().size())
                    .as("callees who were hung up on")
                    .isBetween(AnswerFaults.FEW, 40);
        }
    }

    @Test
    void anEndThatAStepDropsIsWrittenByTheRulesThatAreBuiltIn() throws Exception {
        try (Installation callout = withRule("retry.camel.yaml", "bean:", exchange -> exchange.setRouteStop(true))
                .start()) {
            callout.numbers(callout.campaign("dropping", Map.of("max_concurrent_calls", 20)), "100", 20);
            assertAllWritten(callout, 20);
        }
    }

    @Test
    void batchesThatAStepDropsAreWrittenPastIt() throws Exception {
        try (Installation callout = withRule("status.camel.yaml", "marshal:", exchange -> exchange.setRouteStop(true))
                .start()) {
            callout.numbers(callout.campaign("dropping", Map.of("max_concurrent_calls", 10)), "100", 10);
            assertAllWritten(callout, 10);
        }
    }

    /** Routes {@code unwritten} and {@code faults} have called one bean for all that is written without the routes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copiesThatCallBeanUnwrittenForAllWriteToo(boolean fails) throws Exception {
        Installation.Builder builder = withRule("status.camel.yaml", "marshal:", exchange -> {
            if (fails) {
                throw new IllegalStateException("not today");
            }
            exchange.setRouteStop(true);
        });
        copyWith("unwritten.camel.yaml", "overdue");
        copyWith("faults.camel.yaml", "pastRoutes");
        try (Installation callout = builder.start()) {
            callout.numbers(callout.campaign("copied", Map.of("max_concurrent_calls", 10)), "100", 10);
            assertAllWritten(callout, 10);
        }
    }

    private void copyWith(String file, String bean) throws IOException {
        String ours = Files.readString(Path.of("routes", file));
        assertThat(ours).contains("ref: " + bean);
        Files.writeString(folder.resolve(file), ours.replace("ref: " + bean, "ref: unwritten"));
    }

    @Test
    void aRuleThatFailsOnceDecidesTheSecondTime() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Installation callout = withRule("retry.camel.yaml", "bean:", exchange -> {
                    if (asked.incrementAndGet() % 2 == 1) {
                        throw new IllegalStateException("not the first time");
                    }
                })
                .start()) {
            callout.numbers(callout.campaign("twice", Map.of("max_concurrent_calls", 1)), "100", 2);
            assertAllWritten(callout, 2);
            assertThat(asked).hasValue(4);
        }
    }

    @Test
    void callsThatMustBeOverAndNumbersThatAStepKeepsForEverAreSweptUp() throws Exception {
        CountDownLatch forEver = new CountDownLatch(1);
        Processor deaf = exchange -> exchange.setRouteStop(
                exchange.getMessage().getHeader("CamelEslCallState").equals("ENDED"));
        Installation.Builder builder = withRule("calls.camel.yaml", "bean:", deaf);
        String dial = Files.readString(Path.of("routes/dial.camel.yaml"));
        Files.writeString(
                folder.resolve("dial.camel.yaml"),
                dial.replace(
                        "        - bean:\n            id: mark-sent",
                        "        - process:\n            ref: keeping\n        - bean:\n            id: mark-sent"));
        try (Installation callout = builder.prepared(context -> {
                    context.getRegistry().bind("rule", deaf);
                    context.getRegistry().bind("keeping", (Processor) exchange -> {
                        if (exchange.getMessage()
                                .getBody(Attempt.class)
                                .number()
                                .cld()
                                .endsWith("0")) {
                            forEver.await();
                        }
                    });
                })
                .start()) {
            callout.numbers(callout.campaign("deaf", Map.of("threshold_msec", 60_000)), "100", 3);
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().calls().stream()
                                            .filter(LedgerCall::answered)
                                            .count()
                                    == 2
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 2);
            AtomicLong later = new AtomicLong();
            Registry beans = callout.camelContext().getRegistry();
            Overdue overdue = new Overdue(
                    beans.findSingleByType(Attempts.class),
                    beans.findSingleByType(Unwritten.class),
                    beans.findSingleByType(PastRoutes.class),
                    beans.findSingleByType(Campaigns.class),
                    beans.findSingleByType(Outages.class),
                    () -> System.nanoTime() + later.get());
            overdue.writeLate(new DefaultExchange(callout.camelContext()));
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                    .isEqualTo(3);

            later.set(Duration.ofDays(1).toNanos());
            overdue.writeLate(new DefaultExchange(callout.camelContext()));
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                    .isZero();
            assertThat(callout.column("SELECT CONCAT_WS(' ', status, hangup_cause, finished) FROM campaign_phones"
                            + " WHERE call_count = 1"))
                    .containsExactly("premature hangup LOST_RESULT 1", "premature hangup LOST_RESULT 1");
            assertThat(callout.column("SELECT cld FROM campaign_phones WHERE call_count = 0 AND finished = 0"))
                    .containsExactly("1000000");
            forEver.countDown();
        }
    }

    @Test
    void whatCannotBeWrittenIsToldOfHoldsUpNoOtherAndIsWrittenWhenItCan() throws Exception {
        try (Installation callout = withRule("status.camel.yaml", "marshal:", exchange -> exchange.setRouteStop(true))
                .start()) {
            callout.execute("CREATE TRIGGER refusing AFTER UPDATE ON campaign_phones FOR EACH ROW"
                    + " IF NEW.status = 'success' AND NEW.cld LIKE '100%' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT ="
                    + " 'not this one'; END IF");
            long campaign = callout.campaign("refused", Map.of("max_concurrent_calls", 8));
            callout.numbers(campaign, "100", 8);
            callout.numbers(callout.campaign("taken", Map.of()), "200", 1);
            await().atMost(PATIENCE)
                    .until(() -> callout.control().whyIdle(campaign).contains("cannot be written: not this one"));
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'success'") == 1);
            callout.execute("DROP TRIGGER refusing");
            assertAllWritten(callout, 9);
        }
    }
}
