package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.settings.TableOptions;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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
