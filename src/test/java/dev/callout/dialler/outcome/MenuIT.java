package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that ask their callees to press a key, and what is written for them. */
class MenuIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RING = Duration.ofMillis(20);

    @Test
    void whatCalleesPressIsStoredAndDecidesWhetherTheCallIsASuccess() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                    case "101" -> CalleePlan.answers(RING).pressing('1', Duration.ofMillis(300));
                    case "102" -> CalleePlan.answers(RING).pressing('5', Duration.ofMillis(300));
                    case "103" -> CalleePlan.answers(RING, Duration.ofMillis(400));
                    case "104" -> CalleePlan.answers(RING).pressing('1', Duration.ofMillis(1300));
                    case "105" -> CalleePlan.answers(RING).pressing('1', Duration.ofMillis(5000));
                    default -> CalleePlan.answers(RING);
                }))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt) VALUES (1)");
            callout.execute("INSERT INTO ivr_prompt_pieces (i_ivr_prompt, position, kind, value, engine, voice) VALUES"
                    + " (1, 1, 'file', '/p/you owe-500ms.wav', NULL, NULL), (1, 2, 'amount', '{amount}', NULL, NULL)");
            callout.execute("INSERT INTO menus (i_menu, i_ivr_prompt, timeout_ms, repeats) VALUES (1, 1, 1000, 0)");
            callout.execute("INSERT INTO menu_keys (i_menu, menu_key, answer) VALUES (1, '1', 'yes'), (1, '2', 'no')");
            long key = callout.campaign(
                    "key", Map.of("i_menu", 1, "success_if", "key", "threshold_msec", 60_000, "backoff_sec", 3600));
            long heard = callout.campaign("heard", Map.of("i_menu", 1, "threshold_msec", 60_000, "backoff_sec", 3600));
            for (long campaign : new long[] {key, heard}) {
                callout.execute("INSERT INTO campaign_phones (i_campaign, cld, vars) SELECT " + campaign
                        + ", seq, '{\"amount\": \"12,50\"}' FROM seq_101_to_105");
            }
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status IN"
                                    + " ('success', 'premature hangup', 'failure') AND call_uuid IS NULL")
                            == 10);

            String rows = "SELECT CONCAT_WS(' ', cld, status, finished, IF(status = 'failure', hangup_cause, NULL),"
                    + " digits, menu_answer) FROM campaign_phones WHERE i_campaign = ";
            assertThat(callout.column(rows + key + " ORDER BY cld"))
                    .containsExactly(
                            "101 success 1 1 yes",
                            "102 failure 0 NOT_CONFIRMED",
                            "103 premature hangup 0",
                            "104 success 1 1 yes",
                            "105 failure 0 NOT_CONFIRMED");
            assertThat(callout.column(rows + heard + " ORDER BY cld"))
                    .containsExactly(
                            "101 success 1 1 yes",
                            "102 success 1",
                            "103 premature hangup 0",
                            "104 success 1 1 yes",
                            "105 success 1");
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, digits, menu_answer) FROM call_attempts"
                            + " WHERE i_campaign = " + key + " ORDER BY number"))
                    .containsExactly("101 1 yes", "102", "103", "104 1 yes", "105");
        }
    }

    @Test
    void aKeyRepeatsLeadsOnTransfersOrOptsOutAndWhoPressedNoneIsCalledAgainAfterItsOwnDelay() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_RETRY_FLOOR_SEC", "0")
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                    case "201" ->
                        CalleePlan.answers(RING).pressing('*', millis(300)).pressing('1', millis(1500));
                    case "202" ->
                        CalleePlan.answers(RING).pressing('2', millis(300)).pressing('7', millis(1500));
                    case "203" -> CalleePlan.answers(RING, millis(2500)).pressing('3', millis(300));
                    case "204" -> CalleePlan.answers(RING).pressing('9', millis(300));
                    case "205" ->
                        call.attempt() == 1
                                ? CalleePlan.answers(RING)
                                : CalleePlan.answers(RING).pressing('1', millis(300));
                    default -> CalleePlan.answers(RING).pressing('4', millis(300));
                }))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/a-1000ms.wav'),"
                    + " (2, '/p/thanks-200ms.wav')");
            callout.execute("INSERT INTO menus (i_menu, i_ivr_prompt, timeout_ms, repeats) VALUES (1, 1, 500, 1),"
                    + " (2, 1, 1000, 0)");
            callout.execute("INSERT INTO menu_keys (i_menu, menu_key, answer, action, extension, i_next_menu,"
                    + " i_ivr_prompt) VALUES (1, '1', 'yes', NULL, NULL, NULL, 2), (1, '*', NULL, 'repeat', NULL, NULL, NULL),"
                    + " (1, '2', NULL, 'menu', NULL, 2, NULL), (1, '3', 'agent', 'transfer', '1000', NULL, NULL),"
                    + " (1, '4', 'lost', 'transfer', 'no-such', NULL, NULL), (1, '9', NULL, 'opt_out', NULL, NULL, 2),"
                    + " (2, '7', 'seven', 'end', NULL, NULL, NULL)");
            Map<String, Object> columns = Map.of(
                    "i_menu", 1, "success_if", "key", "threshold_msec", 900, "backoff_sec", 3600, "max_attempts", 2);
            long campaign = callout.campaign("keys", with(columns, "retry_delays", "unconfirmed=1"));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, next_call) SELECT " + campaign
                    + ", seq, NULL FROM seq_201_to_205 UNION ALL SELECT " + campaign
                    + ", 204, NOW() + INTERVAL 6 SECOND");
            long broken = callout.campaign("broken", columns);
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + broken + ", '301')");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 7);

            assertThat(callout.column("SELECT CONCAT_WS(' ', cld, status, call_count, IF(status = 'failure',"
                            + " hangup_cause, NULL), digits, menu_answer) FROM campaign_phones"
                            + " ORDER BY cld, i_campaign_phone"))
                    .containsExactly(
                            "201 success 1 *1 yes",
                            "202 success 1 27 seven",
                            "203 success 1 3 agent",
                            "204 success 1 9 opt_out",
                            "204 failure 0 DO_NOT_CALL",
                            "205 success 2 1 yes",
                            "301 success 1 4 lost");
            String uuid = callout.column("SELECT call_uuid FROM call_attempts WHERE number = '204'")
                    .get(0);
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, reason, expires) FROM do_not_call"))
                    .containsExactly("204 opt-out by key in call " + uuid + " of campaign " + campaign);
            assertThat(callout.column("SELECT CONCAT_WS(' ', who, object, changes) FROM audit"
                            + " WHERE action = 'do-not-call.opt-out'"))
                    .containsExactly("Callout 204 {\"call_uuid\": \"" + uuid + "\", \"i_campaign\": " + campaign + "}");
            assertThat(callout.ledger().calls())
                    .filteredOn(call -> call.number().equals("204"))
                    .hasSize(1);
            assertThat(callout.column("SELECT CONCAT_WS(' ', status, hangup_cause, retry_sec) FROM call_attempts"
                            + " WHERE number = '205' AND attempt = 1"))
                    .containsExactly("failure NOT_CONFIRMED 1.000");
            await("the extension does not exist")
                    .atMost(PATIENCE)
                    .until(() -> callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + broken) == 1);
        }
    }

    @Test
    void aListKeepsKeysInItsAttemptsAndAnOptOutLetsAnEntryThatHasEndedLast() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING).pressing('#', millis(300))))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/a-1000ms.wav')");
            callout.execute("INSERT INTO menus (i_menu, i_ivr_prompt) VALUES (1, 1)");
            callout.execute(
                    "INSERT INTO menu_keys (i_menu, menu_key, answer, action) VALUES (1, '#', 'stop', 'opt_out')");
            callout.execute("INSERT INTO do_not_call (number, reason, expires) VALUES ('401', 'asked', '2020-01-01'),"
                    + " ('409', 'asked', NULL)");
            callout.execute(
                    "CREATE TABLE old_list (number VARCHAR(64), lastcall DATETIME, lastresult VARCHAR(255),"
                            + " calls INT, in_use INT, duration INT, callerid VARCHAR(64), PRIMARY KEY (number)) ENGINE=InnoDB");
            callout.execute("INSERT INTO old_list (number) VALUES ('401')");
            callout.campaign("list", Map.of("i_menu", 1, "destination_list", "old_list"));
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM old_list WHERE lastresult = 'success' AND in_use = 0")
                                    == 1);
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, digits, menu_answer) FROM call_attempts"))
                    .containsExactly("401 # stop");
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, LEFT(reason, 14), COALESCE(expires, 'for ever'))"
                            + " FROM do_not_call ORDER BY number"))
                    .containsExactly("401 opt-out by key for ever", "409 asked for ever");
        }
    }

    @Test
    void aCopyOfRouteStatusThatWritesNoOptOutsKeepsCampaignsIdleWhoseMenusOfferThem(@TempDir Path folder)
            throws Exception {
        String route = Files.readString(Path.of("routes/status.camel.yaml"));
        assertThat(route).contains("id: write-opt-outs\n");
        Files.writeString(
                folder.resolve("status.camel.yaml"), route.replace("id: write-opt-outs\n", "id: my-own-step\n"));
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING).pressing('1', millis(300))))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/hello-500ms.wav')");
            callout.execute("INSERT INTO menus (i_menu, i_ivr_prompt) VALUES (1, 1), (2, 1)");
            callout.execute("INSERT INTO menu_keys (i_menu, menu_key, answer, action) VALUES (1, '1', 'no', 'opt_out'),"
                    + " (2, '1', 'yes', 'end')");
            long offers = callout.campaign("offers", Map.of("i_menu", 1));
            callout.numbers(offers, "300", 1);
            callout.numbers(callout.campaign("asks", Map.of("i_menu", 2)), "400", 1);

            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'success'") == 1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.control().status(offers).whyIdle())
                    .contains("no step write-opt-outs"));
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + offers))
                    .isZero();
        }
    }

    @Test
    void whatWasPressedBeforeANodeStoppedIsStoredByTheOneThatTakesTheCallOver() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING).pressing('3', millis(300))))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/a-1000ms.wav')");
            callout.execute("INSERT INTO menus (i_menu, i_ivr_prompt) VALUES (1, 1)");
            callout.execute("INSERT INTO menu_keys (i_menu, menu_key, answer, action, extension) VALUES"
                    + " (1, '3', 'agent', 'transfer', '1000')");
            long campaign = callout.campaign("taken over", Map.of("i_menu", 1, "success_if", "key"));
            callout.numbers(campaign, "100", 3);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'"
                                    + " AND connect_time < NOW(3) - INTERVAL 2 SECOND")
                            == 3);
            callout.stop();
            callout.execute("DELETE FROM menu_keys");
            callout.start();
            Operator.awaitFollowed(callout, 3);
            Operator.hangUpAll(callout);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', p.status, p.digits, p.menu_answer, a.digits)"
                            + " FROM campaign_phones AS p JOIN call_attempts AS a USING (i_campaign_phone)"))
                    .containsExactly("success 3 agent 3");
        }
    }

    private static Map<String, Object> with(Map<String, Object> columns, String name, Object value) {
        Map<String, Object> all = new HashMap<>(columns);
        all.put(name, value);
        return all;
    }

    private static Duration millis(long count) {
        return Duration.ofMillis(count);
    }
}
