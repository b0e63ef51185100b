package dev.callout.dialler.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.UndialableException;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doors, each replaced by a user's route that does well, fails or does not come back; the switch tells what was dialled. */
class DoorsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNTIL = "; put off \\d+ times? since 20.+Z, the last until 20.+Z$";

    @TempDir
    private Path folder;

    /** An installation in which a door runs this. */
    private Installation.Builder with(String door, Processor rule) throws Exception {
        return UsersDoor.running(folder, door, rule);
    }

    private static String number(Exchange exchange) {
        return UsersDoor.number(exchange);
    }

    /** Whether a number ends with one of these digits. */
    private static boolean endsWith(Exchange exchange, String digits) {
        return digits.indexOf(number(exchange).charAt(number(exchange).length() - 1)) >= 0;
    }

    @Test
    void numbersAreSkippedWithTheCauseOrPutOffUnchargedAndTheOthersAreCalledOnce() throws Exception {
        Map<String, Instant> notBefore = new ConcurrentHashMap<>();
        try (Installation callout = with("may-be-dialled", exchange -> {
                    if (endsWith(exchange, "01")) {
                        exchange.getMessage().setHeader("CalloutSkip", "moved away");
                    } else if (endsWith(exchange, "2")
                            && notBefore.putIfAbsent(
                                            number(exchange), Instant.now().plusSeconds(1))
                                    == null) {
                        exchange.getMessage().setHeader("CalloutPutOff", "1.0");
                    } else if (endsWith(exchange, "3")) {
                        throw new UndialableException("asked not to be called");
                    } else if (endsWith(exchange, "4")
                            && notBefore.putIfAbsent(
                                            number(exchange), Instant.now().plusSeconds(1))
                                    == null) {
                        throw new NotNowException("line of the day is full", Duration.ofSeconds(1));
                    }
                    exchange.getMessage().setHeader("CamelSqlQuery", "DROP TABLE campaigns");
                    exchange.getMessage().setHeader("CamelEslCallUuid", "strange");
                    exchange.getMessage().setBody("strange");
                })
                .start()) {
            long campaign = callout.campaign("ruled", Map.of("max_concurrent_calls", 5));
            callout.numbers(campaign, "100", 20);
            callout.awaitAllFinished(PATIENCE);

            assertThat(UsersDoor.timesCalled(callout)).hasSize(14).allSatisfy((number, times) -> assertThat(times)
                    .isEqualTo(1));
            assertThat(callout.column("SELECT CONCAT(RIGHT(cld, 1), ' ', status, ' ', call_count, ' ', hangup_cause)"
                            + " FROM campaign_phones WHERE status <> 'success' ORDER BY cld LIMIT 3"))
                    .containsExactly(
                            "0 failure 0 moved away", "1 failure 0 moved away", "3 failure 0 asked not to be called");
            assertThat(notBefore).hasSize(4);
            callout.ledger().calls().stream()
                    .filter(call -> notBefore.containsKey(call.number()))
                    .forEach(call -> assertThat(call.at())
                            .as(call.number())
                            .isAfterOrEqualTo(notBefore.get(call.number()).minusMillis(50)));
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE status = 'success'"))
                    .isEqualTo(14);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"may-be-dialled", "choose-gateway", "dial-variables"})
    void aDoorThatFailsKeepsBackItsOwnNumbersOnlyAndShowsWhy(String door) throws Exception {
        try (Installation callout = with(door, exchange -> {
                    if (number(exchange).startsWith("9")) {
                        // As a pool of a user's own does that is full: not the throttle, whose numbers are due again at
                        // once.
                        throw new RejectedExecutionException("no answer for " + number(exchange));
                    }
                })
                .start()) {
            long failing = callout.campaign("failing", Map.of("max_concurrent_calls", 5));
            long sound = callout.campaign("sound", Map.of("max_concurrent_calls", 5));
            callout.numbers(failing, "9", 10);
            callout.numbers(sound, "1", 100);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE status = 'success' AND i_campaign = "
                                            + sound)
                            == 100);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE i_campaign = " + failing
                                            + " AND next_call IS NOT NULL AND call_uuid IS NULL AND call_count = 0 AND finished = 0")
                            == 10);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(failing))
                            .contains("step rule of route " + door + " fails")
                            .contains("no answer for …")
                            .containsPattern(UNTIL));
            assertThat(UsersDoor.timesCalled(callout)).hasSize(100).allSatisfy((number, times) -> assertThat(times)
                    .isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"may-be-dialled", "dial-variables"})
    void aDoorThatDoesNotComeBackInTimePutsItsNumbersOffAndWhatItSaysLaterCountsForNothing(String door)
            throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        try (Installation callout = with(door, exchange -> {
                    if (number(exchange).startsWith("9")) {
                        answers.await();
                    }
                })
                .with("CALLOUT_DOOR_TIMEOUT_MS", "500")
                .with("CALLOUT_DIAL_THREADS", "4")
                .start()) {
            long stuck = callout.campaign("stuck", Map.of("max_concurrent_calls", 5));
            long sound = callout.campaign("sound", Map.of("max_concurrent_calls", 5));
            callout.numbers(stuck, "9", 20);
            callout.numbers(sound, "1", 100);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE status = 'success' AND i_campaign = "
                                            + sound)
                            == 100);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE i_campaign = " + stuck
                                            + " AND next_call IS NOT NULL AND call_uuid IS NULL AND call_count = 0 AND finished = 0")
                            == 20);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(stuck))
                            .contains("have not answered within 500 ms")
                            .containsPattern(UNTIL));
            assertThat(UsersDoor.timesCalled(callout)).hasSize(100);

            answers.countDown();
            callout.awaitAllFinished(PATIENCE);
            assertThat(UsersDoor.timesCalled(callout)).hasSize(120).allSatisfy((number, times) -> assertThat(times)
                    .isEqualTo(1));
        }
    }

    @Test
    void aPacedCampaignThatSkipsThirtyPercentKeepsItsPace() throws Exception {
        try (Installation callout = with("may-be-dialled", exchange -> {
                    if (endsWith(exchange, "048")) {
                        exchange.getMessage().setHeader("CalloutSkip", "not in the CRM");
                    }
                })
                .start()) {
            callout.numbers(
                    callout.campaign("paced", Map.of("max_concurrent_calls", 100, "time_between_calls", 0.1)),
                    "1",
                    1000);
            // The best of some windows: a busy machine may lose instants of its own.
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(4)).untilAsserted(() -> {
                List<LedgerCall> calls = callout.ledger().calls();
                assertThat(calls).hasSizeGreaterThan(40);
                List<LedgerCall> last = calls.subList(calls.size() - 40, calls.size());
                double rate = 39e9 / (last.get(39).nanos() - last.get(0).nanos());
                System.out.printf("%.2f of 10 calls/s with 30 %% skipped%n", rate);
                assertThat(rate).isBetween(9.5, 10.3);
            });
            assertThat(UsersDoor.timesCalled(callout))
                    .allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
        }
    }

    @Test
    void theGatewayThatADoorChoosesIsTheOneThatIsDialledJudgedAndRested() throws Exception {
        AtomicBoolean outage = new AtomicBoolean(true);
        try (Installation callout = with("choose-gateway", exchange -> {
                    if (number(exchange).startsWith("2")) {
                        exchange.getMessage().setHeader("CalloutGateway", "external/two");
                    }
                })
                .simulated(sim -> sim.callees(call -> call.number().startsWith("2") && outage.get()
                        ? CalleePlan.refuses(503, Duration.ofMillis(20))
                        : CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(20))))
                .start()) {
            long campaign = callout.campaign("prefixes", Map.of("max_concurrent_calls", 20));
            callout.numbers(campaign, "2", 200);
            callout.numbers(campaign, "1", 200);
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE status = 'success' AND cld LIKE '1%'")
                            == 200);
            List<LedgerCall> calls = callout.ledger().calls();
            assertThat(calls).allSatisfy(call -> assertThat(call.gateway())
                    .isEqualTo(call.number().startsWith("2") ? "external::two" : "gw"));
            assertThat(calls.stream()
                            .filter(call -> call.number().startsWith("2"))
                            .count())
                    .as("calls by the gateway that fails")
                    .isBetween(16L, 100L);
        }
    }

    @Test
    void aSwitchThatADoorChoosesAndThereIsNotIsAnError() throws Exception {
        try (Installation callout = with("choose-gateway", exchange -> exchange.getMessage()
                        .setHeader("CalloutSwitch", endsWith(exchange, "0") ? "sim" : "fs9"))
                .start()) {
            long campaign = callout.campaign("switches", Map.of());
            callout.numbers(campaign, "1", 2);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                            .contains("CalloutSwitch must be one of [sim]"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(UsersDoor.timesCalled(callout))
                    .containsOnlyKeys("10000"));
        }
    }

    @Test
    void variablesOfADoorComeToTheSwitchAsTheyAreAndNoneOfOursIsChanged() throws Exception {
        String value = "Café, 7 o'clock = a \"date\"";
        try (Installation callout = with("dial-variables", exchange -> {
                    exchange.getMessage().setHeader("CalloutVariable.sip_h_X-Account", value);
                    exchange.getMessage().setHeader("CalloutVariable.my_id", 4711);
                    if (endsWith(exchange, "1")) {
                        exchange.getMessage().setHeader("CalloutVariable.execute_on_answer", "system reboot");
                    } else if (endsWith(exchange, "2")) {
                        exchange.getMessage().setHeader("CalloutVariable.mine", "a}sofia/external/1@evil");
                    } else if (endsWith(exchange, "3")) {
                        exchange.getMessage().setHeader("CalloutVariable.mine", "x".repeat(5000));
                    }
                })
                .start()) {
            long campaign = callout.campaign("variables", Map.of());
            callout.numbers(campaign, "1", 4);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 1
                            && callout.number(
                                            "SELECT COUNT(*) FROM campaign_phones WHERE next_call IS NOT NULL AND finished = 0")
                                    == 3);
            assertThat(callout.ledger().calls()).singleElement().satisfies(call -> {
                assertThat(call.number()).isEqualTo("10000");
                assertThat(call.variables())
                        .containsEntry("sip_h_X-Account", value)
                        .containsEntry("my_id", "4711")
                        .containsEntry("callout_campaign", Long.toString(campaign));
            });
        }
    }
}
