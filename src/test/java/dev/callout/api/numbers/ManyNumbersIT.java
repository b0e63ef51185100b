package dev.callout.api.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Numbers are called again, imports are taken back, and campaigns are deleted and cloned, many rows at a time. */
class ManyNumbersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation callout;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    private static String path(long campaign) {
        return "/api/campaigns/" + campaign;
    }

    private static List<String> rows(long campaign) throws Exception {
        return callout.column(
                "SELECT CONCAT_WS(' ', cld, status, finished, call_count, hangup_cause) FROM campaign_phones"
                        + " WHERE i_campaign = " + campaign + " ORDER BY i_campaign_phone");
    }

    @Test
    void thoseNotReachedAreCountedAndCalledAgainAndNobodyElse() throws Exception {
        long campaign = callout.campaign("again", Map.of("paused", 1, "max_attempts", 2, "threshold_msec", 0));
        callout.execute(
                "INSERT INTO campaign_phones (i_campaign, cld, status, finished, call_count, hangup_cause) VALUES"
                        + " (" + campaign + ", '9001', 'success', 1, 1, 'NORMAL_CLEARING'),"
                        + " (" + campaign + ", '9002', 'failure', 1, 2, 'USER_BUSY'),"
                        + " (" + campaign + ", '9003', 'failure', 1, 2, 'NO_ANSWER'),"
                        + " (" + campaign + ", '9004', 'premature hangup', 1, 2, 'NORMAL_CLEARING'),"
                        + " (" + campaign + ", '9005', 'failure', 1, 1, 'DO_NOT_CALL'),"
                        + " (" + campaign + ", '9006', 'failure', 1, 1, 'DUPLICATE'),"
                        + " (" + campaign + ", '', 'failure', 1, 1, 'USER_BUSY'),"
                        + " (" + campaign + ", '9008', 'failure', 1, 0, 'MISSING_VARIABLE amount'),"
                        + " (" + campaign + ", '9009', 'failure', 0, 1, 'USER_BUSY'),"
                        + " (" + campaign + ", '9010', 'failure', 1, 1, 'WITHDRAWN')");
        List<String> before = rows(campaign);
        ApiClient.Reply counted = api.post(path(campaign) + "/call-again?dry-run=true", Map.of());
        assertThat(counted.json())
                .as(counted.text())
                .containsEntry("numbers", 3)
                .containsEntry("reopened", 0);
        assertThat(counted.text())
                .contains("{\"status\":\"failure\",\"hangup_cause\":\"USER_BUSY\",\"numbers\":1}")
                .doesNotContain("\"first\"");
        assertThat(rows(campaign)).as("counting changes nothing").isEqualTo(before);
        assertThat(api.post(path(campaign) + "/call-again", Map.of("statuses", List.of("success")))
                        .text())
                .contains("\"field\":\"statuses\"");

        assertThat(api.post(
                                path(campaign) + "/call-again",
                                Map.of("causes", List.of("USER_BUSY", "MISSING_VARIABLE amount")))
                        .json())
                .containsEntry("reopened", 2);
        assertThat(api.post(path(campaign) + "/call-again", Map.of("statuses", List.of("premature hangup")))
                        .json())
                .containsEntry("reopened", 1);
        callout.execute("UPDATE campaigns SET paused = 0 WHERE i_campaign = " + campaign);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> callout.number(
                                "SELECT COUNT(*) FROM campaign_phones WHERE finished = 0 AND i_campaign = " + campaign)
                        == 0);
        assertThat(List.of("9001", "9002", "9003", "9004", "9005", "9006", "9008", "9009", "9010"))
                .filteredOn(number -> !callout.ledger().calls(number).isEmpty())
                .containsExactly("9002", "9004", "9008", "9009");
        assertThat(callout.column("SELECT changes FROM audit WHERE action = 'numbers.call-again'"
                        + " AND object = 'campaign " + campaign + "'"))
                .hasSize(2)
                .allMatch(changes -> changes.contains("reopened"));
    }

    @Test
    void numbersOfAListAreCalledAgainToo() throws Exception {
        callout.execute(
                "CREATE TABLE again_list (number VARCHAR(64) PRIMARY KEY, lastcall DATETIME, lastresult VARCHAR(64),"
                        + " calls INT, in_use INT, duration INT, callerid VARCHAR(64))");
        callout.execute("INSERT INTO again_list VALUES ('9101', NOW(), 'success', 1, 0, 5, NULL),"
                + " ('9102', NOW(), 'USER_BUSY', 2, 0, 0, NULL), ('9103', NOW(), 'NO_ANSWER', 2, 0, 0, NULL)");
        long campaign = callout.campaign(
                "list again", Map.of("destination_list", "again_list", "paused", 1, "max_attempts", 2));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api.get(path(campaign) + "/numbers").status() == 200);
        assertThat(api.post(path(campaign) + "/call-again?dry-run=true", Map.of())
                        .json())
                .containsEntry("numbers", 2);
        assertThat(api.post(path(campaign) + "/call-again", Map.of("causes", List.of("USER_BUSY")))
                        .json())
                .containsEntry("reopened", 1);
        assertThat(callout.column("SELECT CONCAT(number, ' ', calls) FROM again_list ORDER BY number"))
                .containsExactly("9101 1", "9102 0", "9103 2");
        callout.execute("DELETE FROM campaigns WHERE i_campaign = " + campaign);
    }

    @Test
    void anImportIsTakenBackAsFarAsNobodyWasCalledAndCanBeTakenBackOnceMore() throws Exception {
        long campaign = callout.campaign("undo", Map.of("paused", 1));
        callout.numbers(campaign, "9201", 1);
        ApiClient.Reply report = api.send(
                "POST",
                path(campaign) + "/numbers?file=wrong.csv",
                "text/csv",
                "number\n9210\n9211\n9212\n9213\n9214\n");
        Object key = report.json().get("i_import");
        // Otherwise its call would be taken over.
        callout.execute("INSERT INTO nodes (incarnation, name, expires)"
                + " VALUES ('somebody', 'another', UTC_TIMESTAMP(3) + INTERVAL 1 HOUR)");
        callout.execute("UPDATE campaign_phones SET status = 'failure', call_count = 1, hangup_cause = 'USER_BUSY'"
                + " WHERE cld = '9211'");
        callout.execute(
                "UPDATE campaign_phones SET status = 'success', call_count = 1, finished = 1 WHERE cld = '9212'");
        callout.execute("UPDATE campaign_phones SET call_uuid = 'a-call', owner = 'somebody' WHERE cld = '9213'");
        // Uncharged, but it has rung.
        callout.execute(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status)"
                        + " SELECT 'undo-1', i_campaign, i_campaign_phone, cld, 0, 'failure' FROM campaign_phones WHERE cld = '9214'");

        ApiClient.Reply undone = api.post("/api/imports/" + key + "/undo", "");
        assertThat(undone.json())
                .as(undone.text())
                .containsEntry("removed", 1)
                .containsEntry("already_called", 4)
                .containsEntry("withdrawn", 2)
                .containsEntry("in_progress", 1);
        assertThat(rows(campaign).stream()
                        .filter(row -> !row.startsWith("92010"))
                        .toList())
                .containsExactly(
                        "9211 failure 1 1 WITHDRAWN",
                        "9212 success 1 1",
                        "9213 idle 0 0",
                        "9214 failure 1 0 WITHDRAWN");
        assertThat(rows(campaign)).as("numbers of others stay").hasSize(5);

        callout.execute("UPDATE campaign_phones SET call_uuid = NULL, owner = NULL, call_count = 1 WHERE cld = '9213'");
        callout.execute("DELETE FROM nodes WHERE incarnation = 'somebody'");
        assertThat(api.post("/api/imports/" + key + "/undo", "").json())
                .containsEntry("removed", 0)
                .containsEntry("withdrawn", 1)
                .containsEntry("in_progress", 0);
        assertThat(api.get("/api/imports?campaign=" + campaign).text())
                .contains("\"file\":\"wrong.csv\"", "\"undone\":\"2");
        assertThat(api.post("/api/imports/999999/undo", "").status()).isEqualTo(404);
        assertThat(callout.column("SELECT changes FROM audit WHERE action = 'numbers.undo-import'"))
                .first()
                .asString()
                .contains("removed");
    }

    @Test
    void aDeletionSaysWhatStaysAndRemovesTheNumbersIfAskedTo() throws Exception {
        long kept = callout.campaign("kept", Map.of("paused", 1));
        callout.numbers(kept, "930", 3);
        callout.execute("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status)"
                + " VALUES ('kept-1', " + kept + ", 1, '9301', 1, 'failure')");
        long other = callout.campaign("other", Map.of("paused", 1));
        callout.numbers(other, "931", 2);
        String numbers = "SELECT COUNT(*) FROM campaign_phones WHERE i_campaign = ";

        assertThat(api.send("DELETE", path(kept) + "?dry-run=true", "application/json", "")
                        .json())
                .containsEntry("numbers", 3)
                .containsEntry("attempts", 1);
        assertThat(api.get(path(kept)).status()).isEqualTo(200);
        assertThat(api.send("DELETE", path(kept), "application/json", "").status())
                .isEqualTo(204);
        assertThat(callout.number(numbers + kept)).isEqualTo(3);

        assertThat(api.send("DELETE", path(other) + "?numbers=remove", "application/json", "")
                        .json())
                .containsEntry("removed", 2);
        assertThat(callout.number(numbers + other)).isZero();
        assertThat(callout.number(numbers + kept)).isEqualTo(3);
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE call_uuid = 'kept-1'"))
                .isEqualTo(1);
    }

    @Test
    void aCloneHasAllSettingsIsPausedAndIsNoEmergency() throws Exception {
        long original = callout.campaign(
                "original", Map.of("paused", 1, "username", "u", "md5secret", "s", "emergency", "flood", "weight", 3));
        callout.numbers(original, "940", 1);
        ApiClient.Reply made = api.post(path(original) + "/clone", Map.of("name", "the clone"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json())
                .containsEntry("name", "the clone")
                .containsEntry("paused", true)
                .containsEntry("weight", 3)
                .containsEntry("emergency", null)
                .doesNotContainKey("md5secret");
        assertThat(made.header("Location")).isEqualTo("/api/campaigns/the%20clone");
        assertThat(callout.column(
                        "SELECT CONCAT_WS(' ', username, md5secret, COALESCE(run_started, 'no run')) FROM campaigns"
                                + " WHERE name = 'the clone'"))
                .containsExactly("u s no run");
        assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE i_campaign = "
                        + made.json().get("i_campaign")))
                .isZero();
        assertThat(api.post(path(original) + "/clone", Map.of("name", "The Clone"))
                        .status())
                .isEqualTo(409);
        assertThat(api.post(path(original) + "/clone", Map.of("name", "a/b")).text())
                .contains("\"field\":\"name\"");
    }
}
