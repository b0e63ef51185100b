package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.testcall.TestCallRefusedException;
import dev.callout.dialler.testcall.TestCalls;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A campaign calls a telephone of the house, and nothing of the campaign notices. */
class CallsToTestNumbersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A telephone whose number begins so is talked into for long. */
    private static final String LONG = "7009";

    /** This one rings and talks for so long that a busy machine sees it do both. */
    private static final String WATCHED = "70011";

    private static Installation callout;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TRUSTED_PROXY", "127.0.0.1")
                .with("CALLOUT_TIMEZONE", "UTC")
                .with("CALLOUT_ALLOWED_APPLICATIONS", "echo,say")
                .simulated(sim -> sim.callees(call -> call.number().equals(WATCHED)
                        ? CalleePlan.answers(Duration.ofSeconds(4), Duration.ofSeconds(4))
                        : CalleePlan.answers(
                                Duration.ofMillis(300),
                                call.number().startsWith(LONG) ? Duration.ofSeconds(40) : Duration.ofMillis(700))))
                .start();
        api = new ApiClient(port);
        await("its lease")
                .atMost(PATIENCE)
                .until(() -> as("admin", "GET", "/health", "").status() == 200);
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    private static ApiClient.Reply as(String role, String method, String path, String body) throws Exception {
        return api.as("anna", role).send(method, path, "application/json", body);
    }

    private static void testNumber(String number) throws Exception {
        ApiClient.Reply added =
                as("admin", "POST", "/api/test-numbers", "{\"number\":\"" + number + "\",\"name\":\"desk\"}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
    }

    private static ApiClient.Reply call(String campaign, String number, String contact) throws Exception {
        String body = contact == null ? "" : ",\"contact\":\"" + contact + "\"";
        return as(
                "operator",
                "POST",
                "/api/campaigns/" + campaign + "/test-call",
                "{\"number\":\"" + number + "\"" + body + "}");
    }

    private static String begun(ApiClient.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return (String) reply.json().get("id");
    }

    private static Map<String, Object> read(String id) throws Exception {
        return as("operator", "GET", "/api/test-calls/" + id, "").json();
    }

    private static Map<String, Object> over(String id) {
        return await().atMost(PATIENCE).until(() -> read(id), call -> call.get("ended") != null);
    }

    private static String attempt(String id) throws Exception {
        return String.join(
                "|",
                callout.column("SELECT CONCAT_WS(' ', kind, i_campaign_phone, attempt, charged, status, hangup_cause,"
                        + " COALESCE(billed_sec, cost, bill_day, 'free')) FROM call_attempts WHERE call_uuid = '" + id
                        + "'"));
    }

    @Test
    void aPausedCampaignThatIsClosedCallsATestNumberAsItWouldCallTheContact() throws Exception {
        callout.execute("INSERT INTO schedules (i_schedule, name) VALUES (7, 'never')");
        callout.execute(
                "INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time)"
                        + " SELECT 7, w, w, '00:00:00', '00:00:01' FROM (SELECT MOD(WEEKDAY(UTC_TIMESTAMP()) + 3, 7) + 1 AS w) AS d");
        long campaign = callout.campaign(
                "tried first",
                Map.of(
                        "paused", 1,
                        "i_schedule", 7,
                        "cli", "+493012345",
                        "max_cost", 1,
                        "time_between_calls", 60,
                        "action_on_answer", "say(en CURRENCY PRONOUNCED {amount})"));
        callout.execute("INSERT INTO gateways (name, cost_per_minute) VALUES ('gw', 60)");
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld, vars) VALUES (" + campaign
                + ", '70001', '{\"amount\": \"12.50\"}')");
        testNumber(WATCHED);
        String phones = callout.column(
                        "SELECT CONCAT_WS('|', i_campaign_phone, call_count, status, finished, call_uuid,"
                                + " owner, expires, next_call) FROM campaign_phones")
                .toString();

        String id = begun(call("tried%20first", "7-0011", "70001"));
        await().atMost(PATIENCE).until(() -> read(id).get("state"), "ringing"::equals);
        await().atMost(PATIENCE).until(() -> read(id).get("state"), "answered"::equals);
        assertThat(read(id).get("heard_sec")).isNotNull();
        Map<String, Object> call = over(id);

        assertThat(call).containsEntry("state", "ended").containsEntry("hangup_cause", "NORMAL_CLEARING");
        assertThat(((Number) call.get("heard_sec")).doubleValue()).isBetween(3.5, 30.0);
        assertThat(List.of("requested", "dialled", "ringing", "answered", "ended").stream()
                        .map(step -> Instant.parse((String) call.get(step)))
                        .toList())
                .isSorted();
        LedgerCall dialled = callout.ledger().calls(WATCHED).get(0);
        assertThat(callout.ledger().calls(WATCHED)).hasSize(1);
        assertThat(dialled.uuid()).isEqualTo(id);
        assertThat(dialled.variables())
                .containsEntry("origination_caller_id_number", "+493012345")
                .containsEntry("callout_v_amount", "12.50");
        assertThat(dialled.line()).contains("PRONOUNCED\\s12.50");

        assertThat(attempt(id)).isEqualTo("test 0 0 0 success NORMAL_CLEARING free");
        assertThat(callout.ledger().calls("70001")).isEmpty();
        assertThat(callout.column("SELECT CONCAT_WS('|', i_campaign_phone, call_count, status, finished, call_uuid,"
                                + " owner, expires, next_call) FROM campaign_phones")
                        .toString())
                .isEqualTo(phones);
        assertThat(callout.column("SELECT i_campaign FROM campaign_days WHERE billed_sec > 0 OR cost > 0"))
                .isEmpty();
        assertThat(as("operator", "GET", "/api/campaigns/tried%20first/attempts", "")
                        .text())
                .isEqualTo("[]");
        Map<String, Object> ever = new HashMap<>(Map.of("since", 0, "scheduled", 4_000_000_000L));
        ever.put("campaign", campaign);
        assertThat(new SqlTemplate(callout.dataSource()).queryForList(SqlText.of("timetable/outcomes"), ever))
                .as("the report of the campaign's outcomes")
                .isEmpty();
        assertThat(api.get("/metrics")
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("callout_") && line.contains("attempts_total")
                                || line.startsWith("callout_answers")))
                .allMatch(line -> line.endsWith(" 0.0"));
        assertThat(callout.column("SELECT CONCAT_WS(' ', who, object, changes) FROM audit"
                        + " WHERE action = 'campaign.test-call' AND changes LIKE '%" + id + "%'"))
                .singleElement()
                .asString()
                .startsWith("user anna campaign " + campaign)
                .doesNotContain(WATCHED);
        assertThat(as("viewer", "GET", "/api/test-calls/" + id, "").text())
                .contains("\"state\":\"ended\"")
                .doesNotContain(WATCHED, "493012345");

        begun(call("tried%20first", WATCHED, "70001"));
        assertThat(as("viewer", "GET", "/api/test-calls/" + id, "").json())
                .as("of an earlier call attempts are known")
                .containsEntry("state", "ended")
                .containsEntry("hangup_cause", "NORMAL_CLEARING");
    }

    @Test
    void noTestCallIsMadeWhileEverythingIsStopped() throws Exception {
        callout.campaign("stopped", Map.of());
        testNumber("70099");
        assertThat(as("operator", "POST", "/api/stop-all", "").status()).isEqualTo(200);
        ApiClient.Reply call = call("stopped", "70099", null);
        assertThat(as("operator", "POST", "/api/resume-all", "").status()).isEqualTo(200);
        assertThat(call.status()).isEqualTo(409);
        assertThat(call.text()).contains("everything is stopped since");
        assertThat(callout.ledger().calls()).noneMatch(one -> one.number().equals("70099"));
    }

    @Test
    void whatCannotBeCalledIsRefusedWithTheReasonAndNotDialled() throws Exception {
        callout.campaign("refusing", Map.of("paused", 1, "action_on_answer", "say(en NUMBER PRONOUNCED {amount})"));
        callout.campaign("without", Map.of("paused", 1, "profile_gateway", "stripping"));
        callout.execute("INSERT INTO gateways (name, strip) VALUES ('stripping', 1)");
        assertThat(call("without", "70020", null).text()).contains("no test number");
        assertThat(as("admin", "POST", "/api/test-numbers", "{\"number\":\"112\"}")
                        .text())
                .contains("emergency", "\"field\":\"number\"");
        assertThat(as("operator", "POST", "/api/test-numbers", "{\"number\":\"70020\"}")
                        .status())
                .isEqualTo(403);
        testNumber("70020");
        assertThat(as("admin", "POST", "/api/test-numbers", "{\"number\":\"700-20\"}")
                        .status())
                .isEqualTo(409);
        assertThat(call("refusing", "70020", "70099").text()).contains("The contact is no number of the campaign");

        Map<String, Object> noVariable = over(begun(call("refusing", "70020", null)));
        assertThat(noVariable).containsEntry("state", "refused").containsEntry("dialled", null);
        assertThat(noVariable.get("reason").toString()).contains("amount");
        testNumber("5112");
        assertThat(over(begun(call("without", "5112", null))).get("reason").toString())
                .contains("never dialled");
        callout.execute("INSERT INTO do_not_call (number) VALUES ('70020')");
        ApiClient.Reply listed = call("without", "70020", null);
        assertThat(listed.status()).isEqualTo(409);
        assertThat(listed.text()).contains("do-not-call");
        callout.execute("UPDATE campaigns SET timezone = 'Nowhere' WHERE name = 'without'");
        assertThat(call("without", "70020", null).text()).contains("timezone");

        assertThat(callout.ledger().calls("70020")).isEmpty();
        assertThat(callout.ledger().calls("112")).isEmpty();
        assertThat(callout.column("SELECT call_uuid FROM call_attempts WHERE number IN ('70020', '5112')"))
                .isEmpty();
    }

    @Test
    void aTestCallHoldsTheChannelOfItsGatewayAndItsNumberAndIsEndedWhenNobodyFollowsIt() throws Exception {
        callout.execute("INSERT INTO gateways (name, max_calls) VALUES ('narrow', 1)");
        callout.campaign("narrow", Map.of("paused", 1, "profile_gateway", "narrow"));
        testNumber(LONG + "1");
        testNumber("70031");
        String id = begun(call("narrow", LONG + "1", null));
        await().atMost(PATIENCE).until(() -> read(id).get("state"), "answered"::equals);

        ApiClient.Reply second = call("narrow", LONG + "1", null);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text()).contains("in progress");
        assertThat(as("admin", "DELETE", "/api/test-numbers/" + key(LONG + "1"), "")
                        .status())
                .isEqualTo(409);
        Map<String, Object> waited = over(begun(call("narrow", "70031", null)));
        assertThat(waited).containsEntry("state", "refused");
        assertThat(waited.get("reason").toString()).contains("max_calls");
        assertThat(callout.ledger().calls("70031")).isEmpty();

        // What a node leaves that was killed: a row whose owner has no lease.
        callout.execute("UPDATE test_numbers SET owner = 'killed' WHERE call_uuid = '" + id + "'");
        Map<String, Object> lost = over(id);
        await().atMost(PATIENCE)
                .until(() -> callout.ledger().calls(LONG + "1").get(0).ended());
        assertThat(callout.ledger().calls(LONG + "1").get(0).talkMs()).isLessThan(35_000);
        assertThat(lost.get("hangup_cause")).isIn("LOST_RESULT", "MANAGER_REQUEST");
        assertThat(attempt(id)).startsWith("test 0 0 0 ");
        await().atMost(PATIENCE)
                .until(() -> over(begun(call("narrow", "70031", null))).get("state"), "ended"::equals);
    }

    @Test
    void aSwitchThatRestartsAndANodeThatStopsLeaveNoTestCallBehind() throws Exception {
        try (Installation other = Installation.builder()
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ZERO, Duration.ofSeconds(100))))
                .start()) {
            long campaign = other.campaign("left", Map.of("paused", 1));
            other.execute("INSERT INTO test_numbers (number) VALUES ('70041')");
            String first = answered(other, campaign);
            other.simulated().restart();
            awaitLost(other, first);

            String second = answered(other, campaign);
            other.stop();
            assertThat(other.simulated().callsUp()).isEqualTo(1);
            other.start();
            await().atMost(PATIENCE).until(() -> other.simulated().callsUp() == 0);
            awaitLost(other, second);

            other.simulated().stopListening();
            other.simulated().dropConnections();
            Switches switches = other.camelContext().getRegistry().lookupByNameAndType("switches", Switches.class);
            await().atMost(PATIENCE).until(() -> !switches.anyAnswers());
            assertThatThrownBy(() -> begin(other, campaign))
                    .isInstanceOf(TestCallRefusedException.class)
                    .hasMessageContaining("No switch answers");
            other.simulated().listenAgain();
        }
    }

    private static String begin(Installation other, long campaign) throws Exception {
        return other.camelContext()
                .getRegistry()
                .lookupByNameAndType("testCalls", TestCalls.class)
                .begin(campaign, "70041", null);
    }

    private static String answered(Installation other, long campaign) {
        String id = await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(TestCallRefusedException.class)
                .until(() -> begin(other, campaign), begun -> true);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.column(
                        "SELECT CONCAT_WS(' ', answered IS NOT NULL, status, hangup_cause, reason) FROM test_numbers"
                                + " WHERE call_uuid = '" + id + "'"))
                .containsExactly("1"));
        return id;
    }

    private static void awaitLost(Installation other, String id) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.column("SELECT CONCAT_WS(' ', kind, hangup_cause)"
                        + " FROM call_attempts WHERE call_uuid = '" + id + "'"))
                .containsExactly("test LOST_RESULT"));
    }

    @Test
    void aTestCallEndsWhenSomebodyPutsItsTelephoneOnTheDoNotCallListAndHangsUp() throws Exception {
        callout.campaign("regretted", Map.of("paused", 1));
        testNumber(LONG + "2");
        String id = begun(call("regretted", LONG + "2", null));
        await().atMost(PATIENCE).until(() -> read(id).get("state"), "answered"::equals);
        as("operator", "POST", "/api/do-not-call?hangup=true", "{\"number\":\"" + LONG + "2\"}");
        assertThat(over(id)).containsEntry("hangup_cause", "MANAGER_REQUEST");
        assertThat(attempt(id)).startsWith("test 0 0 0 ");
    }

    private static String key(String number) throws Exception {
        return callout.column("SELECT i_test_number FROM test_numbers WHERE number = '" + number + "'")
                .get(0);
    }
}
