package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.campaign.Campaign;
import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What each column of a campaign does to the line that the switch gets; one installation dials a campaign for each row. */
class CampaignColumnsIT {

    /** A campaign, and what the switch must have seen of its one number. */
    private record Row(
            String rule, Map<String, Object> columns, String callerId, Map<String, String> variables, String line) {}

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MD5 = "0123456789abcdef0123456789abcdef";

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(
                "caller id of the row",
                Map.of("cli", "111"),
                "'222'",
                Map.of("origination_caller_id_number", "222"),
                ""));
        rows.add(new Row(
                "caller id of the campaign",
                Map.of("cli", "111"),
                "NULL",
                Map.of("origination_caller_id_number", "111"),
                ""));
        rows.add(new Row(
                "blank caller id of the row",
                Map.of("cli", "111"),
                "' '",
                Map.of("origination_caller_id_number", "111"),
                ""));
        rows.add(new Row(
                "blank caller id of both",
                Map.of("cli", " "),
                "''",
                Map.of("origination_caller_id_number", "NUMBER"),
                ""));
        rows.add(new Row("no caller id", Map.of(), "NULL", Map.of("origination_caller_id_number", "NUMBER"), ""));
        rows.add(new Row(
                "codecs",
                Map.of("codec_list", "PCMA,PCMU,OPUS"),
                "NULL",
                Map.of("absolute_codec_string", "PCMA,PCMU,OPUS"),
                ""));
        rows.add(new Row("no codecs", Map.of(), "NULL", none("absolute_codec_string"), ""));
        rows.add(new Row(
                "header by its variable",
                Map.of("add_custom_header_name", "sip_h_P-Campaing-Name", "add_custom_header_value", "my, campaign"),
                "NULL",
                Map.of("sip_h_P-Campaing-Name", "my, campaign"),
                ""));
        rows.add(new Row(
                "header by its name",
                Map.of("add_custom_header_name", "X-Load", "add_custom_header_value", "1"),
                "NULL",
                Map.of("sip_h_X-Load", "1"),
                ""));
        rows.add(new Row(
                "credentials",
                Map.of("username", "alice", "md5secret", "s3cret"),
                "NULL",
                Map.of("sip_auth_username", "alice", "sip_auth_password", "s3cret"),
                ""));
        rows.add(new Row(
                "credentials that look like a hash",
                Map.of("username", "alice", "md5secret", MD5),
                "NULL",
                Map.of("sip_auth_password", MD5),
                ""));
        rows.add(new Row("time-out", Map.of("timeout_sec", 45), "NULL", Map.of("originate_timeout", "45"), ""));
        rows.add(new Row("default time-out", Map.of(), "NULL", Map.of("originate_timeout", "300"), ""));
        rows.add(new Row(
                "gateway of a profile",
                Map.of("profile_gateway", "external/trunk"),
                "NULL",
                Map.of(),
                "}sofia/gateway/external::trunk/NUMBER &echo()"));
        rows.add(new Row("application", Map.of("action_on_answer", "park()"), "NULL", Map.of(), "/NUMBER &park()"));
        rows.add(new Row(
                "transfer before application",
                Map.of(
                        "action_on_answer",
                        "park()",
                        "transfer_on_answer",
                        "8888",
                        "context",
                        "ivr",
                        "dialplan_type",
                        "xml"),
                "NULL",
                Map.of(),
                "/NUMBER 8888 XML ivr"));
        rows.add(new Row(
                "transfer to the default context",
                Map.of("transfer_on_answer", "8888"),
                "NULL",
                Map.of(),
                "/NUMBER 8888 XML default"));
        rows.add(new Row(
                "prompt before both",
                Map.of("i_ivr_prompt", 1, "transfer_on_answer", "8888"),
                "NULL",
                Map.of(),
                "/NUMBER &playback(hello.wav)"));
        return rows;
    }

    private static Map<String, String> none(String variable) {
        Map<String, String> none = new HashMap<>();
        none.put(variable, null);
        return none;
    }

    @Test
    void everyColumnArrivesAtTheSwitchAsItsDocumentationSays() throws Exception {
        List<Row> rows = rows();
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .simulated(sim -> sim.prompt("hello.wav", Duration.ofMillis(100))
                                .callees(Installation.talking(Duration.ofMillis(10), Duration.ofMillis(30))))
                        .start()) {
            callout.execute("INSERT INTO ivr_prompts VALUES (1, 'hello', 'hello.wav')");
            for (int i = 0; i < rows.size(); i++) {
                long campaign = callout.campaign("row " + i, rows.get(i).columns());
                callout.execute("INSERT INTO campaign_phones (i_campaign, cld, callerid) VALUES (" + campaign
                        + ", '55500" + (10 + i) + "', " + rows.get(i).callerId() + ")");
            }
            callout.awaitAllFinished(PATIENCE);
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                String number = "55500" + (10 + i);
                assertThat(callout.ledger().calls(number)).as(row.rule()).hasSize(1);
                LedgerCall call = callout.ledger().calls(number).get(0);
                row.variables().forEach((name, value) -> assertThat(call.variable(name))
                        .as(row.rule())
                        .isEqualTo(value == null ? null : value.replace("NUMBER", number)));
                assertThat(call.line()).as(row.rule()).contains(row.line().replace("NUMBER", number));
            }
            assertThat(warnings(log, rows, "no caller id"))
                    .hasSize(1)
                    .allMatch(line -> line.endsWith("callout.caller-id): callees see their own number"));
            assertThat(warnings(log, rows, "header by its name"))
                    .anyMatch(line -> line.startsWith("add_custom_header_name is X-Load"));
            assertThat(warnings(log, rows, "credentials that look like a hash"))
                    .anyMatch(line -> line.startsWith("md5secret has 32"));
            assertThat(log.messages()).noneMatch(line -> line.contains("s3cret") || line.contains(MD5));
        }
    }

    private static List<String> warnings(LogCapture log, List<Row> rows, String rule) {
        int row = rows.stream().map(Row::rule).toList().indexOf(rule);
        String place = "Campaigns: Campaign row " + row + ": ";
        return log.warnings().stream()
                .filter(line -> line.startsWith(place))
                .map(line -> line.substring(place.length()))
                .toList();
    }

    @Test
    void aChangeInTheTableWorksWithinOneScan() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.refuses(486, Duration.ofMillis(10))))
                .start()) {
            long campaign = callout.campaign("changing", Map.of("timeout_sec", 45));
            callout.numbers(campaign, "100", 1);
            awaitEnded(callout, 1);
            callout.execute("UPDATE campaigns SET timeout_sec = 77, backoff_sec = 900, cli = '4711',"
                    + " action_on_answer = 'park()'");
            awaitRead(
                    callout, campaign, read -> read.wayOut().originateTimeout().toSeconds() == 77);
            callout.numbers(campaign, "200", 1);
            awaitEnded(callout, 2);
            callout.execute("UPDATE campaigns SET max_attempts = 1");
            awaitRead(callout, campaign, read -> read.retrying().maxAttempts() == 1);
            callout.numbers(campaign, "300", 1);
            awaitEnded(callout, 3);
            callout.execute("UPDATE campaigns SET paused = 1");
            awaitRead(callout, campaign, Campaign::paused);
            callout.numbers(campaign, "400", 1);
            callout.advance(Duration.ofSeconds(901));
            await().during(Duration.ofMillis(1500))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().size() == 3);

            assertThat(
                            callout.column(
                                    "SELECT CONCAT_WS(' ', cld, finished,"
                                            + " ROUND(TIMESTAMPDIFF(MICROSECOND, disconnect_time, next_call) / 1000000)) FROM campaign_phones ORDER BY cld"))
                    .containsExactly("1000000 0 600", "2000000 0 900", "3000000 1", "4000000 0");
            assertThat(callout.ledger().calls())
                    .extracting(call -> call.variable("originate_timeout"))
                    .containsExactly("45", "77", "77");
            assertThat(callout.ledger().calls().get(1).variable("origination_caller_id_number"))
                    .isEqualTo("4711");
            assertThat(callout.ledger().calls().get(1).line()).endsWith("&park()");
        }
    }

    /** Waits for the scan that reads the change. */
    private static void awaitRead(Installation callout, long campaign, Predicate<Campaign> change) {
        await().atMost(PATIENCE)
                .until(() -> change.test(Operator.campaigns(callout).byId(campaign)));
    }

    private static void awaitEnded(Installation callout, int calls) {
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == calls
                        && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
    }

    @Test
    void aCampaignsOwnRetryDelaysGoBeforeTheInstallationsAndBackoff() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_RETRY_INVALID", "never")
                .with("CALLOUT_RETRY_BUSY", "7200")
                .simulated(sim -> sim.callees(
                        call -> CalleePlan.refuses(call.number().startsWith("4") ? 404 : 486, Duration.ofMillis(10))))
                .start()) {
            callout.numbers(callout.campaign("own", Map.of("retry_delays", "invalid=1800, busy=never")), "400", 1);
            callout.numbers(callout.number("SELECT MAX(i_campaign) FROM campaigns"), "500", 1);
            callout.numbers(callout.campaign("common", Map.of()), "401", 1);
            callout.numbers(callout.number("SELECT MAX(i_campaign) FROM campaigns"), "501", 1);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 4
                            && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
            assertThat(
                            callout.column(
                                    "SELECT CONCAT_WS(' ', cld, finished,"
                                            + " ROUND(TIMESTAMPDIFF(MICROSECOND, disconnect_time, next_call) / 1000000)) FROM campaign_phones ORDER BY cld"))
                    .containsExactly("4000000 0 1800", "4010000 1", "5000000 1", "5010000 0 7200");
        }
    }
}
