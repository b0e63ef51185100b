package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.store.CallBase;
import dev.callout.store.CallBases;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each attempt says by which settings and rules it was made, who started its run, and what the callee was to see. */
class CallBasesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static Installation callout;
    private static ApiClient api;

    /** Numbers that begin with 2 talk until they are hung up. */
    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TRUSTED_PROXY", "127.0.0.1")
                .with("CALLOUT_ALTER_TABLES", "true")
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(call -> call.number().startsWith("2")
                        ? CalleePlan.answers(Duration.ofMillis(20))
                        : CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(20))))
                .build();
        callout.execute("CREATE TABLE evidence_list (number VARCHAR(30))");
        callout.execute("INSERT INTO evidence_list (number) VALUES ('40000'), ('20000')");
        callout.start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    private static ApiClient.Reply anna(String method, String path, String body) throws Exception {
        ApiClient.Reply reply = api.as("anna", "admin").send(method, path, "application/json", body);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
        return reply;
    }

    private static void awaitAttempts(long campaign, int count) {
        await().atMost(SOON)
                .until(() ->
                        callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign) == count);
    }

    private static List<String> bases(long campaign) throws Exception {
        return callout.column("SELECT CONCAT_WS(' ', a.attempts, b.run_started IS NOT NULL, b.started_by, b.prompt,"
                + " JSON_VALUE(b.settings, '$.timeout_sec')) FROM (SELECT i_call_base, COUNT(*) AS attempts FROM call_attempts"
                + " WHERE i_campaign = " + campaign + " GROUP BY i_call_base) AS a"
                + " LEFT JOIN call_bases AS b USING (i_call_base) ORDER BY b.made_at");
    }

    private static List<String> timeouts(long campaign) throws Exception {
        return callout.column(
                "SELECT CONCAT_WS(' ', COUNT(*), COALESCE(JSON_VALUE(b.settings, '$.timeout_sec'), 'default'))"
                        + " FROM call_attempts AS a JOIN call_bases AS b USING (i_call_base) WHERE a.i_campaign = "
                        + campaign
                        + " GROUP BY JSON_VALUE(b.settings, '$.timeout_sec')");
    }

    @Test
    void manyCallsShareOneRowAndAnotherSettingMakesAnother() throws Exception {
        callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, name, file) VALUES (31, 'p', '/prompts/p.wav')");
        long campaign = callout.campaign(
                "shared", Map.of("paused", 1, "i_ivr_prompt", 31, "cli", "+49 30 23125000", "timeout_sec", 30));
        callout.numbers(campaign, "1", 30);
        anna("POST", "/api/campaigns/shared/start", "");
        awaitAttempts(campaign, 30);
        callout.execute("UPDATE campaigns SET timeout_sec = 31 WHERE i_campaign = " + campaign);
        await().atMost(SOON).until(() -> Operator.campaigns(callout)
                .callBase(campaign)
                .settings()
                .contains("\"31\""));
        callout.numbers(campaign, "3", 20);
        awaitAttempts(campaign, 50);

        await().atMost(SOON).untilAsserted(() -> assertThat(bases(campaign))
                .containsExactly("30 1 user anna /prompts/p.wav 30", "20 1 user anna /prompts/p.wav 31"));
        assertThat(callout.column("SELECT DISTINCT caller_id FROM call_attempts WHERE i_campaign = " + campaign))
                .containsExactly("+493023125000");
        ApiClient.Reply csv = anna("GET", "/api/campaigns/shared/attempts?format=csv", "");
        assertThat(csv.text().lines().findFirst().orElse(""))
                .endsWith(",prompt,prompt_sha256,rules,rules_version,digits,menu_answer,answered_by,amd_ms,"
                        + "hand_over,agent,waited_ms,talked_ms,abandoned,recording,report,report_note");
        assertThat(anna("GET", "/api/campaigns/shared/attempts", "").text())
                .contains("\"started_by\":\"user anna\"", "\"prompt\":\"/prompts/p.wav\"");
    }

    @Test
    void whatMachinesHearIsKnownToo() throws Exception {
        callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, name, file) VALUES (33, 'r', '/prompts/r.wav'),"
                + " (34, 's', '/prompts/message.wav')");
        long campaign =
                callout.campaign("greeted", Map.of("i_ivr_prompt", 33, "amd", "cadence", "i_machine_prompt", 34));
        callout.numbers(campaign, "1", 1);
        awaitAttempts(campaign, 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(callout.column(
                        "SELECT CONCAT_WS(' ', prompt, JSON_VALUE(settings, '$.machine_prompt')) FROM call_bases"
                                + " WHERE i_campaign = " + campaign))
                .containsExactly("/prompts/r.wav /prompts/message.wav"));
    }

    @Test
    void aPromptIsKnownByItsContent(@TempDir Path folder) throws Exception {
        Path prompt = folder.resolve("prompt.wav");
        callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, name, file) VALUES (32, 'q', '" + prompt + "')");
        Files.writeString(prompt, "good morning");
        long campaign = callout.campaign("prompted", Map.of("i_ivr_prompt", 32));
        String first = hashOfPrompt(campaign, "");
        callout.numbers(campaign, "5", 3);
        awaitAttempts(campaign, 3);
        Files.writeString(prompt, "good evening, everybody");
        String second = hashOfPrompt(campaign, first);
        callout.numbers(campaign, "6", 2);
        awaitAttempts(campaign, 5);
        Files.delete(prompt);
        assertThat(hashOfPrompt(campaign, second)).isEqualTo("unknown");
        callout.numbers(campaign, "7", 1);
        awaitAttempts(campaign, 6);

        await().atMost(SOON).untilAsserted(() -> assertThat(callout.column(
                        "SELECT CONCAT_WS(' ', COUNT(*), COALESCE(prompt_sha256, 'unknown')) FROM call_attempts AS a"
                                + " JOIN call_bases AS b USING (i_call_base) WHERE a.i_campaign = " + campaign
                                + " GROUP BY prompt_sha256"))
                .containsExactlyInAnyOrder(
                        "3 " + sha256("good morning"), "2 " + sha256("good evening, everybody"), "1 unknown"));
    }

    /** Waits until the node knows another hash than before. */
    private static String hashOfPrompt(long campaign, String before) {
        String[] hash = new String[1];
        await().atMost(SOON).until(() -> {
            CallBase base = Operator.campaigns(callout).callBase(campaign);
            hash[0] = base == null
                    ? before
                    : Operator.campaigns(callout).prompts().in(base).promptHash();
            return before.isEmpty() ? hash[0] != null && !hash[0].isEmpty() : !before.equals(hash[0]);
        });
        return hash[0] == null ? "unknown" : hash[0];
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aCallThatIsTakenOverKeepsTheBaseByWhichItWasMadeAlsoInAList() throws Exception {
        long listed = callout.campaign("listed", Map.of("destination_list", "evidence_list"));
        long campaign = callout.campaign("taken over", Map.of("timeout_sec", 40));
        callout.numbers(campaign, "2", 3);
        await().atMost(SOON)
                .until(() -> callout.number("SELECT COUNT(*) FROM call_bases WHERE i_campaign IN (" + listed + ", "
                                + campaign + ")")
                        == 2);
        awaitAttempts(listed, 1);
        await().atMost(SOON)
                .until(() -> callout.number(
                                "SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL AND i_campaign = "
                                        + campaign)
                        == 3);
        Operator.awaitFollowed(callout, 4);
        String owner = callout.column("SELECT DISTINCT owner FROM campaign_phones WHERE owner IS NOT NULL")
                .get(0);
        callout.execute("DELETE FROM nodes");
        // By then, another setting holds.
        callout.execute("UPDATE campaigns SET timeout_sec = 41 WHERE i_campaign IN (" + listed + ", " + campaign + ")");
        await().atMost(SOON)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE owner <> '" + owner + "'") == 3
                        && callout.number("SELECT COUNT(*) FROM evidence_list WHERE callout_owner <> '" + owner + "'")
                                == 1);
        await().atMost(SOON).until(() -> Operator.campaigns(callout)
                .callBase(campaign)
                .settings()
                .contains("\"41\""));
        Operator.hangUpAll(callout);
        awaitAttempts(campaign, 3);
        awaitAttempts(listed, 2);

        assertThat(timeouts(campaign)).containsExactly("3 40");
        assertThat(timeouts(listed)).containsExactly("2 default");
    }

    @Test
    void anAttemptThatRulesJudgedHasTheZonesOfTheCallee() throws Exception {
        callout.execute("INSERT INTO schedules (i_schedule, name) VALUES (31, 'always')");
        callout.execute(
                "INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time) VALUES (31, 1, 7, '00:00:00', '23:59:59')");
        long campaign = callout.campaign("zoned", Map.of("country", "DE", "i_schedule", 31, "schedule_zone", "callee"));
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld, timezone) VALUES (" + campaign
                + ", '+49 30 23125061', NULL), (" + campaign + ", '+49 30 23125062', 'Asia/Tokyo')");
        awaitAttempts(campaign, 2);
        assertThat(callout.column("SELECT zone FROM call_attempts WHERE i_campaign = " + campaign + " ORDER BY number"))
                .containsExactly("Europe/Berlin", "Asia/Tokyo");
    }

    @Test
    void whoeverHoldsTheBasesHoldsUpNoCallAndTheRowComesLater() throws Exception {
        long campaign = callout.campaign("held", Map.of("paused", 1, "max_attempts", 1));
        callout.numbers(campaign, "4", 5);
        try (Connection holder = DriverManager.getConnection(callout.url());
                Statement statement = holder.createStatement()) {
            statement.execute("LOCK TABLES call_bases WRITE");
            callout.execute("UPDATE campaigns SET paused = 0 WHERE i_campaign = " + campaign);
            awaitAttempts(campaign, 5);
        }
        assertThat(callout.number(
                        "SELECT COUNT(*) FROM call_attempts WHERE i_call_base IS NULL AND i_campaign = " + campaign))
                .isZero();
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        callout.number("SELECT COUNT(*) FROM call_bases WHERE i_campaign = " + campaign))
                .isOne());
    }

    @Test
    void aPersonsExportHasTheEvidenceAndAnErasureLeavesNothingOfThePerson() throws Exception {
        callout.change("CALLOUT_ERASE_KEY", "0123456789abcdef0123456789abcdef");
        long campaign = callout.campaign("person", Map.of("paused", 1));
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld, consent) VALUES (" + campaign
                + ", '+49 30 23125051', 'web form, 3 May')");
        anna("POST", "/api/campaigns/person/start", "");
        awaitAttempts(campaign, 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        anna("GET", "/api/persons/%2B493023125051", "").text())
                .contains(
                        "\"caller_id\":\"+493023125051\"",
                        "\"consent\":\"web form, 3 May\"",
                        "\"started_by\":\"user anna\""));

        anna("DELETE", "/api/persons/%2B493023125051", "");
        assertThat(callout.column("SELECT CONCAT_WS(' ', number, zone, caller_id, consent) FROM call_attempts"
                        + " WHERE i_campaign = " + campaign))
                .singleElement()
                .asString()
                .startsWith("erased:")
                .doesNotContain("23125051", "web form");
    }

    @Test
    void aBaseIsDeletedOnlyOnceAllAttemptsAreGoneThatMayNameIt() throws Exception {
        CallBases bases = new CallBases(callout.dataSource());
        callout.execute(
                "INSERT INTO call_bases (i_call_base, hash, i_campaign, revision, settings, made_at, used_at) VALUES"
                        + " (1, 'old', -1, 'x', '{}', UTC_TIMESTAMP() - INTERVAL 90 DAY, UTC_TIMESTAMP() - INTERVAL 80 DAY),"
                        + " (2, 'new', -1, 'x', '{}', UTC_TIMESTAMP() - INTERVAL 90 DAY, UTC_TIMESTAMP())");
        callout.execute("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                + " disconnect_time, i_call_base) VALUES ('oldest', -1, 1, '1', 1, 'success',"
                + " UTC_TIMESTAMP() - INTERVAL 81 DAY, 1)");
        bases.deleteUnused();
        assertThat(callout.column("SELECT hash FROM call_bases WHERE i_campaign = -1 ORDER BY 1"))
                .containsExactly("new", "old");
        callout.execute("DELETE FROM call_attempts WHERE i_campaign = -1");
        bases.deleteUnused();
        assertThat(callout.column("SELECT hash FROM call_bases WHERE i_campaign = -1"))
                .containsExactly("new");
    }
}
