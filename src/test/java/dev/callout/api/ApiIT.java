package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ApiIT extends ServedInstallation {

    @Test
    void aCampaignIsCreatedFilledStartedWatchedAndExported() throws Exception {
        ApiClient.Reply created = api.post("/api/campaigns", campaign("spring sale"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json())
                .containsEntry("paused", true)
                .containsEntry("state", "paused")
                .doesNotContainKey("md5secret");
        String path = created.header("Location");
        assertThat(path).isEqualTo("/api/campaigns/spring%20sale");

        ApiClient.Reply imported = api.send(
                "POST", path + "/numbers", "text/csv", "cld;priority\r\n+49 30 1;1\r\n+49 30 2;\r\n'+49 30 3;2\r\n");
        assertThat(imported.json()).as(imported.text()).containsEntry("accepted", 3);
        assertThat(api.post(path + "/start", "").json()).containsEntry("paused", false);

        Awaitility.await().untilAsserted(() -> assertThat(api.get(path).json())
                .containsEntry("finished", 3)
                .containsEntry("in_progress", 0)
                .containsEntry("statuses", Map.of("success", 3)));

        installation.execute(
                "INSERT INTO timetables (i_campaign, cron, timezone, action) SELECT i_campaign, '0 0 9 1 1 ? 2099',"
                        + " 'UTC', 'start' FROM campaigns WHERE name = 'spring sale'");
        assertThat(api.get(path).text()).contains("\"action\":\"start\",\"next\":\"2099-01-01T09:00:00Z\"");

        assertThat(api.get("/api/activity?campaign=spring%20sale").text())
                .contains("\"number\":\"+49 30 1\"", "\"status\":\"success\"");
        assertThat(api.get("/api/campaigns?fields=name,finished").text())
                .contains("{\"name\":\"spring sale\",\"finished\":3,\"i_campaign\":");
        assertThat(api.get("/api/campaigns?fields=name,md5secret").status()).isEqualTo(400);

        ApiClient.Reply export = api.get(path + "/attempts?format=csv");
        assertThat(export.header("Content-Type")).startsWith("text/csv");
        assertThat(export.text().lines()).hasSize(4);
        assertThat(export.text().lines().findFirst().orElseThrow().split(","))
                .as("all columns, and what the calls share")
                .containsAll(installation.column(
                        "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
                                + " AND TABLE_NAME = 'call_attempts' AND COLUMN_NAME <> 'kind'"))
                .contains("revision", "rules_version");
        assertThat(export.text()).contains(",'+49 30 1,1,", ",+49301,").doesNotContain(",+49 ");
        assertThat(api.get(path + "/attempts").text())
                .startsWith("[{\"call_uuid\":")
                .contains("\"number\":\"+49 30 1\"");
    }

    @Test
    void aCampaignIsMeantByItsKeyOrItsNameLetterByLetter() throws Exception {
        Object key = api.post("/api/campaigns", campaign("by name")).json().get("i_campaign");
        assertThat(api.get("/api/campaigns/by%20name").json()).containsEntry("i_campaign", key);
        assertThat(api.get("/api/campaigns/" + key).json()).containsEntry("name", "by name");
        assertThat(api.post("/api/campaigns/BY%20NAME/start", "").status()).isEqualTo(404);
        assertThat(api.post("/api/campaigns", campaign("By Name")).status()).isEqualTo(409);
        assertThat(api.post("/api/campaigns", campaign("2031")).text()).contains("\"field\":\"name\"");

        installation.campaign("by name", Map.of("paused", 1));
        ApiClient.Reply twice = api.post("/api/campaigns/by%20name/start", "");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.text()).contains("by name is the name of [" + key + ", ");
        assertThat(api.post("/api/campaigns/" + key + "/start", "").json()).containsEntry("paused", false);
    }

    @Test
    void aPromptHasAFileOrPieces() throws Exception {
        ApiClient.Reply made = api.post(
                "/api/prompts",
                Map.of(
                        "name",
                        "reminder",
                        "pieces",
                        List.of(
                                Map.of("kind", "file", "value", "/p/a.wav", "language", "pt-BR"),
                                Map.of("kind", "amount", "value", "{amount}", "language", "pt-BR"),
                                Map.of("kind", "text", "value", "Bye {name}", "engine", "flite", "voice", "slt"))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).contains("\"kind\":\"amount\"", "\"value\":\"{amount}\"", "\"language\":\"pt_br\"");
        Map<String, Object> user = campaign("reminded");
        user.put("i_ivr_prompt", made.json().get("i_ivr_prompt"));
        user.remove("action_on_answer");
        ApiClient.Reply plays = api.post("/api/campaigns", user);
        assertThat(plays.status()).as(plays.text()).isEqualTo(201);
        assertThat(plays.text()).doesNotContain("pieces");
        assertThat(api.post("/api/campaigns/reminded/start", "").json()).containsEntry("paused", false);
        assertThat(api.send("DELETE", "/api/campaigns/reminded", "application/json", "")
                        .status())
                .isEqualTo(204);

        assertThat(api.post("/api/prompts", Map.of("name", "nothing")).status()).isEqualTo(422);
        assertThat(api.post("/api/prompts", Map.of("pieces", List.of())).status())
                .isEqualTo(422);
        assertThat(api.post("/api/prompts", Map.of("pieces", List.of(Map.of("kind", "file", "value", "/p/{a}.wav"))))
                        .text())
                .contains("piece 1 has kind file", "never a path");
        assertThat(api.post("/api/prompts", Map.of("pieces", List.of(Map.of("kind", "song", "value", "x"))))
                        .text())
                .contains("piece 1 must have a kind of: file, silence, digits");
        assertThat(api.send("DELETE", made.header("Location"), "application/json", "")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void schedulesPromptsAndDoNotCallAreKept() throws Exception {
        ApiClient.Reply schedule = api.post(
                "/api/schedules",
                Map.of(
                        "name",
                        "office",
                        "records",
                        List.of(Map.of(
                                "start_wday", 1, "stop_wday", 5, "start_time", "09:00:00", "stop_time", "17:30:00"))));
        assertThat(schedule.status()).as(schedule.text()).isEqualTo(201);
        assertThat(api.get(schedule.header("Location")).text()).contains("\"start_time\":\"09:00:00\"");

        ApiClient.Reply prompt = api.post("/api/prompts", Map.of("name", "hello", "file", "hello.wav"));
        assertThat(prompt.status()).as(prompt.text()).isEqualTo(201);
        Map<String, Object> user = campaign("user");
        user.put("i_ivr_prompt", prompt.json().get("i_ivr_prompt"));
        user.put("i_schedule", schedule.json().get("i_schedule"));
        user.put("timezone", "Europe/Berlin");
        user.remove("action_on_answer");
        assertThat(api.post("/api/campaigns", user).status()).isEqualTo(201);
        assertThat(api.send("DELETE", prompt.header("Location"), "application/json", "")
                        .status())
                .isEqualTo(409);
        assertThat(api.send("DELETE", "/api/campaigns/user", "application/json", "")
                        .status())
                .isEqualTo(204);
        assertThat(api.send("DELETE", prompt.header("Location"), "application/json", "")
                        .status())
                .isEqualTo(204);

        ApiClient.Reply listed =
                api.post("/api/do-not-call", Map.of("number", "+49 40 1", "expires", "2030-01-01T00:00:00+01:00"));
        assertThat(listed.json()).as(listed.text()).containsEntry("expires", "2029-12-31T23:00:00.000Z");
        assertThat(listed.header("Location")).isEqualTo("/api/do-not-call/%2B49401");
        assertThat(api.send("DELETE", "/api/do-not-call/+49%2040%201", "application/json", "")
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/api/do-not-call?number=%2B49401").json()).containsEntry("do_not_call", List.of());
    }

    @Test
    void theDoNotCallListTakesNumbersAsTheyAreDialledAndNothingElse() throws Exception {
        String narrow = "+49\u202f170\u00a05";
        installation.execute("INSERT INTO do_not_call (number) VALUES ('+49 170-5')");
        ApiClient.Reply put = api.post("/api/do-not-call", Map.of("number", narrow, "reason", "asked us not to"));
        assertThat(put.status()).as(put.text()).isEqualTo(201);
        assertThat(put.json()).containsEntry("number", "+491705");
        assertThat(installation.column("SELECT number FROM do_not_call WHERE number LIKE '+49%170%'"))
                .as("the same number written otherwise is replaced")
                .containsExactly("+491705");
        assertThat(api.get("/api/do-not-call?number=%2B49%20170%205").text()).contains("asked us not to");

        for (String number : List.of("", " / ", "\u202a+491705\u202c", "0170, 0171", "١٢٣")) {
            ApiClient.Reply refused = api.post("/api/do-not-call", Map.of("number", number));
            assertThat(refused.status()).as(number).isEqualTo(422);
            assertThat(refused.text()).contains("\"field\":\"number\"");
        }

        api.post("/api/campaigns", campaign("narrow"));
        assertThat(api.send("POST", "/api/campaigns/narrow/numbers", "text/csv", narrow + "\n")
                        .json())
                .containsEntry("do_not_call", 1)
                .containsEntry("accepted", 0);
        assertThat(api.send("POST", "/api/campaigns/narrow/numbers", "text/csv", "+49\u202f170\u20036\n")
                        .json())
                .containsEntry("accepted", 1);
        assertThat(api.send("POST", "/api/campaigns/narrow/numbers", "text/csv", "+491706\n")
                        .json())
                .as("known however it is written")
                .containsEntry("duplicate", 1);
    }

    @Test
    void aSuspendedRouteIsShownAndRefusesAtOnceWhatItServes() throws Exception {
        api.post("/api/campaigns", campaign("halted"));
        installation.camelContext().getRouteController().suspendRoute("import");
        assertThat(api.send("POST", "/api/campaigns/halted/numbers", "text/csv", "+49170\n")
                        .json())
                .containsEntry("status", 503)
                .containsEntry("detail", "This route is suspended");
        assertThat(api.get("/api/activity").text()).contains("\"halted\":[\"route import is suspended since ");

        installation.camelContext().getRouteController().resumeRoute("import");
        assertThat(api.send("POST", "/api/campaigns/halted/numbers", "text/csv", "+49170\n")
                        .json())
                .containsEntry("accepted", 1);
        assertThat(api.get("/api/activity").text()).contains("\"halted\":[]");
    }

    @Test
    void healthAndSwitchesAreShown() throws Exception {
        Awaitility.await().untilAsserted(() -> assertThat(api.get("/health").json())
                .containsEntry("status", "UP")
                .containsEntry(
                        "checks",
                        Map.of(
                                "context",
                                "UP",
                                "database",
                                "UP",
                                "ends",
                                "UP",
                                "routes",
                                "UP",
                                "component:esl",
                                "UP")));
        assertThat(api.get("/health?live=true").json())
                .isEqualTo(Map.of("status", "UP", "checks", Map.of("context", "UP")));
        assertThat(api.get("/api/switches").text())
                .contains("\"name\":\"sim\"")
                .contains("\"connected\":true")
                .doesNotContain("ClueCon");
        assertThat(api.get("/nowhere").json()).containsEntry("status", 404);
        assertThat(api.send("PUT", "/health", "text/plain", "").json()).containsEntry("status", 405);
    }
}
