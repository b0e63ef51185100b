package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.settings.TableOptions;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignFieldsIT extends ServedInstallation {

    @Test
    void aReasonIsACodeForProgramsAndASentenceForPeople() throws Exception {
        Map<String, Object> slow = campaign("slow");
        slow.put("time_between_calls", 600);
        String path = api.post("/api/campaigns", slow).header("Location");
        Awaitility.await("the campaign is read")
                .untilAsserted(() -> assertThat(api.get(path).json())
                        .containsEntry("state", "paused")
                        .containsEntry("idle_reason", "paused")
                        .containsEntry("why_idle", "paused"));
        api.post(path + "/numbers", List.of("030 1", "030 2"));
        api.post(path + "/start", "");
        Awaitility.await().untilAsserted(() -> assertThat(api.get(path).json())
                .containsEntry("state", "dialling")
                .containsEntry("idle_reason", "rate")
                .containsEntry("why_idle", "time_between_calls has not passed"));
        Awaitility.await().untilAsserted(() -> assertThat(
                        api.get("/api/campaigns?fields=idle_reason").text())
                .contains("{\"idle_reason\":\"rate\",\"i_campaign\":"));
    }

    @Test
    void aWrongFieldIsNamedAndNothingIsStored() throws Exception {
        Map<String, Object> wrong = campaign("wrong");
        wrong.put("max_concurrent_calls", 0);
        ApiClient.Reply refused = api.post("/api/campaigns", wrong);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().get("errors"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .isEqualTo(
                        Map.of("field", "max_concurrent_calls", "detail", "must be a whole number from 1 to 100000"));

        wrong.put("max_concurrent_calls", 1);
        wrong.put("action_on_answer", "system(rm)");
        refused = api.post("/api/campaigns", wrong);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"action_on_answer\"");
        assertThat(api.get("/api/campaigns/wrong").status()).isEqualTo(404);
    }

    private static final Map<String, Object> NINE_TO_FIVE =
            Map.of("start_wday", 1, "stop_wday", 5, "start_time", "09:00:00", "stop_time", "17:00:00");

    @Test
    @SuppressWarnings("unchecked")
    void everyWrongFieldIsNamedAtOnceInTheWordsOfTheFieldsAndNotOfARow() throws Exception {
        long schedule = ((Number) api.post("/api/schedules", Map.of("name", "faults", "records", List.of(NINE_TO_FIVE)))
                        .json()
                        .get("i_schedule"))
                .longValue();
        Map<String, Object> wrong = campaign("1234");
        wrong.put("max_attempts", 0);
        wrong.put("retry_delays", "busy=soon");
        wrong.put("cli", "our office");
        wrong.put("action_on_answer", "system(rm)");
        wrong.put("codec_list", "no codec!");
        wrong.put("i_schedule", schedule);
        wrong.put("colour", "red");
        ApiClient.Reply refused = api.post("/api/campaigns", wrong);
        assertThat(refused.status()).isEqualTo(422);
        Map<String, String> told = new HashMap<>();
        for (Map<String, String> one :
                (List<Map<String, String>>) refused.json().get("errors")) {
            assertThat(told.put(one.get("field"), one.get("detail")))
                    .as("once: %s", one)
                    .isNull();
        }
        assertThat(told)
                .as(refused.text())
                .containsOnlyKeys(
                        "name",
                        "max_attempts",
                        "retry_delays",
                        "cli",
                        "action_on_answer",
                        "codec_list",
                        "timezone",
                        "colour");
        assertThat(told.get("timezone")).startsWith("must be set, such as Europe/Berlin");
        assertThat(told.get("cli")).contains("no words");
        assertThat(refused.text()).doesNotContain("table campaigns", "column", ", row ");
        assertThat(refused.json().get("detail").toString()).contains("max_attempts: must be", "; timezone: must be");

        api.post("/api/campaigns", campaign("zoneless"));
        assertThat(change("zoneless", "*", "{\"i_schedule\": " + schedule + ", \"timezone\": \"Mars\"}")
                        .text())
                .contains("\"field\":\"timezone\"", "'Mars' is not a time zone")
                .doesNotContain("row ");
        assertThat(change("zoneless", "*", "{\"i_schedule\": " + schedule + "}").text())
                .contains("\"field\":\"timezone\"", "must be set");
        installation.execute("UPDATE campaigns SET cli = 'our office' WHERE name = 'zoneless'");
        assertThat(change("zoneless", "*", "{\"max_attempts\": 2}").status())
                .as("what was wrong before stops no other change")
                .isEqualTo(200);
    }

    @Test
    void whatIsWrongWithACampaignIsToldWhileItIsPausedToo() throws Exception {
        long campaign = installation.campaign("broken", Map.of("paused", 1, "timezone", "Mars"));
        Awaitility.await().untilAsserted(() -> assertThat(
                        api.get("/api/campaigns/" + campaign).json())
                .containsEntry("state", "paused")
                .containsEntry("idle_reason", "setting_wrong")
                .extractingByKey("why_idle")
                .asString()
                .contains("'Mars' is not a time zone"));
    }

    @Test
    void aStartWarnsThatCalleesWillSeeTheirOwnNumberAndAPoolOrACallerIdIsEnough() throws Exception {
        Map<String, Object> nameless = campaign("nameless");
        api.post("/api/campaigns", nameless);
        ApiClient.Reply started = api.post("/api/campaigns/nameless/start", "");
        assertThat(started.json().get("warnings"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .singleElement()
                .asString()
                .endsWith("callees see their own number");
        assertThat(change("nameless", "*", "{\"cli\": \"+49 30 111\"}").status())
                .isEqualTo(200);
        assertThat(api.post("/api/campaigns/nameless/resume", "").json()).containsEntry("warnings", List.of());
    }

    @Test
    void aScheduleMayEndAtMidnightAsItsTableMay() throws Exception {
        Map<String, Object> late =
                Map.of("start_wday", 1, "stop_wday", 7, "start_time", "18:00", "stop_time", "24:00:00");
        ApiClient.Reply created = api.post("/api/schedules", Map.of("name", "late", "records", List.of(late)));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(api.get(created.header("Location")).text())
                .contains("\"start_time\":\"18:00:00\",\"stop_time\":\"24:00:00\"");
        for (String time : List.of("24:00:01", "25:00:00", "noon")) {
            ApiClient.Reply refused = api.post(
                    "/api/schedules",
                    Map.of(
                            "name",
                            "never",
                            "records",
                            List.of(Map.of(
                                    "start_wday", 1, "stop_wday", 7, "start_time", "09:00:00", "stop_time", time))));
            assertThat(refused.text()).contains("\"field\":\"stop_time\"", "from 00:00:00 to 24:00:00");
        }
        assertThat(api.post(
                                "/api/schedules",
                                Map.of(
                                        "name",
                                        "never",
                                        "records",
                                        List.of(Map.of(
                                                "start_wday",
                                                1,
                                                "stop_wday",
                                                7,
                                                "start_time",
                                                "24:00:00",
                                                "stop_time",
                                                "24:00:00"))))
                        .text())
                .contains("no moment of a day");
    }

    @Test
    void numbersAndStatusesOfAListAreShownLikeOthersAndSaidWhoIsCalledAgain() throws Exception {
        installation.execute("CREATE TABLE shown_list (number VARCHAR(64) PRIMARY KEY, lastcall DATETIME, lastresult"
                + " VARCHAR(64), calls INT, in_use INT, duration INT, callerid VARCHAR(64))");
        installation.execute("INSERT INTO shown_list VALUES ('1', NULL, NULL, 0, 0, NULL, '77'),"
                + " ('2', NOW(), 'success', 1, 0, 5, NULL), ('3', NOW(), 'USER_BUSY', 1, 0, 0, NULL),"
                + " ('4', NOW(), 'NO_ANSWER', 3, 0, 0, NULL), ('5', NOW(), 'premature hangup', 2, 0, 1, NULL)");
        long campaign = installation.campaign("lister", Map.of("destination_list", "shown_list", "paused", 1));
        String path = "/api/campaigns/lister";
        assertThat(api.get(path + "/numbers").status())
                .as("not before it has Callout's columns")
                .isEqualTo(409);
        installation.change("CALLOUT_ALTER_TABLES", "true");
        Awaitility.await().until(() -> api.get(path + "/numbers").status() == 200);
        assertThat(api.get(path + "/numbers").text())
                .contains(
                        "\"cld\":\"1\",\"finished\":false",
                        "\"status\":\"idle\"",
                        "\"cld\":\"2\",\"finished\":true",
                        "\"hangup_cause\":\"USER_BUSY\"",
                        "\"cld\":\"4\",\"finished\":true");
        assertThat(api.get(path + "/numbers?status=failure&limit=1").text())
                .contains("\"cld\":\"3\"")
                .doesNotContain("\"next\":null");
        assertThat(api.get(path + "/numbers?cld=5").text()).contains("premature hangup");
        Awaitility.await().untilAsserted(() -> assertThat(api.get(path).json())
                .containsEntry("statuses", Map.of("failure", 2, "idle", 1, "premature hangup", 1, "success", 1))
                .containsEntry("to_retry", Map.of("failure", 1, "premature hangup", 1)));

        long own = installation.campaign("own again", Map.of("paused", 1));
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld, status, call_count, finished) VALUES"
                + " (" + own + ", '1', 'failure', 1, 0), (" + own + ", '2', 'failure', 3, 1), (" + own
                + ", '3', 'idle', 0, 0)");
        Awaitility.await()
                .untilAsserted(() -> assertThat(api.get("/api/campaigns/" + own).json())
                        .containsEntry("to_retry", Map.of("failure", 1)));
        installation.execute("DELETE FROM campaigns WHERE i_campaign = " + campaign);
    }

    @Test
    void noTableOfCalloutsOwnIsADestinationList() throws Exception {
        api.post("/api/campaigns", campaign("ownlist"));
        ApiClient.Reply refused = change("ownlist", "*", "{\"destination_list\":\"campaigns\"}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"destination_list\"", "none of Callout's own tables");
        assertThat(installation.number("SELECT COUNT(*) FROM campaigns WHERE destination_list IS NOT NULL"))
                .isZero();
    }

    @Test
    void aCampaignWithoutGatewayIsCheckedWithTheProxyOfTheOptionsTable() throws Exception {
        installation.execute("INSERT INTO options VALUES ('campaign', 'sipproxy', 'sip.example')");
        TableOptions options =
                installation.camelContext().getRegistry().lookupByNameAndType("tableOptions", TableOptions.class);
        Awaitility.await().until(() -> "sip.example".equals(options.sipProxy()));

        ApiClient.Reply refused =
                api.post("/api/campaigns", Map.of("name", "proxied", "action_on_answer", "system(id)"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("action_on_answer").doesNotContain("no way out");
        ApiClient.Reply created = api.post("/api/campaigns", Map.of("name", "proxied", "action_on_answer", "echo()"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    @Test
    void aChangeOnTopOfAnothersChangeIsRefused() throws Exception {
        api.post("/api/campaigns", campaign("shared"));
        String seen = api.get("/api/campaigns/shared").header("ETag");

        ApiClient.Reply mine = change("shared", seen, "{\"max_attempts\":5}");
        assertThat(mine.status()).as(mine.text()).isEqualTo(200);
        assertThat(mine.json()).containsEntry("max_attempts", 5).containsEntry("threshold_msec", 0);
        assertThat(change("shared", seen, "{\"max_attempts\":6}").status()).isEqualTo(412);
        assertThat(api.get("/api/campaigns/shared").json()).containsEntry("max_attempts", 5);
        assertThat(change("shared", mine.header("ETag"), "{\"max_attempts\":null}")
                        .json())
                .containsEntry("max_attempts", null);
    }

    @Test
    void delaysOfRetriesAreTakenAndJudged() throws Exception {
        Map<String, Object> delays = campaign("delays");
        delays.put("retry_delays", "busy=300, invalid=never");
        assertThat(api.post("/api/campaigns", delays).json()).containsEntry("retry_delays", "busy=300, invalid=never");
        assertThat(installation.column("SELECT retry_delays FROM campaigns WHERE name = 'delays'"))
                .containsExactly("busy=300, invalid=never");
        String etag = api.get("/api/campaigns/delays").header("ETag");
        ApiClient.Reply refused = change("delays", etag, "{\"retry_delays\":\"busy=soon\"}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"retry_delays\"");
        assertThat(change("delays", etag, "{\"retry_delays\":\"busy=60\"}").json())
                .containsEntry("retry_delays", "busy=60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"campaigns", "schedules", "prompts", "timetables", "holiday-calendars"})
    void aDeletionIsRefusedIfAnotherChangesWhatIsDeletedAtTheSameTime(String what) throws Exception {
        Map<String, Map<String, Object>> bodies = Map.of(
                "campaigns",
                campaign("raced"),
                "schedules",
                Map.of("name", "raced", "records", List.of()),
                "prompts",
                Map.of("name", "raced", "file", "raced.wav"),
                "timetables",
                Map.of("name", "raced", "cron", "0 0 9 1 1 ? 2099", "timezone", "UTC", "action", "stop"),
                "holiday-calendars",
                Map.of("name", "raced"));
        ApiClient.Reply created = api.post("/api/" + what, bodies.get(what));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String table = what.equals("prompts") ? "ivr_prompts" : what.replace('-', '_');
        try (Connection other = DriverManager.getConnection(installation.url(), "root", "");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE " + table + " SET name = 'raced on' WHERE name = 'raced'");
            CompletableFuture<ApiClient.Reply> deletion = CompletableFuture.supplyAsync(() -> delete(created));
            Awaitility.await()
                    .until(() -> deletion.isDone()
                            || installation.number(
                                            "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_query LIKE"
                                                    + " '%FOR UPDATE%' AND trx_state = 'LOCK WAIT'")
                                    > 0);
            other.commit();

            assertThat(deletion.get().status()).as(deletion.get().text()).isEqualTo(412);
        }
        assertThat(installation.column("SELECT name FROM " + table)).contains("raced on");
    }

    private static ApiClient.Reply delete(ApiClient.Reply seen) {
        try {
            return api.send(api.request(seen.header("Location")).DELETE().header("If-Match", seen.header("ETag")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApiClient.Reply change(String name, String etag, String body) throws Exception {
        return api.send(api.request("/api/campaigns/" + name)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .header("If-Match", etag)
                .header("Content-Type", "application/merge-patch+json"));
    }
}
