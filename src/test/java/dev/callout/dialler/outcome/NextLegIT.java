package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.GatewayState;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that its gateway fails goes on by the next gateway of its group, as the same attempt. */
class NextLegIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(20);
    private static final CalleePlan SHORT = CalleePlan.answers(SOON, SOON);
    private static final String FIRST = "external::first";
    private static final String LEGS = "SELECT CONCAT_WS(' ', attempt, leg, status, charged, call_gateway, sip_status)"
            + " FROM call_attempts ORDER BY i_campaign_phone, attempt, leg";

    /** A switch whose first gateway leads to that plan, and whose second one leads to callees who answer. */
    private static Installation firstGatewayLeadsTo(CalleePlan plan) throws Exception {
        return firstGatewayLeadsTo(() -> plan);
    }

    private static Installation firstGatewayLeadsTo(Callable<CalleePlan> plan) throws Exception {
        Installation callout = Installation.builder()
                .simulated(
                        sim -> sim.timeScale(200).callees(call -> call.gateway().equals(FIRST) ? of(plan) : SHORT))
                .start();
        callout.execute("INSERT INTO gateways (name, priority) VALUES ('external/first', 1), ('external/second', 2)");
        callout.execute(
                "INSERT INTO gateway_groups (name, gateways) VALUES ('both', 'external/first,external/second')");
        return callout;
    }

    private static CalleePlan of(Callable<CalleePlan> plan) {
        try {
            return plan.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Long> callsByGateway(Installation callout) {
        return callout.ledger().calls().stream()
                .collect(Collectors.groupingBy(LedgerCall::gateway, Collectors.counting()));
    }

    @Test
    void theDeadHalfOfAGroupCostsNoAttemptAndTakesNoLine() throws Exception {
        try (Installation callout = firstGatewayLeadsTo(CalleePlan.refuses(503, SOON))) {
            long campaign = callout.campaign(
                    "legs", Map.of("gateway_group", "both", "max_attempts", 1, "max_concurrent_calls", 2));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, vars) SELECT " + campaign
                    + ", CONCAT('77', seq), '{\"name\": \"Ann\"}' FROM seq_10_to_21");
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.ledger().calls())
                    .as("both legs have the number's variables")
                    .extracting(call -> call.variable("callout_v_name"))
                    .containsOnly("Ann");
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', status, call_count) FROM campaign_phones"))
                    .containsExactly("success 1");
            assertThat(callsByGateway(callout)).isEqualTo(Map.of(FIRST, 12L, "external::second", 12L));
            assertThat(callout.column(LEGS).subList(0, 2))
                    .containsExactly("1 1 next leg 0 external/first 503", "1 2 success 1 external/second 200");
            assertThat(callout.column("SELECT calls_made FROM campaigns")).containsExactly("12");
            assertThat(callout.column("SELECT SUM(claimed - ended) FROM campaign_lines"))
                    .containsExactly("0");
            assertThat(callout.ledger().calls())
                    .as("calls by uuid")
                    .extracting(LedgerCall::uuid)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aNumberOfAListGoesOnByTheNextGateway() throws Exception {
        try (Installation callout = firstGatewayLeadsTo(CalleePlan.refuses(503, SOON))) {
            callout.campaign("list", Map.of("gateway_group", "both", "max_attempts", 1, "destination_list", "dealers"));
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> callout.number("SELECT COUNT(*) FROM dealers") == 0);
            callout.execute("INSERT INTO dealers (number) VALUES ('771'), ('772')");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column("SELECT DISTINCT CONCAT_WS(' ', lastresult, calls, in_use) FROM dealers"))
                    .containsExactly("success 1 0"));
            assertThat(callsByGateway(callout)).isEqualTo(Map.of(FIRST, 2L, "external::second", 2L));
            assertThat(callout.column(LEGS))
                    .containsExactly(
                            "1 1 next leg 0 external/first 503",
                            "1 2 success 1 external/second 200",
                            "1 1 next leg 0 external/first 503",
                            "1 2 success 1 external/second 200");
        }
    }

    @Test
    void aGatewayThatAnswersNothingAtAllIsFollowedAndOneThatTimesOutIsNot() throws Exception {
        try (Installation callout = firstGatewayLeadsTo(CalleePlan.silent())) {
            callout.numbers(callout.campaign("hole", Map.of("gateway_group", "both", "max_attempts", 1)), "77", 2);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callsByGateway(callout)).isEqualTo(Map.of(FIRST, 2L, "external::second", 2L));
            assertThat(callout.column("SELECT DISTINCT status FROM campaign_phones"))
                    .containsExactly("success");
        }
        try (Installation callout = firstGatewayLeadsTo(CalleePlan.refuses(408, Duration.ofSeconds(32)))) {
            callout.numbers(callout.campaign("late", Map.of("gateway_group", "both", "max_attempts", 1)), "77", 2);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callsByGateway(callout)).isEqualTo(Map.of(FIRST, 2L));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 408, 480, 486, 504, 603})
    void whatTheCalleeSaidIsAskedOfNoSecondGateway(int status) throws Exception {
        try (Installation callout = firstGatewayLeadsTo(CalleePlan.refuses(status, SOON))) {
            callout.numbers(callout.campaign("callee", Map.of("gateway_group", "both", "max_attempts", 1)), "77", 1);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callsByGateway(callout)).isEqualTo(Map.of(FIRST, 1L));
            assertThat(callout.column(LEGS)).containsExactly("1 1 failure 1 external/first " + status);
        }
    }

    @Test
    void aCallThatRangOrPlayedAnAnnouncementIsNotRungByASecondGateway() throws Exception {
        for (CalleePlan plan :
                List.of(CalleePlan.ringsThenRefuses(503, SOON), CalleePlan.announcesThenRefuses(503, SOON))) {
            try (Installation callout = firstGatewayLeadsTo(plan)) {
                callout.numbers(callout.campaign("rang", Map.of("gateway_group", "both", "max_attempts", 1)), "77", 1);
                callout.awaitAllFinished(PATIENCE);
                assertThat(callsByGateway(callout)).isEqualTo(Map.of(FIRST, 1L));
            }
        }
    }

    /** Each happens while the first leg is up, so that the next one must not be made. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE campaigns SET paused = 1",
                "INSERT INTO do_not_call (number) SELECT cld FROM campaign_phones"
            })
    void ifTheNextLegMustNotBeMadeTheAttemptEndsAsTheLegBeforeDid(String meanwhile) throws Exception {
        AtomicReference<Installation> running = new AtomicReference<>();
        try (Installation callout = firstGatewayLeadsTo(() -> {
            running.get().execute(meanwhile);
            return CalleePlan.refuses(503, SOON);
        })) {
            running.set(callout);
            callout.numbers(callout.campaign("not", Map.of("gateway_group", "both", "backoff_sec", 700)), "77", 1);
            assertThatItEndsAsTheFirstLegDid(callout);
            assertThat(callsByGateway(callout)).isEqualTo(Map.of(FIRST, 1L));
        }
    }

    @Test
    void ifTheSwitchRefusesTheNextLegTheAttemptEndsAsTheLegBeforeDid() throws Exception {
        try (Installation callout = firstGatewayLeadsTo(CalleePlan.refuses(503, SOON))) {
            callout.simulated().gateway("second", GatewayState.DOWN);
            callout.numbers(
                    callout.campaign("down", Map.of("gateway_group", "both", "backoff_sec", 700, "country", "DE")),
                    "493023125",
                    1);
            assertThatItEndsAsTheFirstLegDid(callout);
            assertThat(callout.column("SELECT t.call_uuid = a.call_uuid FROM telephones AS t, call_attempts AS a"))
                    .as("the telephone's call is that of the leg that was made")
                    .containsExactly("1");
        }
    }

    private static void assertThatItEndsAsTheFirstLegDid(Installation callout) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> callout.number(
                                "SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NULL AND call_count > 0")
                        == 1);
        assertThat(callout.column("SELECT CONCAT_WS(' ', status, call_count, finished, hangup_cause,"
                        + " TIMESTAMPDIFF(SECOND, disconnect_time, next_call)) FROM campaign_phones"))
                .containsExactly("failure 1 0 NORMAL_TEMPORARY_FAILURE 700");
        assertThat(callout.column(LEGS)).containsExactly("1 1 failure 1 external/first 503");
        assertThat(callout.column("SELECT SUM(claimed - ended) FROM campaign_lines"))
                .containsExactly("0");
        assertThat(callout.column("SELECT calls_made FROM campaigns")).containsExactly("1");
    }

    @Test
    void aTelephoneStaysInItsCallOverAllLegsAndTheyCountAsOneCall() throws Exception {
        try (Installation callout = firstGatewayLeadsTo(CalleePlan.refuses(503, SOON))) {
            long campaign =
                    callout.campaign("telephones", Map.of("gateway_group", "both", "max_attempts", 1, "country", "DE"));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '030 23125001')");
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.column("SELECT CONCAT(t.call_uuid = a.call_uuid, t.recent IS NULL) FROM telephones AS t"
                            + " JOIN call_attempts AS a ON a.leg = 2"))
                    .as("the telephone's call is that of the second leg, and the first is not among its earlier calls")
                    .containsExactly("11");
        }
    }

    @Test
    void aGatewayThatTheSwitchCannotReachCostsNothingAndItsCampaignGoesOnByTheOther() throws Exception {
        try (Installation callout = firstGatewayLeadsTo(SHORT)) {
            callout.simulated().gateway("first", GatewayState.DOWN);
            long campaign = callout.campaign(
                    "down", Map.of("gateway_group", "both", "max_attempts", 1, "max_concurrent_calls", 5));
            callout.numbers(campaign, "77", 40);
            callout.awaitAllFinished(PATIENCE);

            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', status, call_count) FROM campaign_phones"))
                    .containsExactly("success 1");
            assertThat(callout.ledger().calls())
                    .filteredOn(call -> call.gateway().equals(FIRST))
                    .as("tries by the gateway that is down, before it rests and while it is probed")
                    .hasSizeLessThan(20);
            assertThat(callout.column("SELECT calls_made FROM campaigns")).containsExactly("40");
        }
    }

    @Test
    void aGroupMayAllowOneLegOnly() throws Exception {
        try (Installation callout = firstGatewayLeadsTo(CalleePlan.refuses(503, SOON))) {
            callout.execute("UPDATE gateway_groups SET max_legs = 1");
            callout.numbers(callout.campaign("one", Map.of("gateway_group", "both", "max_attempts", 1)), "77", 1);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callsByGateway(callout)).isEqualTo(Map.of(FIRST, 1L));
        }
    }
}
