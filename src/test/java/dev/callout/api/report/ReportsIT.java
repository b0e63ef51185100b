package dev.callout.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What reports say of attempts that are in the table. */
class ReportsIT {

    private static Installation installation;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_TIMEZONE", "Europe/Berlin")
                .simulated(sim -> {})
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Map<String, Object> report) {
        return (List<Map<String, Object>>) report.get("rows");
    }

    private static Map<String, Object> report(String query) throws Exception {
        ApiClient.Reply reply = api.get("/api/reports?" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static void attempt(long campaign, int number, int attempt, String columns, String values)
            throws Exception {
        installation.execute("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, "
                + columns + ") VALUES (UUID(), " + campaign + ", " + number + ", '4930" + number + "', " + attempt
                + ", " + values + ")");
    }

    /** The example of docs/reports.md. */
    @Test
    void aHundredNumbersWithThreeAttemptsOfWhichSixtyAreReachedAtTheLast() throws Exception {
        long campaign = installation.campaign("hundred", Map.of("paused", 1));
        installation.execute(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                        + " connect_time, disconnect_time, status, hangup_cause, sip_status) SELECT UUID(), " + campaign
                        + ", seq % 100, 4930 + seq, 1 + seq DIV 100, '2026-11-02 09:00:00' + INTERVAL seq DIV 100 DAY,"
                        + " IF(seq BETWEEN 200 AND 259, '2026-11-04 09:00:10', NULL),"
                        + " '2026-11-02 09:00:40' + INTERVAL seq DIV 100 DAY,"
                        + " IF(seq BETWEEN 200 AND 259, 'success', 'failure'),"
                        + " IF(seq BETWEEN 200 AND 259, 'NORMAL_CLEARING', 'NO_ANSWER'),"
                        + " IF(seq BETWEEN 200 AND 259, 200, 480) FROM seq_0_to_299");
        installation.execute(
                "UPDATE call_attempts SET answered_by = IF(number < 5175, 'human', 'machine') WHERE i_campaign = "
                        + campaign + " AND number BETWEEN 5130 AND 5179");

        Map<String, Object> report = report("campaign=hundred&by=attempt");

        assertThat(report.get("total"))
                .hasToString(
                        "{attempts=300, left=300, answered=60, answer_rate=0.2, success=60, talk_sec=1800, cost=null, human=45, machine=5,"
                                + " handed_over=0, with_agent=0, wait_sec=null, abandoned=0, abandoned_rate=0.0,"
                                + " numbers=100, reached=60, reached_rate=0.6}");
        assertThat(rows(report)).extracting(row -> row.get("attempt")).containsExactly("1", "2", "3");
        assertThat(rows(report)).extracting(row -> row.get("answered")).containsExactly(0, 0, 60);
    }

    @Test
    void refusedAttemptsAndTestCallsAndFurtherLegsDoNotLowerTheAnswerRate() throws Exception {
        long campaign = installation.campaign("refused", Map.of("paused", 1));
        String columns = "setup_time, connect_time, disconnect_time, status, hangup_cause, sip_status, cost, leg, kind,"
                + " call_gateway";
        String at = "'2026-11-02 10:00:00', ";
        attempt(campaign, 1, 1, columns, at + "NULL, " + at + "'next leg', 'GATEWAY_DOWN', 503, 0.5, 1, NULL, 'one'");
        attempt(campaign, 1, 1, columns, at + at + at + "'success', 'NORMAL_CLEARING', 200, 1, 2, NULL, 'two'");
        attempt(campaign, 2, 1, columns, at + "NULL, " + at + "'failure', 'USER_BUSY', 486, NULL, 1, NULL, 'two'");
        attempt(campaign, 3, 1, columns, at + "NULL, " + at + "'failure', 'GATEWAY_DOWN', 503, NULL, 1, NULL, 'one'");
        attempt(campaign, 0, 0, columns, at + at + at + "'success', 'NORMAL_CLEARING', 200, 9, 1, 'test', 'two'");

        Map<String, Object> report = report("campaign=" + campaign + "&by=gateway");

        assertThat(report.get("total").toString())
                .contains("attempts=3", "left=2", "answered=1", "answer_rate=0.5", "cost=1.5", "numbers=3, reached=1");
        assertThat(rows(report)).extracting(row -> row.get("gateway")).containsExactly("two", "one");
        assertThat(rows(report)).extracting(row -> row.get("cost")).containsExactly(1.0, 0.5);
        assertThat(rows(report)).extracting(row -> row.get("attempts")).containsExactly(2, 1);
        assertThat(rows(report)).allSatisfy(row -> assertThat(row).doesNotContainKey("numbers"));
    }

    @Test
    void hoursAreTheCampaignsOrTheCallees() throws Exception {
        long campaign = installation.campaign("hours", Map.of("paused", 1));
        String columns = "setup_time, disconnect_time, status, hangup_cause, zone";
        String summer = "'2026-07-01 08:50:00', '2026-07-01 08:51:00', 'failure', 'NO_ANSWER', ";
        attempt(campaign, 1, 1, columns, summer + "'Asia/Kolkata'");
        attempt(campaign, 2, 1, columns, summer + "'America/New_York America/Chicago'");
        attempt(campaign, 3, 1, columns, summer + "NULL");

        assertThat(rows(report("campaign=hours&by=hour")))
                .extracting(row -> row.get("hour"))
                .containsExactly("10:00");
        assertThat(rows(report("campaign=hours&by=hour&zone=callee")))
                .extracting(row -> row.get("hour"))
                .containsExactly("14:00", null);
        installation.execute("UPDATE campaigns SET timezone = 'America/New_York' WHERE i_campaign = " + campaign);
        assertThat(rows(report("campaign=hours&by=hour")))
                .extracting(row -> row.get("hour"))
                .containsExactly("04:00");
        assertThat(rows(report("campaign=hours&by=weekday")))
                .extracting(row -> row.get("weekday"))
                .containsExactly("Wednesday");
    }

    @Test
    void anAttemptCountsInTheTimeInWhichItEnded() throws Exception {
        long campaign = installation.campaign("range", Map.of("paused", 1));
        String columns = "setup_time, disconnect_time, status, hangup_cause";
        attempt(campaign, 1, 1, columns, "'2026-07-01 23:59:00', '2026-07-02 00:00:00', 'failure', 'NO_ANSWER'");
        String day = "campaign=range&by=campaign&from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z";

        assertThat(rows(report(day))).isEmpty();
        assertThat(rows(report(day.replace("-02T", "-03T").replace("-01T", "-02T"))))
                .extracting(row -> row.get("campaign") + " " + row.get("attempts") + " " + row.get("reached"))
                .containsExactly("range 1 0");
    }

    @Test
    void theFileHasTheRowsAndNoFormula() throws Exception {
        long campaign = installation.campaign("file", Map.of("paused", 1));
        attempt(
                campaign,
                1,
                1,
                "setup_time, disconnect_time, status, hangup_cause",
                "'2026-07-01 08:50:00', '2026-07-01 08:51:00', 'failure', '=1+1'");

        ApiClient.Reply csv = api.get("/api/reports?campaign=file&by=cause&format=csv");

        assertThat(csv.text().lines())
                .containsExactly(
                        "cause,attempts,left,answered,answer_rate,success,talk_sec,cost,human,machine,"
                                + "handed_over,with_agent,wait_sec,abandoned,abandoned_rate",
                        "'=1+1,1,1,0,0.0000,0,0,,0,0,0,0,,0,");
        assertThat(csv.header("Content-Disposition")).contains("report-by-cause.csv");
    }

    @Test
    void whatNoReportCanBeMadeOfIsRefused() throws Exception {
        for (String query : List.of(
                "by=colour",
                "zone=Mars",
                "from=yesterday",
                "from=%2B999999999-01-01T00:00:00Z",
                "from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z",
                "frm=2026-07-02T00:00:00Z")) {
            assertThat(api.get("/api/reports?" + query).status()).as(query).isEqualTo(400);
        }
        assertThat(api.get("/api/reports?campaign=nobody").status()).isEqualTo(404);
    }
}
