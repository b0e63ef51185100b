package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.api.access.Role;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Named tokens and users of a proxy, and what each role may do. */
class RolesIT {

    private static final String ADMIN = "s3cret-s3cret-s3cret";
    private static final String NUMBER = "+49 30 23125567";
    private static final List<String> DIGITS = List.of("23125", "125567", "2312 5567");

    private static Installation installation;
    private static ApiClient api;
    private static String viewer;
    private static String operator;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TOKEN", ADMIN)
                .with("CALLOUT_HTTP_TRUSTED_PROXY", "127.0.0.1")
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(100))))
                .start();
        api = new ApiClient(port);
        viewer = token("watch", "viewer");
        operator = token("night", "operator");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static String token(String name, String role) throws Exception {
        ApiClient.Reply created =
                send(ADMIN, "POST", "/api/tokens", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return (String) created.json().get("token");
    }

    private static ApiClient.Reply send(String token, String method, String path, String body) throws Exception {
        return api.send(api.request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token));
    }

    /** An operation of the OpenAPI document, with a path that names things that are not there. */
    private record Operation(String method, String path, Role role) {}

    private static List<Operation> operations() throws Exception {
        List<Operation> operations = new ArrayList<>();
        JsonNode document = new ObjectMapper().readTree(RolesIT.class.getResourceAsStream("openapi.json"));
        document.get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(verb -> operations.add(new Operation(
                        verb.getKey().toUpperCase(Locale.ROOT),
                        path.getKey()
                                .replaceAll("\\{name}", "nobody")
                                .replaceAll("\\{date}", "2027-01-01")
                                .replaceAll("\\{uuid}", "00000000-0000-4000-8000-000000000001")
                                .replaceAll("\\{(key|number)}", "77"),
                        Role.of(verb.getValue().at("/security/1/token/0").asText())
                                .orElseThrow()))));
        return operations;
    }

    @Test
    void eachRoleMayDoWhatTheDocumentSaysAndNothingElse() throws Exception {
        String state = state();
        for (Operation operation : operations()) {
            for (Role role : List.of(Role.VIEWER, Role.OPERATOR)) {
                String token = role == Role.VIEWER ? viewer : operator;
                ApiClient.Reply reply = send(token, operation.method(), operation.path(), "{\"nonsense\":1}");
                String what = role + " " + operation + ": " + reply.text();
                if (role.includes(operation.role())) {
                    assertThat(reply.status()).as(what).isNotIn(401, 403);
                } else {
                    assertThat(reply.status()).as(what).isEqualTo(403);
                    assertThat(reply.json())
                            .containsEntry("needed_role", operation.role().word());
                    assertThat(reply.text())
                            .contains("This needs the role " + operation.role().word());
                }
            }
        }
        assertThat(state()).isEqualTo(state);
    }

    private static String state() throws Exception {
        return installation
                        .column("SELECT CONCAT_WS(',', i_campaign, name, paused) FROM campaigns")
                        .toString()
                + installation.column("SELECT name FROM api_tokens")
                + installation.column("SELECT number FROM do_not_call");
    }

    @Test
    void onlyAnAdminSetsOrClearsAnEmergencyAndTheAuditHasItsText() throws Exception {
        String order = "{\"emergency\":\"Mayor Berg: flood\"}";
        send(operator, "POST", "/api/campaigns", "{\"name\":\"flood\"}");
        assertThat(send(operator, "PATCH", "/api/campaigns/flood", order).json())
                .containsEntry("status", 403)
                .containsEntry("needed_role", "admin");
        assertThat(send(operator, "POST", "/api/campaigns", "{\"name\":\"two\",\"emergency\":\"me\"}")
                        .status())
                .isEqualTo(403);
        assertThat(send(ADMIN, "PATCH", "/api/campaigns/flood", order).json())
                .containsEntry("emergency", "Mayor Berg: flood");
        assertThat(send(operator, "PATCH", "/api/campaigns/flood", "{\"emergency\":null}")
                        .status())
                .isEqualTo(403);
        assertThat(send(operator, "POST", "/api/campaigns/flood/start", "").status())
                .isEqualTo(200);
        assertThat(send(viewer, "GET", "/api/campaigns?fields=name,emergency", "")
                        .text())
                .contains("\"emergency\":\"Mayor Berg: flood\"");
        assertThat(installation.column("SELECT CONCAT(who, ' ', changes) FROM audit WHERE changes LIKE '%flood\"%'"
                        + " AND changes LIKE '%emergency%' AND action = 'campaign.change'"))
                .containsExactly(
                        "callout.http.token {\"emergency\":{\"before\":null,\"after\":\"Mayor Berg: flood\"}}");
    }

    @Test
    void aViewerSeesNoTelephoneNumberAnywhere() throws Exception {
        long campaign = installation.campaign("masked", Map.of("max_attempts", 1));
        ApiClient.Reply imported = send(
                operator,
                "POST",
                "/api/campaigns/masked/numbers",
                "[{\"cld\":\"" + NUMBER + "\",\"callerid\":\"+49302312599\"}]");
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        Awaitility.await().untilAsserted(() -> assertThat(
                        installation.column("SELECT status FROM call_attempts WHERE i_campaign = " + campaign))
                .isNotEmpty());
        String key = installation
                .column("SELECT i_campaign_phone FROM campaign_phones WHERE i_campaign = " + campaign)
                .get(0);
        assertThat(send(operator, "GET", "/api/campaigns/masked/numbers", "").text())
                .contains(NUMBER);
        assertThat(send(operator, "GET", "/api/campaigns/masked/attempts", "").text())
                .contains(NUMBER);
        assertThat(send(viewer, "GET", "/api/campaigns/masked/numbers", "").text())
                .contains("\"cld\":\"+4930…67\"");
        assertThat(send(viewer, "GET", "/api/campaigns/masked/attempts?format=csv", "")
                        .text())
                .contains("+4930…67");
        for (Operation operation : operations()) {
            // The document has examples of numbers.
            boolean data = !operation.path().equals("/openapi.json");
            if (data && operation.method().equals("GET") && operation.role() == Role.VIEWER) {
                String path = operation.path().replace("nobody", "masked").replace("77", key);
                String answer = send(viewer, "GET", path, "").text();
                assertThat(answer.replaceAll("\\s", "")).as(path).doesNotContain(DIGITS);
            }
        }
        ApiClient.Reply search = send(viewer, "GET", "/api/campaigns/masked/numbers?cld=%2B49%2030%2023125567", "");
        assertThat(search.status()).as("finding out a number by asking for it").isEqualTo(403);
    }

    @Test
    void aTokenIsShownOnceCountsUntilItIsRevokedAndSaysWhoItIs() throws Exception {
        String token = token("short", "operator");
        assertThat(send(token, "GET", "/api/caller", "").json())
                .isEqualTo(Map.of("name", "token short", "role", "operator"));
        assertThat(send(ADMIN, "GET", "/api/tokens", "").text())
                .contains("\"name\":\"short\",\"role\":\"operator\"", "\"created_by\":\"callout.http.token\"")
                .doesNotContain(token, "hash");
        assertThat(installation
                        .column("SELECT hash FROM api_tokens WHERE name = 'short'")
                        .get(0))
                .matches("[0-9a-f]{64}");
        Awaitility.await().untilAsserted(() -> assertThat(
                        installation.column("SELECT name FROM api_tokens WHERE last_used IS NOT NULL"))
                .contains("short"));
        assertThat(send(ADMIN, "POST", "/api/tokens", "{\"name\":\"short\",\"role\":\"admin\"}")
                        .status())
                .isEqualTo(409);
        assertThat(send(ADMIN, "POST", "/api/tokens", "{\"name\":\"x\",\"role\":\"chief\"}")
                        .status())
                .isEqualTo(422);
        assertThat(send(ADMIN, "DELETE", "/api/tokens/short", "").status()).isEqualTo(204);
        assertThat(send(token, "GET", "/api/caller", "").status()).isEqualTo(401);

        String bySql = token("by-sql", "admin");
        installation.execute("UPDATE api_tokens SET expires = UTC_TIMESTAMP() WHERE name = 'by-sql'");
        Awaitility.await().untilAsserted(() -> assertThat(
                        send(bySql, "GET", "/api/caller", "").status())
                .isEqualTo(401));
    }

    @Test
    void anOperatorAddsToTheDoNotCallListButTakesNothingFromIt() throws Exception {
        String list = "/api/do-not-call";
        assertThat(send(operator, "POST", list, "{\"number\":\"+49301\",\"expires\":\"2040-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(201);
        assertThat(send(operator, "POST", list, "{\"number\":\"+49 30 1\",\"expires\":\"2041-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(201);
        for (String sooner : List.of("1999-01-01T00:00:00Z", "2040-12-31T00:00:00Z")) {
            ApiClient.Reply reply =
                    send(operator, "POST", list, "{\"number\":\"+49301\",\"expires\":\"" + sooner + "\"}");
            assertThat(reply.status()).as(sooner).isEqualTo(403);
            assertThat(reply.json()).containsEntry("needed_role", "admin");
        }
        assertThat(send(operator, "POST", list, "{\"number\":\"+49301\"}").status())
                .isEqualTo(201);
        assertThat(send(operator, "DELETE", list + "/+49301", "").status()).isEqualTo(403);
        assertThat(send(ADMIN, "POST", list, "{\"number\":\"+49301\",\"expires\":\"2039-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(201);
        assertThat(send(ADMIN, "DELETE", list + "/+49301", "").status()).isEqualTo(204);
    }

    @Test
    void theProxysUsersHaveTheRolesThatItNames() throws Exception {
        ApiClient.Reply anna = api.send(
                api.request("/api/caller").header("X-Callout-User", "anna").header("X-Callout-Role", "operator"));
        assertThat(anna.json()).isEqualTo(Map.of("name", "user anna", "role", "operator"));
        ApiClient.Reply refused = api.send(
                api.request("/api/tokens").header("X-Callout-User", "anna").header("X-Callout-Role", "operator"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(api.get("/api/caller").status()).isEqualTo(401);
    }
}
