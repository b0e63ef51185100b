package dev.callout.dialler.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.CampaignControl;
import dev.callout.lifecycle.QueueBegins;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A value of the wrong type, negative, out of range or contradictory: its campaign is not dialled and says why, others are. */
class BadInputIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> NUMERIC = List.of(
            "paused",
            "i_ivr_prompt",
            "i_schedule",
            "max_concurrent_calls",
            "max_attempts",
            "timeout_sec",
            "backoff_sec",
            "threshold_msec",
            "time_between_calls",
            "gaussian_distribution",
            "gaussian_distribution_mean",
            "gaussian_distribution_stdv",
            "call_max_duration",
            "call_min_duration",
            "cancel_ratio",
            "finish_on",
            "datetime_start");

    /** A campaign that must not be dialled, and the column that its reason must name. */
    private record Bad(Map<String, Object> columns, String column) {}

    private static Bad bad(String column, Object value, Object... further) {
        Map<String, Object> columns = new LinkedHashMap<>(Map.of(column, value));
        for (int i = 0; i < further.length; i += 2) {
            columns.put((String) further[i], further[i + 1]);
        }
        return new Bad(columns, column);
    }

    private static List<Bad> bad() {
        return List.of(
                bad("paused", "perhaps"),
                bad("max_concurrent_calls", "many"),
                bad("max_concurrent_calls", 0),
                bad("max_concurrent_calls", -1),
                bad("max_concurrent_calls", 1.5),
                bad("max_concurrent_calls", 99_999_999_999L),
                bad("max_attempts", "often"),
                bad("max_attempts", 0),
                bad("timeout_sec", "long"),
                bad("timeout_sec", 0),
                bad("timeout_sec", 3601),
                bad("backoff_sec", "later"),
                bad("backoff_sec", -1),
                bad("threshold_msec", "some"),
                bad("threshold_msec", -1),
                bad("time_between_calls", "fast"),
                bad("time_between_calls", -0.5),
                bad("cancel_ratio", "half"),
                bad("cancel_ratio", -1),
                bad("cancel_ratio", 101),
                bad("finish_on", "all"),
                bad("finish_on", -2),
                bad("finish_on", 0, "backoff_sec", 0),
                bad("gaussian_distribution", "yes"),
                bad("gaussian_distribution_mean", 0, "gaussian_distribution", 1, "gaussian_distribution_stdv", 1),
                bad("gaussian_distribution_mean", "mean", "gaussian_distribution", 1, "gaussian_distribution_stdv", 1),
                bad("gaussian_distribution_stdv", -1, "gaussian_distribution", 1, "gaussian_distribution_mean", 1),
                bad("call_min_duration", -1),
                bad("call_max_duration", "long"),
                bad("call_max_duration", -1),
                bad("call_min_duration", 9, "call_max_duration", 5),
                bad("datetime_start", "tomorrow", "timezone", "UTC"),
                bad("datetime_start", "2030-01-01 00:00:00"),
                bad("timezone", "Mars/Base"),
                bad("calling_strategy", "backwards"),
                bad("retry_delays", "busy"),
                bad("retry_delays", "busy=-1"),
                bad("destination_list", "a b"),
                bad("destination_list", "nodes"),
                bad("i_ivr_prompt", 9),
                bad("i_ivr_prompt", "hello.wav"),
                bad("i_schedule", 9, "timezone", "UTC"),
                bad("i_schedule", "office hours", "timezone", "UTC"),
                bad("i_schedule", 1),
                bad("cli", "a,b"),
                bad("codec_list", "PCMA;PCMU"),
                bad("profile_gateway", "a b"),
                bad("profile_gateway", ""),
                bad("add_custom_header_name", "X: evil", "add_custom_header_value", "1"),
                bad("add_custom_header_value", "a\nb", "add_custom_header_name", "X-Load"),
                bad("action_on_answer", "system(id)"),
                bad("action_on_answer", ""),
                bad("transfer_on_answer", "8888 &x"),
                bad("context", "a b", "transfer_on_answer", "1"),
                bad("dialplan_type", "a b", "transfer_on_answer", "1"),
                bad("md5secret", "s3cret"),
                bad("username", "a\nb", "md5secret", "s3cret"),
                bad("import_problem", "x.xml:7: max_concurrent_calls: x"));
    }

    @Test
    void everyBadValueOfACampaignIsNamedByTableRowAndColumn() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(10), Duration.ofMillis(30))))
                        .build()) {
            // A table that was there before may have columns of any type.
            callout.execute("ALTER TABLE campaigns "
                    + NUMERIC.stream()
                            .map(column -> "MODIFY " + column + " VARCHAR(32)")
                            .collect(Collectors.joining(", ")));
            callout.execute("INSERT INTO schedule_records (i_schedule, start_wday, stop_wday) VALUES (1, 1, 7)");
            Map<Long, Bad> campaigns = new LinkedHashMap<>();
            for (Bad one : bad()) {
                long campaign = callout.campaign(one.column() + " " + campaigns.size(), one.columns());
                callout.numbers(campaign, "100", 1);
                campaigns.put(campaign, one);
            }
            callout.numbers(callout.campaign("right", Map.of()), "200", 2);
            callout.start();
            await().atMost(SOON)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 2);
            assertThat(callout.ledger().calls()).extracting(LedgerCall::number).containsOnly("2000000", "2000001");

            CampaignControl control = callout.control();
            for (Map.Entry<Long, Bad> one : campaigns.entrySet()) {
                String reason = control.status(one.getKey()).whyIdle();
                assertThat(reason)
                        .as(one.getValue().toString())
                        .contains("table campaigns, row " + one.getKey())
                        .containsPattern("\\b" + one.getValue().column() + "\\b")
                        .doesNotContain("s3cret");
                assertThat(log.messages()).as("log").anyMatch(line -> line.contains(reason));
            }
            assertThat(log.stackTraces()).isEmpty();
        }
    }

    @Test
    void aSettingThatBecomesWrongWhileNumbersAreClaimedCostsNoneOfThem() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "1")
                        .with("CALLOUT_CLAIM_HORIZON_SEC", "4")
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(10), Duration.ofMillis(30))))
                        .start()) {
            assertThat(callout.camelContext().getRoutePolicyFactories())
                    .as("keeps numbers that fail together from being left unhandled")
                    .hasAtLeastOneElementOfType(QueueBegins.class);
            callout.execute("INSERT INTO options VALUES ('campaign', 'sipproxy', 'sip.example')");
            long campaign = callout.campaign(
                    "by proxy", Map.of("profile_gateway", "", "time_between_calls", 0.5, "max_attempts", 1));
            callout.numbers(campaign, "100", 100);
            callout.execute("UPDATE campaign_phones SET cld = '1,2' WHERE cld = '1000000'");
            await().atMost(SOON).until(() -> !callout.ledger().calls().isEmpty());

            callout.execute("UPDATE options SET value = 'sip example'");
            await().atMost(SOON)
                    .until(() -> callout.control().status(campaign).whyIdle().contains("sipproxy"));
            await().atMost(SOON)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
            assertThat(callout.control().status(campaign).whyIdle())
                    .startsWith("table campaigns, row " + campaign)
                    .contains("'sip example': it must be HOST or HOST:PORT");
            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', status, call_count, finished, IF(status = 'failure', cld, NULL))"
                                    + " AS told FROM campaign_phones GROUP BY told ORDER BY told"))
                    .as("the wrong number is finished, the others were called or wait")
                    .containsExactly("failure 0 1 1,2", "idle 0 0", "success 1 1");

            callout.execute("UPDATE options SET value = 'sip.example'");
            callout.execute("UPDATE campaigns SET time_between_calls = 0");
            callout.advance(Duration.ofSeconds(31));
            callout.awaitAllFinished(SOON);
            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', status, call_count, COUNT(*)) FROM campaign_phones GROUP BY status"
                                    + " ORDER BY 1"))
                    .containsExactly("failure 0 1", "success 1 99");
            assertThat(log.messages())
                    .anyMatch(line -> line.matches("Campaign by proxy is idle: .*sipproxy.*"))
                    .anyMatch(line -> line.equals("Campaign by proxy is dialled"));
            assertThat(log.stackTraces()).isEmpty();
        }
    }

    @Test
    void badRowsOfAScheduleAreNamedAndOpenNothing() throws Exception {
        try (LogCapture log = new LogCapture();
                Installation callout = Installation.builder()
                        .with("CALLOUT_TIMEZONE", "UTC")
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(10), Duration.ofMillis(30))))
                        .build()) {
            callout.execute("ALTER TABLE schedule_records MODIFY start_wday VARCHAR(9), MODIFY start_time VARCHAR(9)");
            callout.execute(
                    "INSERT INTO schedule_records VALUES (11, 1, '8', 1, NULL, NULL), (12, 2, 'Mon', 1, NULL, NULL),"
                            + " (13, 3, NULL, NULL, 'noon', '18:00:00'), (14, 4, NULL, NULL, '00:00:00', '25:00:00'),"
                            + " (15, 5, NULL, NULL, '-1:00:00', '18:00:00'), (16, 6, NULL, NULL, NULL, NULL),"
                            + " (17, 6, '0', '7', NULL, NULL)");
            Map<Long, String> rows = new LinkedHashMap<>();
            for (int schedule = 1; schedule <= 6; schedule++) {
                long campaign = callout.campaign("schedule " + schedule, Map.of("i_schedule", schedule));
                callout.numbers(campaign, "100", 1);
                rows.put(
                        campaign,
                        "table schedule_records, row " + (schedule == 6 ? 17 : 10 + schedule) + ": start_"
                                + (schedule < 3 || schedule == 6 ? "wday" : "time"));
            }
            callout.numbers(callout.campaign("right", Map.of()), "200", 1);
            callout.start();
            await().atMost(SOON)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 1);
            assertThat(callout.ledger().calls()).extracting(LedgerCall::number).containsExactly("2000000");

            CampaignControl control = callout.control();
            for (Map.Entry<Long, String> one : rows.entrySet()) {
                assertThat(control.status(one.getKey()).whyIdle()).contains(one.getValue());
                assertThat(log.messages()).anyMatch(line -> line.contains(one.getValue()));
            }
        }
    }
}
