package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a file says of a callee is in the callee's call, and nowhere where nobody has asked for it. */
class VariablesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation callout;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TRUSTED_PROXY", "127.0.0.1")
                .with("CALLOUT_ALTER_TABLES", "true")
                .with("CALLOUT_ALLOWED_APPLICATIONS", "echo,say,speak")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    private static ApiClient.Reply as(String role, String method, String path, String type, String body)
            throws Exception {
        return api.as("anna", role).send(method, path, type, body);
    }

    private static ApiClient.Reply imported(String campaign, String query, String type, String body) throws Exception {
        return as("operator", "POST", "/api/campaigns/" + campaign + "/numbers" + query, type, body);
    }

    private static long paused(String name) throws Exception {
        return callout.campaign(
                name,
                Map.of("paused", 1, "max_attempts", 1, "action_on_answer", "say(en CURRENCY PRONOUNCED {amount})"));
    }

    private static void dial(long campaign) throws Exception {
        callout.execute("UPDATE campaigns SET paused = 0 WHERE i_campaign = " + campaign);
        await().atMost(PATIENCE)
                .until(() -> callout.number(
                                "SELECT COUNT(*) FROM campaign_phones WHERE finished = 0 AND i_campaign = " + campaign)
                        == 0);
    }

    private static List<String> results(long campaign) throws Exception {
        return callout.column("SELECT CONCAT_WS(' ', cld, status, call_count, hangup_cause) FROM campaign_phones"
                + " WHERE i_campaign = " + campaign + " ORDER BY cld");
    }

    @Test
    void aFilesColumnsReachTheCallsOfItsNumbersAndNumbersWithoutThemFail() throws Exception {
        long campaign = paused("whole");
        ApiClient.Reply report = imported(
                "whole",
                "",
                "text/csv",
                "Number,Name,Amount,Due date\n70001,\"O'Neil, Zoë\",12.50,x\n70002,Ann,,x\n70003,Bob,$ 5,x\n");
        assertThat(report.json())
                .as(report.text())
                .containsEntry("accepted", 3)
                .containsEntry("variables", List.of("amount", "name"))
                .containsEntry("ignored_columns", List.of("Due date"))
                .containsEntry("warned", 1);
        assertThat(report.text())
                .contains("{\"line\":4,\"cld\":\"70003\",\"reason\":\"variable amount holds $,")
                .doesNotContain("$ 5");
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld, vars) VALUES (" + campaign
                + ", '70004', 'amount=5'), (" + campaign + ", '70005', '{\"amount\": \"1\\\\n2\"}'), (" + campaign
                + ", '70006', JSON_OBJECT('amount', 7.10))");

        dial(campaign);

        assertThat(results(campaign))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("70001 success 1"),
                        row -> assertThat(row).isEqualTo("70002 failure 0 MISSING_VARIABLE amount"),
                        row -> assertThat(row).isEqualTo("70003 failure 0 MISSING_VARIABLE amount"),
                        row -> assertThat(row).isEqualTo("70004 failure 0 INVALID_VARIABLE"),
                        row -> assertThat(row).isEqualTo("70005 failure 0 INVALID_VARIABLE amount"),
                        row -> assertThat(row).startsWith("70006 success 1"));
        LedgerCall call = callout.ledger().calls("70001").get(0);
        assertThat(call.answered()).isTrue();
        assertThat(call.variables())
                .containsEntry("callout_v_amount", "12.50")
                .containsEntry("callout_v_name", "O'Neil, Zoë");
        assertThat(call.line()).endsWith(" &say(en\\sCURRENCY\\sPRONOUNCED\\s12.50)");
        assertThat(callout.ledger().calls("70006").get(0).line()).endsWith("PRONOUNCED\\s7.10)");
    }

    @Test
    void numbersWithoutVariablesAreSentAsBefore() throws Exception {
        long campaign = callout.campaign("plain", Map.of("paused", 1, "max_attempts", 1));
        imported("plain", "?vars=none", "text/csv", "number,name\n71001,Ann\n");
        imported("plain", "", "text/csv", "number\n71002\n");
        dial(campaign);
        List<String> lines = new ArrayList<>();
        for (String number : List.of("71001", "71002")) {
            LedgerCall call = callout.ledger().calls(number).get(0);
            lines.add(call.line().replace(call.uuid(), "UUID").replace(number, "NUMBER"));
        }
        assertThat(lines.get(0)).isEqualTo(lines.get(1)).doesNotContain("callout_v_");
        assertThat(lines.get(0))
                .endsWith("{origination_uuid=UUID,callout=callout,callout_campaign=" + campaign
                        + ",presence_data=callout-"
                        + campaign + ",originate_timeout=300,ignore_early_media=true,hangup_after_bridge=true,"
                        + "outbound_redirect_fatal=true,origination_caller_id_number=NUMBER,"
                        + "origination_caller_id_name=NUMBER,execute_on_answer_1=sched_hangup\\s+3600\\sALLOTTED_TIMEOUT}"
                        + "sofia/gateway/gw/NUMBER &echo()");
    }

    @Test
    void aListsNumbersHaveVariablesToo() throws Exception {
        callout.execute("CREATE TABLE owing (number VARCHAR(64) PRIMARY KEY, lastcall DATETIME, lastresult VARCHAR(64),"
                + " calls INT, in_use INT, duration INT, callerid VARCHAR(64))");
        callout.execute("INSERT INTO owing VALUES ('72001', NULL, NULL, 0, 0, NULL, NULL),"
                + " ('72002', NULL, NULL, 0, 0, NULL, NULL)");
        long campaign = callout.campaign(
                "listed",
                Map.of("destination_list", "owing", "max_attempts", 1, "action_on_answer", "speak(Due {due})"));
        // Whichever comes first: the list is extended, and the numbers that lack the variable end.
        await().atMost(PATIENCE)
                .until(() -> callout.column("SELECT CONCAT_WS(' ', number, lastresult) FROM owing ORDER BY number")
                        .equals(List.of("72001 MISSING_VARIABLE due", "72002 MISSING_VARIABLE due")));
        callout.execute("INSERT INTO owing (number, calls, vars) VALUES ('72003', 0, '{\"due\": \"8 (eight)\"}')");
        await().atMost(PATIENCE).until(() -> callout.column("SELECT lastresult FROM owing WHERE number = '72003'")
                .equals(List.of("success")));
        LedgerCall call = callout.ledger().calls("72003").get(0);
        assertThat(call.variable("callout_v_due")).isEqualTo("8 (eight)");
        assertThat(call.line()).endsWith(" &speak(Due\\s${callout_v_due})");
        callout.execute("UPDATE campaigns SET paused = 1 WHERE i_campaign = " + campaign);
    }

    @Test
    void aNamedVariableThatCannotBeSentRefusesItsLine() throws Exception {
        paused("strict");
        ApiClient.Reply report = imported(
                "strict",
                "?mode=good&vars=amount,note",
                "text/csv",
                "number,amount,note\n73001,1,\"a\nb\"\n73002,2,c\n");
        assertThat(report.json()).as(report.text()).containsEntry("accepted", 1).containsEntry("refused", 1);
        assertThat(report.text())
                .contains(
                        "{\"line\":2,\"cld\":\"73001\",\"reason\":\"variable note holds the control character U+000A\"}");
        assertThat(imported("strict", "?vars=town", "text/csv", "number,amount\n73003,1\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void furtherMembersOfJsonAreVariablesLikeFurtherColumnsAndItemsAreCounted() throws Exception {
        paused("json");
        ApiClient.Reply report = imported(
                "json",
                "?mode=good",
                "application/json",
                "[{\"cld\": \"74001\", \"vars\": {\"amount\": 12.50, \"name\": \"Zoë\"}, \"Name\": \"Ann\"},"
                        + " {\"cld\": \"74002\", \"Amount\": 1, \"note\": \"$5\", \"due date\": \"x\", \"tags\": [1], \"town\": null},"
                        + " {\"cld\": \"74003\", \"vars\": {\"A\": \"x\"}}, {\"cld\": \"74004\", \"vars\": [1]},"
                        + " {\"cld\": \"74006\", \"amount\": 1, \"AMOUNT\": 2}]");
        assertThat(report.json())
                .as(report.text())
                .containsEntry("accepted", 3)
                .containsEntry("refused", 2)
                .containsEntry("warned", 1)
                .containsEntry("variables", List.of("amount", "name", "note", "town"))
                .containsEntry("ignored_columns", List.of("amount", "due date", "name", "tags"));
        assertThat(report.text())
                .contains(
                        "{\"item\":4,\"cld\":\"74004\",\"reason\":\"vars is no object of texts\"}",
                        "{\"item\":2,\"cld\":\"74002\",\"reason\":\"variable note holds $,")
                .doesNotContain("\"line\":");
        assertThat(imported(
                                "json",
                                "?vars=amount",
                                "application/json",
                                "[{\"cld\": \"74005\", \"amount\": 1, \"town\": \"Rome\"}]")
                        .json())
                .containsEntry("accepted", 1)
                .containsEntry("ignored_columns", List.of("town"));
        assertThat(imported("json", "?vars=amount", "application/json", "[{\"cld\": \"74007\", \"amount\": [1]}]")
                        .json())
                .as("what the sender has named must be a variable")
                .containsEntry("refused", 1);
        assertThat(callout.column("SELECT CONCAT(cld, ' ', COALESCE(vars, '-')) FROM campaign_phones"
                        + " WHERE cld LIKE '7400_' AND i_campaign = (SELECT i_campaign FROM campaigns WHERE name = 'json')"
                        + " ORDER BY cld"))
                .containsExactly(
                        "74001 {\"amount\":\"12.50\",\"name\":\"Zoë\"}",
                        "74002 {\"amount\":\"1\"}",
                        "74005 {\"amount\":\"1\"}",
                        "74006 -");
    }

    @Test
    void operatorsReadAndChangeThemAndViewersSeeTheirNamesOnly() throws Exception {
        long campaign = paused("api");
        imported("api", "", "text/csv", "number,amount,name\n75001,1,Ann\n");
        long key = callout.number("SELECT MAX(i_campaign_phone) FROM campaign_phones WHERE i_campaign = " + campaign);
        String path = "/api/campaigns/api/numbers/" + key;
        String patch = "application/merge-patch+json";

        ApiClient.Reply changed = as(
                "operator",
                "PATCH",
                path,
                patch,
                "{\"vars\": {\"amount\": \"2\", \"name\": null, \"town\": \"Köln\"}}");
        assertThat(changed.json())
                .as(changed.text())
                .containsEntry("vars", Map.of("amount", "2", "town", "Köln"))
                .containsEntry("cld", "75001");
        assertThat(as("viewer", "PATCH", path, patch, "{\"vars\": null}").status())
                .isEqualTo(403);
        assertThat(as("operator", "PATCH", path, patch, "{\"vars\": {\"a\": \"${x}\"}}")
                        .status())
                .isEqualTo(422);
        assertThat(as("operator", "PATCH", path, patch, "{\"vars\": {\"a\": 1}}")
                        .status())
                .isEqualTo(422);
        assertThat(as("operator", "PATCH", path, patch, "{\"cld\": \"1\"}").status())
                .isEqualTo(422);
        assertThat(as("viewer", "GET", path, patch, "").json())
                .containsEntry("vars", Map.of("amount", "…", "town", "…"));
        assertThat(as("viewer", "GET", "/api/campaigns/api/numbers", patch, "").text())
                .doesNotContain("Köln");
        assertThat(as("operator", "GET", "/api/campaigns/api/numbers", patch, "")
                        .text())
                .contains("Köln");

        dial(campaign);
        String export = "/api/campaigns/api/attempts?format=csv";
        await().atMost(PATIENCE)
                .until(() -> as("operator", "GET", export, patch, "").text().contains("75001"));
        assertThat(as("operator", "GET", export, patch, "").text()).doesNotContain("Köln", "vars");
        assertThat(as("operator", "GET", export + "&vars=true", patch, "").text())
                .contains(",vars\r\n", "\"{\"\"amount\"\":\"\"2\"\",\"\"town\"\":\"\"Köln\"\"}\"");
        assertThat(as("viewer", "GET", export + "&vars=true", patch, "").text()).doesNotContain("Köln");
        assertThat(as("operator", "PATCH", path, patch, "{\"vars\": null}").json())
                .containsEntry("vars", null);
        assertThat(callout.column("SELECT COUNT(*) FROM audit WHERE changes LIKE '%Köln%'"))
                .containsExactly("0");
        assertThat(as("operator", "PATCH", "/api/campaigns/api/numbers/999999", patch, "{\"vars\": null}")
                        .status())
                .isEqualTo(404);
    }
}
