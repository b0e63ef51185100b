package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Menus over HTTP: kept, asked by a campaign and in a test call, and their answers read. */
class MenusIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aMenuIsMadeAskedByACampaignAndItsAnswersAreReadWhereNumbersAre() throws Exception {
        int port = FreePort.next();
        try (Installation callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .simulated(sim -> sim.callees(
                        call -> CalleePlan.answers(Duration.ofMillis(20)).pressing('9', Duration.ofMillis(300))))
                .start()) {
            ApiClient api = new ApiClient(port);
            Object prompt = api.post(
                            "/api/prompts",
                            Map.of("pieces", List.of(Map.of("kind", "file", "value", "/p/a-1000ms.wav"))))
                    .json()
                    .get("i_ivr_prompt");
            Map<String, Object> fields = new HashMap<>(Map.of(
                    "name",
                    "appointment",
                    "i_ivr_prompt",
                    prompt,
                    "timeout_ms",
                    1000,
                    "keys",
                    List.of(Map.of("key", "1", "answer", "yes"), Map.of("key", "9", "action", "opt_out"))));
            ApiClient.Reply made = api.post("/api/menus", fields);
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.text()).contains("\"answer\":\"opt_out\"").contains("\"action\":\"end\"");
            String path = made.header("Location");
            refuses(api, fields, "keys", List.of());
            refuses(api, fields, "keys", List.of(Map.of("key", "A", "answer", "x")));
            refuses(api, fields, "keys", List.of(Map.of("key", "1")));
            refuses(api, fields, "keys", List.of(Map.of("key", "1", "answer", "x", "action", "system")));
            refuses(
                    api,
                    fields,
                    "keys",
                    List.of(Map.of("key", "1", "answer", "x", "action", "transfer", "extension", "1000 XML;")));
            refuses(api, fields, "timeout_ms", 5);
            ApiClient.Reply changed = api.send("PATCH", path, "application/json", Map.of("repeats", 0));
            assertThat(changed.text()).contains("\"repeats\":0").contains("\"key\":\"9\"");

            Object menu = made.json().get("i_menu");
            ApiClient.Reply campaign = api.post(
                    "/api/campaigns",
                    Map.of(
                            "name",
                            "asks",
                            "i_menu",
                            menu,
                            "success_if",
                            "key",
                            "paused",
                            false,
                            "profile_gateway",
                            "trunk",
                            "threshold_msec",
                            500));
            assertThat(campaign.status()).as(campaign.text()).isEqualTo(201);
            assertThat(api.post("/api/campaigns", Map.of("name", "later", "i_menu", menu, "success_if", "loud"))
                            .text())
                    .contains("none of heard, key and human");
            assertThat(api.post("/api/campaigns", Map.of("name", "none", "success_if", "key"))
                            .text())
                    .contains("set i_menu");
            assertThat(api.post("/api/campaigns", Map.of("name", "lost", "i_menu", 99))
                            .text())
                    .contains("no such row");
            assertThat(api.send("DELETE", path, "application/json", "").status())
                    .isEqualTo(409);
            assertThat(api.send("DELETE", "/api/prompts/" + prompt, "application/json", "")
                            .text())
                    .contains("Campaigns or menus use it: menu " + menu);

            api.post("/api/test-numbers", Map.of("number", "7001"));
            String id = api.post("/api/campaigns/asks/test-call", Map.of("number", "7001"))
                    .json()
                    .get("id")
                    .toString();
            await().atMost(PATIENCE)
                    .until(() -> api.get("/api/test-calls/" + id).json().get("ended") != null);
            assertThat(api.get("/api/test-calls/" + id).json())
                    .containsEntry("digits", "9")
                    .containsEntry("menu_answer", "opt_out")
                    .containsEntry("status", "success");
            assertThat(callout.number("SELECT COUNT(*) FROM do_not_call"))
                    .as("a test call lists nobody")
                    .isZero();

            api.post("/api/campaigns/asks/numbers", List.of(Map.of("cld", "3001")));
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 1);
            assertThat(api.get("/api/campaigns/asks/numbers").text())
                    .contains("\"digits\":\"9\"")
                    .contains("\"menu_answer\":\"opt_out\"");
            assertThat(api.get("/api/campaigns/asks/attempts").text())
                    .contains("\"digits\":\"9\"")
                    .contains("\"menu_answer\":\"opt_out\"")
                    .doesNotContain("7001");
            assertThat(api.get("/api/campaigns/asks/attempts?format=csv").text())
                    .contains("rules_version,digits,menu_answer")
                    .contains(",9,opt_out");
            assertThat(api.get("/api/do-not-call").text()).contains("3001").contains("opt-out by key in call");
        }
    }

    private static void refuses(ApiClient api, Map<String, Object> fields, String field, Object value)
            throws Exception {
        Map<String, Object> wrong = new HashMap<>(fields);
        wrong.put(field, value);
        ApiClient.Reply reply = api.post("/api/menus", wrong);
        assertThat(reply.status()).as(value + " " + reply.text()).isEqualTo(422);
        assertThat(reply.text()).contains("\"" + field + "\"");
    }
}
