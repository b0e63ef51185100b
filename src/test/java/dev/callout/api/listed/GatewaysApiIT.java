package dev.callout.api.listed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Gateways, their groups, and pools of caller IDs. */
class GatewaysApiIT {

    private static Installation installation;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static String created(String path, Map<String, Object> body) throws Exception {
        ApiClient.Reply reply = api.post(path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.header("Location");
    }

    private static ApiClient.Reply patch(String path, String body) throws Exception {
        return api.send("PATCH", path, "application/merge-patch+json", body);
    }

    private static ApiClient.Reply delete(String path) throws Exception {
        return api.send("DELETE", path, "application/json", "");
    }

    @Test
    void whatIsNamedStaysUntilNothingNamesItAnyMore() throws Exception {
        String pool = created(
                "/api/caller-id-pools", Map.of("name", "sales", "caller_ids", List.of(Map.of("number", "+4930111"))));
        String gateway = created(
                "/api/gateways",
                Map.of(
                        "name",
                        "external/one",
                        "prefix",
                        "00",
                        "cost_per_minute",
                        0.0125,
                        "caller_id_pool",
                        "Sales",
                        "attest",
                        "B",
                        "privacy",
                        true));
        String group = created("/api/gateway-groups", Map.of("name", "all", "gateways", "external/two, external/one"));
        String campaign = created(
                "/api/campaigns",
                Map.of(
                        "name",
                        "grouped",
                        "gateway_group",
                        "ALL",
                        "caller_id_pool",
                        "sales",
                        "action_on_answer",
                        "echo()"));

        assertThat(api.get(gateway).json())
                .containsEntry("enabled", true)
                .containsEntry("prefix", "00")
                .containsEntry("attest", "B")
                .containsEntry("calls_up", 0)
                .containsEntry("rests", List.of())
                .containsEntry("privacy", true)
                .containsEntry("cost_per_minute", 0.0125);
        assertThat(patch(gateway, "{\"enabled\":false,\"prefix\":null}").json())
                .containsEntry("enabled", false)
                .containsEntry("prefix", null);
        assertThat(delete(pool).text()).contains("grouped", "external/one");
        assertThat(delete(gateway).text()).contains("groups of gateways use it: all");
        assertThat(delete(group).text()).contains("grouped");

        assertThat(patch(campaign, "{\"gateway_group\":null,\"caller_id_pool\":null}")
                        .status())
                .isEqualTo(200);
        assertThat(List.of(
                        delete(group).status(),
                        delete(gateway).status(),
                        delete(pool).status()))
                .containsOnly(204);
        assertThat(installation.column("SELECT 1 FROM caller_ids")).isEmpty();
        assertThat(installation.column("SELECT DISTINCT object FROM audit WHERE action = 'gateway.delete'"
                        + " AND object LIKE 'gateway % external/one'"))
                .hasSize(1);
    }

    @Test
    void givenCallerIdsReplaceAllOfThePool() throws Exception {
        String pool = created(
                "/api/caller-id-pools",
                Map.of("name", "local", "caller_ids", List.of(Map.of("number", "100"), Map.of("number", "101"))));
        assertThat(patch(pool, "{\"caller_ids\":[{\"number\":\"102\",\"enabled\":false,\"prefix\":\"+49\"}]}")
                        .text())
                .contains("\"102\"", "\"enabled\":false")
                .doesNotContain("\"100\"");
        assertThat(delete(pool).status()).isEqualTo(204);
    }

    @Test
    void aGatewayHasOneRowHoweverItIsSpelled() throws Exception {
        String path = created("/api/gateways", Map.of("name", " spelled::once "));
        assertThat(api.get(path).json()).containsEntry("name", "spelled::once");
        for (String name : List.of("spelled/once", "spelled::once", "\u2003spelled/once ")) {
            ApiClient.Reply refused = api.post("/api/gateways", Map.of("name", name));
            assertThat(refused.status()).as(name).isEqualTo(409);
            assertThat(refused.text()).contains("A row describes this gateway already: spelled::once");
        }
        String other = created("/api/gateways", Map.of("name", "Spelled/once"));
        assertThat(patch(other, "{\"name\":\"spelled/once\"}").status()).isEqualTo(409);
        String user = created("/api/gateway-groups", Map.of("name", "user", "gateways", "x, spelled/once"));
        assertThat(delete(path).text())
                .as("a group names it in the other spelling")
                .contains("groups of gateways use it: user");
        assertThat(delete(user).status()).isEqualTo(204);
        assertThat(patch(path, "{\"name\":\"spelled/once\"}").status())
                .as("a row may change its own spelling")
                .isEqualTo(200);
        assertThat(List.of(delete(path).status(), delete(other).status())).containsOnly(204);

        String group = created("/api/gateway-groups", Map.of("name", "Both", "gateways", "a, b"));
        assertThat(api.post("/api/gateway-groups", Map.of("name", "bOTH", "gateways", "a"))
                        .text())
                .contains("There is a group of this name already: Both");
        assertThat(delete(group).status()).isEqualTo(204);
    }

    /** Also where a database would cut or change the values instead of refusing them. */
    @Test
    void whatATableCannotHoldIsRefusedWithItsField() throws Exception {
        for (Map.Entry<String, Object> wrong : List.<Map.Entry<String, Object>>of(
                Map.entry("name", "prüfung"),
                Map.entry("name", "g".repeat(65)),
                Map.entry("switches", "s".repeat(256)),
                Map.entry("priority", 3_000_000_000L),
                Map.entry("cost_per_minute", 1_000_000),
                Map.entry("cost_per_minute", 0.0000001),
                Map.entry("weight", -1),
                Map.entry("prefixes", "1,".repeat(8_001)),
                Map.entry("dial_format", "x".repeat(17)),
                Map.entry("prefix", "1".repeat(17)),
                Map.entry("caller_id_pool", "prüfung"),
                Map.entry("calls_per_second", 1.0005),
                Map.entry("max_calls", 1.5),
                Map.entry("billing_increment", "1/".repeat(9)))) {
            Map<String, Object> row = new HashMap<>(Map.of("name", "held"));
            row.put(wrong.getKey(), wrong.getValue());
            assertRefused("/api/gateways", row, wrong.getKey());
        }
        for (String name : List.of("prüfung", " blank before", "g".repeat(65))) {
            assertRefused("/api/gateway-groups", Map.of("name", name, "gateways", "a"), "name");
            assertRefused("/api/caller-id-pools", Map.of("name", name), "name");
        }
        assertRefused("/api/campaigns", Map.of("name", "held", "gateway_group", "prüfung"), "gateway_group");
        assertRefused("/api/gateway-groups", Map.of("name", "held", "gateways", "ä"), "gateways");
        assertRefused("/api/gateway-groups", Map.of("name", "held", "gateways", "a", "max_legs", 6), "max_legs");
        for (Map.Entry<String, Object> wrong : List.<Map.Entry<String, Object>>of(
                Map.entry("number", "1".repeat(65)),
                Map.entry("weight", 1_000_001),
                Map.entry("prefix", "1".repeat(17)),
                Map.entry("prefix", "\u0664\u0669"))) {
            Map<String, Object> callerId = new HashMap<>(Map.of("number", "100"));
            callerId.put(wrong.getKey(), wrong.getValue());
            assertRefused(
                    "/api/caller-id-pools", Map.of("name", "held", "caller_ids", List.of(callerId)), wrong.getKey());
        }
        assertThat(installation.column("SELECT name FROM gateways UNION SELECT name FROM gateway_groups"
                        + " UNION SELECT name FROM caller_id_pools"))
                .doesNotContain("held");
    }

    private static void assertRefused(String path, Map<String, Object> body, String field) throws Exception {
        ApiClient.Reply reply = api.post(path, body);
        assertThat(reply.status()).as("%s: %s", body, reply.text()).isEqualTo(422);
        assertThat(reply.text()).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void whatTheDiallerCannotUseIsRefusedWithItsField() throws Exception {
        assertThat(api.post("/api/gateways", Map.of("name", "a b")).text()).contains("\"field\":\"name\"");
        assertThat(api.post("/api/gateways", Map.of("name", "x", "dial_format", "e-164"))
                        .text())
                .contains("\"field\":\"dial_format\"");
        assertThat(api.post("/api/gateways", Map.of("name", "x", "prefixes", "Germany"))
                        .text())
                .contains("\"field\":\"prefixes\"", "neither a prefix");
        assertThat(api.post("/api/gateways", Map.of("name", "x", "attest", "D")).text())
                .contains("\"field\":\"attest\"");
        assertThat(api.post("/api/gateways", Map.of("name", "x", "asserted_identity", "tel:+1>,sip_h_X=<a"))
                        .text())
                .contains("\"field\":\"asserted_identity\"");
        assertThat(api.post("/api/gateways", Map.of("name", "x", "caller_id_pool", "nowhere"))
                        .text())
                .contains("/api/caller-id-pools lists them");
        assertThat(api.post("/api/gateway-groups", Map.of("name", "x", "gateways", "a;b,c d!"))
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/api/caller-id-pools", Map.of("name", "x", "caller_ids", List.of(Map.of("number", "{"))))
                        .text())
                .contains("\"field\":\"number\"");
        assertThat(api.post("/api/campaigns", Map.of("name", "x", "gateway_group", "nowhere"))
                        .text())
                .contains("/api/gateway-groups lists them");
        assertThat(installation.column("SELECT name FROM gateways")).doesNotContain("x");
    }
}
