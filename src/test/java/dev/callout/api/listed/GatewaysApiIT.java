package dev.callout.api.listed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
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
        assertThat(installation.column("SELECT DISTINCT object FROM audit WHERE action = 'gateway.delete'"))
                .singleElement()
                .asString()
                .endsWith("external/one");
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
