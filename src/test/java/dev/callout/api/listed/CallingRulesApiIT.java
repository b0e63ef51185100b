package dev.callout.api.listed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calling rules over HTTP: only admins change them, and the schedules and holidays that they use. */
class CallingRulesApiIT {

    private static final String ADMIN = "s3cret-s3cret-s3cret";

    private static Installation installation;
    private static ApiClient api;
    private static String operator;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TOKEN", ADMIN)
                .start();
        api = new ApiClient(port);
        operator = (String) send(ADMIN, "POST", "/api/tokens", "{\"name\":\"night\",\"role\":\"operator\"}")
                .json()
                .get("token");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static ApiClient.Reply send(String token, String method, String path, String body) throws Exception {
        return api.send(api.request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token));
    }

    private static String created(String path, String body) throws Exception {
        ApiClient.Reply reply = send(ADMIN, "POST", path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.header("Location");
    }

    @Test
    void aRuleIsCreatedChangedAndDeletedUnlessACampaignNamesIt() throws Exception {
        String rule = created(
                "/api/calling-rules",
                "{\"name\":\"debts\",\"applies_to\":\"us\",\"lockout_hours\":168,"
                        + "\"caps\":[{\"max_calls\":7,\"per_hours\":168}]}");
        assertThat(send(ADMIN, "GET", rule, "").json())
                .containsEntry("name", "debts")
                .containsEntry("applies_to", "US")
                .containsEntry("consent_required", false)
                .containsEntry("caps", List.of(Map.of("max_calls", 7, "per_hours", 168)));

        String campaign = created(
                "/api/campaigns",
                "{\"name\":\"owed\",\"country\":\"US\",\"profile_gateway\":\"external/x\","
                        + "\"action_on_answer\":\"echo()\",\"calling_rules\":\"Debts\"}");
        assertThat(send(ADMIN, "PATCH", campaign, "{\"calling_rules\":\"debts, others\"}")
                        .text())
                .contains("calling_rules", "there is no calling rule 'others'");
        assertThat(send(ADMIN, "DELETE", rule, "").text()).contains("Campaigns use it: owed");

        assertThat(send(ADMIN, "PATCH", rule, "{\"caps\":[],\"lockout_hours\":null,\"consent_required\":true}")
                        .json())
                .containsEntry("caps", List.of())
                .containsEntry("lockout_hours", null)
                .containsEntry("consent_required", true);
        assertThat(send(ADMIN, "PATCH", campaign, "{\"calling_rules\":null}").status())
                .isEqualTo(200);
        assertThat(send(ADMIN, "DELETE", rule, "").status()).isEqualTo(204);
        assertThat(installation.column("SELECT COUNT(*) FROM calling_rules WHERE name = 'debts'"))
                .containsExactly("0");
        assertThat(installation.column(
                        "SELECT action FROM audit WHERE object LIKE 'calling rule % debts' ORDER BY" + " i_audit"))
                .containsExactly("calling-rule.create", "calling-rule.change", "calling-rule.delete");
    }

    @Test
    void whatNoRuleCanHaveIsRefused() throws Exception {
        Map.of(
                        "{\"name\":\"two words\"}", "name must be",
                        "{\"name\":\"a\",\"applies_to\":\"Germany\"}", "applies_to 'GERMANY' is neither",
                        "{\"name\":\"a\",\"i_schedule\":99}", "there is no schedule 99",
                        "{\"name\":\"a\",\"caps\":[{\"max_calls\":3}]}", "per_hours",
                        "{\"name\":\"a\",\"caps\":[{\"max_calls\":3,\"per_hours\":745}]}", "per_hours")
                .forEach((body, problem) -> {
                    try {
                        ApiClient.Reply reply = send(ADMIN, "POST", "/api/calling-rules", body);
                        assertThat(reply.status()).as(body).isEqualTo(422);
                        assertThat(reply.text()).contains(problem);
                    } catch (Exception e) {
                        throw new AssertionError(body, e);
                    }
                });
    }

    @Test
    void anOperatorChangesNeitherRulesNorTheHoursAndHolidaysOfRules() throws Exception {
        String calendar = created("/api/holiday-calendars", "{\"name\":\"Hesse\"}");
        String schedule = created(
                "/api/schedules",
                "{\"name\":\"day\",\"i_holiday_calendar\":" + calendar.replaceAll("\\D", "")
                        + ",\"records\":[{\"start_wday\":1,\"stop_wday\":5,\"start_time\":\"08:00:00\","
                        + "\"stop_time\":\"19:59:59\"}]}");
        assertThat(send(operator, "PATCH", schedule, "{\"name\":\"days\"}").status())
                .isEqualTo(200);
        String rule = created(
                "/api/calling-rules", "{\"name\":\"hours\",\"i_schedule\":" + schedule.replaceAll("\\D", "") + "}");

        assertThat(send(operator, "GET", rule, "").status()).isEqualTo(200);
        for (ApiClient.Reply reply : List.of(
                send(operator, "POST", "/api/calling-rules", "{\"name\":\"x\"}"),
                send(operator, "PATCH", rule, "{\"i_schedule\":null}"),
                send(operator, "DELETE", rule, ""),
                send(operator, "PATCH", schedule, "{\"records\":[]}"),
                send(operator, "DELETE", schedule, ""),
                send(operator, "POST", calendar + "/holidays", "{\"date\":\"2027-01-01\"}"),
                send(operator, "DELETE", calendar + "/holidays/2027-01-01", ""))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(403);
            assertThat(reply.json()).containsEntry("needed_role", "admin");
        }
        assertThat(send(ADMIN, "DELETE", schedule, "").text()).contains("Campaigns or calling rules use it: hours");
        assertThat(send(ADMIN, "POST", calendar + "/holidays", "{\"date\":\"2027-01-01\"}")
                        .status())
                .isEqualTo(200);
    }
}
