package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of a call, as the table shows them while they are followed; what is due in minutes comes by moving the clock. */
class RulesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** By how much what the table says may differ from what the switch saw; the clock is moved by minutes. */
    private static final long TOLERANCE_MS = 30_000;

    @Test
    void aNumberIsCalledAgainAfterItsBackOffUntilItSucceeds() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> switch (call.attempt()) {
                    case 1 -> CalleePlan.ringsThenRefuses(486, Duration.ofMillis(900));
                    case 2 -> CalleePlan.answers(Duration.ofMillis(300), Duration.ofMillis(900));
                    default -> CalleePlan.answers(Duration.ofMillis(300), Duration.ofMillis(2500));
                }))
                .start()) {
            long campaign = callout.campaign(
                    "patient", Map.of("backoff_sec", 600, "threshold_msec", 60_000, "timeout_sec", 30));
            callout.execute("CREATE TABLE seen (state VARCHAR(64), long_before_end BOOLEAN)");
            callout.execute("CREATE TRIGGER seeing AFTER UPDATE ON campaign_phones FOR EACH ROW INSERT INTO seen"
                    + " VALUES (CONCAT_WS(' ', NEW.status, NEW.finished, NEW.call_count),"
                    + " NEW.expires > NEW.setup_time + INTERVAL 3600 SECOND)");
            callout.numbers(campaign, "100", 1);
            awaitState(callout, "trying 0 1");
            assertThat(callout.number("SELECT MIN(long_before_end) FROM seen WHERE state = 'trying 0 1'"))
                    .as("expires is the latest possible end during a call")
                    .isEqualTo(1);
            awaitState(callout, "failure 0 1");
            assertThat(ended(callout)).isEqualTo("USER_BUSY 486 600000 1");
            assertTimes(callout, callout.ledger().calls().get(0), false);

            callout.advance(Duration.ofSeconds(500));
            await().during(Duration.ofMillis(1500))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().size() == 1);

            callout.advance(Duration.ofSeconds(101));
            awaitState(callout, "answer 0 2");
            awaitState(callout, "premature hangup 0 2");
            assertThat(ended(callout)).isEqualTo("NORMAL_CLEARING 200 600000 1");
            assertTimes(callout, callout.ledger().calls().get(1), true);

            callout.execute("UPDATE campaigns SET threshold_msec = 2000");
            await().atMost(PATIENCE)
                    .until(() -> Operator.campaigns(callout)
                                    .byId(campaign)
                                    .talkTime()
                                    .threshold()
                                    .toMillis()
                            == 2000);
            callout.advance(Duration.ofSeconds(601));
            awaitState(callout, "answer 0 3");
            awaitState(callout, "success 1 3");
            assertThat(ended(callout)).isEqualTo("NORMAL_CLEARING 200 never 1");
            assertTimes(callout, callout.ledger().calls().get(2), true);
            assertThat(callout.column("SELECT CONCAT_WS(' ', attempt, status, hangup_cause) FROM call_attempts"
                            + " ORDER BY attempt"))
                    .containsExactly(
                            "1 failure USER_BUSY", "2 premature hangup NORMAL_CLEARING", "3 success NORMAL_CLEARING");
            assertThat(callout.ledger().size()).isEqualTo(3);
        }
    }

    @Test
    void theCauseDecidesWhenANumberComesAgainAndTheLastAttemptFinishesIt() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_RETRY_BUSY", "120")
                .with("CALLOUT_RETRY_INVALID", "never")
                .with("CALLOUT_RETRY_PREMATURE", "7.5")
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                    case "486", "9486" -> CalleePlan.refuses(486, Duration.ofMillis(20));
                    case "404" -> CalleePlan.refuses(404, Duration.ofMillis(20));
                    case "480" -> CalleePlan.refuses(480, Duration.ofMillis(20));
                    case "1" -> CalleePlan.ringsForEver();
                    default -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(50));
                }))
                .start()) {
            long patient = callout.campaign("patient", Map.of("backoff_sec", 600, "threshold_msec", 60_000));
            long brief = callout.campaign("brief", Map.of("backoff_sec", 600, "timeout_sec", 1));
            long hasty = callout.campaign("hasty", Map.of("max_attempts", 1));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + patient + ", '486'), (" + patient
                    + ", '404'), (" + patient + ", '480'), (" + brief + ", '1'), (" + patient + ", '200'), ("
                    + hasty + ", '9486')");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 6
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            assertThat(callout.column("SELECT CONCAT_WS(' ', cld, status, finished, call_count, hangup_cause,"
                            + " COALESCE(ROUND((UNIX_TIMESTAMP(next_call) - UNIX_TIMESTAMP(disconnect_time)) * 1000), 'never'))"
                            + " FROM campaign_phones ORDER BY i_campaign_phone"))
                    .containsExactly(
                            "486 failure 0 1 USER_BUSY 120000", "404 failure 1 1 UNALLOCATED_NUMBER never",
                            "480 failure 0 1 NO_USER_RESPONSE 600000", "1 failure 0 1 NO_ANSWER 600000",
                            "200 premature hangup 0 1 NORMAL_CLEARING 7500", "9486 failure 1 1 USER_BUSY never");
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, hangup_cause, q850, sip_status) FROM call_attempts"
                            + " WHERE number IN ('486', '404', '200') ORDER BY number"))
                    .containsExactly(
                            "200 NORMAL_CLEARING 16 200", "404 UNALLOCATED_NUMBER 1 404", "486 USER_BUSY 17 486");
        }
    }

    @Test
    void aNumberThatCannotBeDialledFailsUnchargedAndTheCampaignGoesOn() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start()) {
            long campaign = callout.campaign("hostile", Map.of("max_concurrent_calls", 1));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, callerid) VALUES ("
                    + campaign + ", '1;2,[x=y]3', NULL), (" + campaign + ", '', NULL), (" + campaign
                    + ", NULL, NULL), ("
                    + campaign + ", '100 &system(id)', NULL), ("
                    + campaign + ", '101\\n\\napi hupall', NULL), (" + campaign + ", '102', 'a,b=c'), ("
                    + campaign + ", '+1 (555) 0103', NULL)");
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', status, call_count, COALESCE(setup_time, disconnect_time, '-'))"
                                    + " FROM campaign_phones WHERE i_campaign_phone <= 6"))
                    .hasSize(6)
                    .containsOnly("failure 0 -");
            assertThat(callout.column("SELECT hangup_cause FROM campaign_phones WHERE i_campaign_phone <= 6"))
                    .allSatisfy(cause -> assertThat(cause).matches("(the number|callerid) .*[a-z].*"));
            assertThat(callout.ledger().calls()).extracting(LedgerCall::number).containsExactly("+15550103");
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(1);
            assertThat(callout.number(
                            "SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL OR expires IS NULL"))
                    .isZero();
        }
    }

    @Test
    void aCampaignOfNothingButNullsHasTheDefaults() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_CAMPAIGN_SIPPROXY", "proxy.example:5061")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(
                        Duration.ofMillis(20), Duration.ofMillis(call.number().equals("100") ? 3300 : 1))))
                .build()) {
            callout.execute("ALTER TABLE campaign_phones MODIFY finished TINYINT, MODIFY call_count INT,"
                    + " MODIFY status VARCHAR(32)");
            callout.execute("INSERT INTO campaigns (action_on_answer, paused) VALUES ('echo', NULL)");
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, finished, call_count, status) VALUES"
                    + " (1, '100', NULL, NULL, NULL), (1, '101', NULL, NULL, NULL)");
            callout.start();
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 2
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            assertThat(
                            callout.column(
                                    "SELECT CONCAT_WS(' ', cld, status, finished,"
                                            + " ROUND(UNIX_TIMESTAMP(next_call) - UNIX_TIMESTAMP(disconnect_time))) FROM campaign_phones ORDER BY cld"))
                    .as("a threshold, back-off 600 s")
                    .containsExactly("100 success 1", "101 premature hangup 0 600");
            assertThat(Operator.campaigns(callout).byId(1).talkTime().threshold())
                    .hasSeconds(3);
            assertThat(callout.ledger().calls()).allSatisfy(call -> {
                assertThat(call.gateway()).isEqualTo("proxy.example:5061");
                assertThat(call.variable("originate_timeout")).isEqualTo("300");
            });
        }
    }

    @Test
    void nobodyIsCalledWhoMustNotBeAndNothingOutsideItsSchedule() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start()) {
            callout.execute("INSERT INTO do_not_call (number, expires) VALUES ('+1 (555) 0001', NULL),"
                    + " ('+15550002', UTC_TIMESTAMP(3) + INTERVAL 1 HOUR)");
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '+1-555-0001'), (1, '+15550002'),"
                    + " (1, '+15550003'), (2, '+15550004')");
            LocalTime opens = LocalTime.now(ZoneOffset.UTC).plusHours(2).withNano(0);
            callout.execute("INSERT INTO schedule_records (i_schedule, start_time, stop_time) VALUES (1, '" + opens
                    + "', '" + opens.plusHours(1) + "')");
            callout.campaign("open", Map.of());
            callout.campaign("closed", Map.of("i_schedule", 1, "timezone", "UTC"));

            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'success'") == 1);
            await().during(Duration.ofMillis(1500))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().size() == 1);
            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', cld, status, finished, call_count, hangup_cause, next_call IS NULL)"
                                    + " FROM campaign_phones ORDER BY i_campaign_phone"))
                    .containsExactly(
                            "+1-555-0001 failure 1 0 DO_NOT_CALL 1", "+15550002 failure 0 0 DO_NOT_CALL 0",
                            "+15550003 success 1 1 NORMAL_CLEARING 1", "+15550004 idle 0 0 1");

            callout.advance(Duration.ofMinutes(61));
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().calls("+15550002").size() == 1);
            callout.advance(Duration.ofMinutes(61));
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().calls("+15550004").size() == 1);
            callout.advance(Duration.ofMinutes(61));
            Operator.awaitClock(callout);
            callout.execute("UPDATE do_not_call SET expires = NULL");
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (2, '+15550005'), (1, '+15550006')");
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().calls("+15550006").size() == 1);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactly("+15550003", "+15550002", "+15550004", "+15550006");
        }
    }

    @Test
    void numbersComeByPriorityAndInsertionOrShuffled() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(5), Duration.ofMillis(5))))
                .build()) {
            long sequential = callout.campaign("sequential", Map.of("max_concurrent_calls", 1));
            long shuffled =
                    callout.campaign("shuffled", Map.of("max_concurrent_calls", 1, "calling_strategy", "random"));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, priority) VALUES (" + sequential
                    + ", '1005', 5), ("
                    + sequential + ", '1003', 0), (" + sequential + ", '1004', 0), (" + sequential + ", '1002', -1), ("
                    + sequential + ", '1006', 5)");
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, priority, call_count, next_call) VALUES ("
                    + sequential + ", '1001', 9, 1, NOW() - INTERVAL 1 MINUTE), ("
                    + sequential + ", '1007', -9, 1, NOW() + INTERVAL 1 HOUR)");
            callout.numbers(shuffled, "9", 40);
            callout.start();
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 46);

            assertThat(called(callout, "1"))
                    .as("the retry that is due first, and nothing waits for the one that is not")
                    .containsExactly("1001", "1002", "1003", "1004", "1005", "1006");
            assertThat(called(callout, "9"))
                    .hasSize(40)
                    .doesNotHaveDuplicates()
                    .isNotEqualTo(callout.column(
                            "SELECT cld FROM campaign_phones WHERE cld LIKE '9%' ORDER BY i_campaign_phone"));
        }
    }

    @Test
    void everyCallHasACeilingAndAFinishedNumberCanBeReopened() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_MAX_CALL_SEC", "3")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .start()) {
            callout.numbers(callout.campaign("long", Map.of("max_attempts", 2)), "1", 1);
            callout.numbers(callout.campaign("once", Map.of("max_attempts", 1)), "2", 1);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls()).hasSize(2).allSatisfy(call -> {
                assertThat(call.endedBy()).isEqualTo(LedgerCall.EndedBy.SCHEDULE);
                assertThat(call.talkMs())
                        .as("the switch hangs up at a whole second")
                        .isBetween(1500L, 60_000L);
            });
            assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', hangup_cause) FROM campaign_phones"))
                    .containsExactly("success ALLOTTED_TIMEOUT");

            callout.execute("UPDATE campaign_phones SET finished = 0");
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT COUNT(*) FROM campaign_phones WHERE cld LIKE '1%' AND call_count = 2 AND finished = 1")
                            == 1);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder("10000", "10000", "20000");
        }
    }

    /** Waits until its only number has been in that state, however briefly. */
    private static void awaitState(Installation callout, String state) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(
                        callout.column("SELECT state FROM seen"))
                .contains(state));
    }

    /** Cause, SIP status, milliseconds from the end to the next call, and whether expires is the end. */
    private static String ended(Installation callout) throws SQLException {
        return callout.column("SELECT CONCAT_WS(' ', hangup_cause, sip_status,"
                        + " COALESCE(ROUND((UNIX_TIMESTAMP(next_call) - UNIX_TIMESTAMP(disconnect_time)) * 1000), 'never'),"
                        + " expires = disconnect_time) FROM campaign_phones")
                .get(0);
    }

    /** That the times of the only number are those of the call that the switch saw, by the dialler's clock. */
    private static void assertTimes(Installation callout, LedgerCall call, boolean answered) throws SQLException {
        long received = call.at().plus(callout.ahead()).toEpochMilli();
        assertThat(millis(callout, "setup_time")).isCloseTo(received, within(TOLERANCE_MS));
        long ended = received + call.ringMs() + call.talkMs();
        assertThat(millis(callout, "disconnect_time")).isCloseTo(ended, within(TOLERANCE_MS));
        assertThat(millis(callout, "disconnect_time") - millis(callout, "setup_time"))
                .as("lasted")
                .isGreaterThan(call.ringMs() + call.talkMs() - 200);
        if (answered) {
            assertThat(millis(callout, "connect_time")).isCloseTo(received + call.ringMs(), within(TOLERANCE_MS));
            assertThat(millis(callout, "disconnect_time") - millis(callout, "connect_time"))
                    .as("talked")
                    .isCloseTo(call.talkMs(), within(TOLERANCE_MS))
                    .isPositive();
        } else {
            assertThat(callout.number("SELECT connect_time IS NULL FROM campaign_phones"))
                    .isEqualTo(1);
        }
    }

    private static long millis(Installation callout, String column) throws SQLException {
        return callout.number("SELECT ROUND(UNIX_TIMESTAMP(" + column + ") * 1000) FROM campaign_phones");
    }

    private static List<String> called(Installation callout, String prefix) {
        return callout.ledger().calls().stream()
                .map(LedgerCall::number)
                .filter(number -> number.startsWith(prefix))
                .toList();
    }
}
