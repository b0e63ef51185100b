package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the preview says of a campaign before its start, beside what becomes of it. */
class PreviewIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");

    private static Installation installation;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_COUNTRY", "DE")
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start();
        api = new ApiClient(port);
        // Nobody may call to Australia today or tomorrow.
        LocalDate closed =
                Instant.now().plus(installation.ahead()).atZone(SYDNEY).toLocalDate();
        int wday = closed.plusDays(3).getDayOfWeek().getValue();
        installation.execute("INSERT INTO schedules (i_schedule, name) VALUES (7, 'once a week')");
        installation.execute("INSERT INTO schedule_records (i_schedule, start_wday, stop_wday) VALUES (7, " + wday
                + ", " + wday + ")");
        installation.execute(
                "INSERT INTO calling_rules (name, applies_to, i_schedule, consent_required) VALUES"
                        + " ('polite', 'DE', NULL, 0), ('polite', 'AU', 7, 0), ('polite', 'US', NULL, 1), ('polite', 'AT', NULL, 0)");
        installation.execute("INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours)"
                + " SELECT i_calling_rule, 1, 24 FROM calling_rules WHERE applies_to = 'AT'");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static Map<String, Object> preview(String campaign) throws Exception {
        ApiClient.Reply reply = api.get("/api/campaigns/" + campaign + "/preview");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> groups(Map<String, Object> preview) {
        return ((List<Map<String, Object>>) preview.get("groups"))
                .stream().collect(Collectors.toMap(group -> (String) group.get("group"), Function.identity()));
    }

    private static Map<String, Object> sizes(Map<String, Object> preview) {
        return groups(preview).entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, group -> group.getValue()
                .get("numbers")));
    }

    /** The numbers of a group, as its file has them. */
    private static List<String> numbers(String campaign, String group) throws Exception {
        ApiClient.Reply csv = api.get("/api/campaigns/" + campaign + "/preview?format=csv&group=" + group);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        return csv.text()
                .lines()
                .skip(1)
                .map(line -> line.split(",")[1].replace("'", ""))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> found(String campaign, String number) throws Exception {
        ApiClient.Reply reply = api.get(
                "/api/campaigns/" + campaign + "/preview?number=" + URLEncoder.encode(number, StandardCharsets.UTF_8));
        List<Map<String, Object>> found =
                (List<Map<String, Object>>) reply.json().get("found");
        assertThat(found).as(reply.text()).hasSize(1);
        return found.get(0);
    }

    @Test
    void eachNumberOfTheCampaignBecomesWhatThePreviewSaidOfIt() throws Exception {
        installation.execute("INSERT INTO do_not_call (number, e164, expires) VALUES ('030 23125010', NULL, NULL),"
                + " ('(030) 23125011', '+493023125011', '2999-01-01')");
        long earlier = installation.campaign("earlier", Map.of("max_attempts", 1));
        installation.execute(
                "INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + earlier + ", '+43 1 234567890')");
        await().atMost(PATIENCE)
                .until(() ->
                        installation.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + earlier) == 1);
        long campaign = installation.campaign(
                "mixed", Map.of("paused", 1, "max_attempts", 2, "duplicates", "once", "calling_rules", "polite"));
        String row = "(" + campaign + ", ";
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES " + row + "'030 23125001'), " + row
                + "'0049 30 23125002'), " + row + "'+493023125010'), " + row + "'030-23125011'), " + row + "'112'), "
                + row + "'4961234567'), " + row + "'nobody'), " + row + "'+61 2 5550 1000'), " + row
                + "'+61 2 5550 1001'), " + row + "'+33 1 99 00 12 34'), " + row + "'+12025550123'), " + row
                + "'0043 1 234567890'), " + row
                + "'030 23125020')");
        installation.execute(
                "INSERT INTO campaign_phones (i_campaign, cld, e164, status, finished, call_count, next_call)"
                        + " VALUES " + row + "'+493023125020', '+493023125020', 'success', 1, 1, NULL), " + row
                        + "'030 23125030', NULL, 'failure', 0, 1, NOW() + INTERVAL 2 HOUR), " + row
                        + "'030 23125031', NULL, 'failure', 0, 2, NULL), " + row
                        + "'030 23125032', NULL, 'failure', 0, 1, NOW() - INTERVAL 2 HOUR)");
        await().atMost(PATIENCE)
                .until(() -> api.get("/api/campaigns/mixed").json().get("state") != null);

        Map<String, Object> preview = preview("mixed");
        assertThat(preview).containsEntry("numbers", 17).containsEntry("complete", true);
        assertThat(sizes(preview))
                .containsOnly(
                        Map.entry("now", 3),
                        Map.entry("later", 1),
                        Map.entry("closed", 2),
                        Map.entry("capped", 1),
                        Map.entry("ruled_out", 2),
                        Map.entry("do_not_call", 2),
                        Map.entry("no_number", 3),
                        Map.entry("duplicate", 1),
                        Map.entry("finished", 2));
        assertThat(numbers("mixed", "now")).containsExactly("030 23125001", "0049 30 23125002", "030 23125032");
        assertThat(Instant.parse((String) groups(preview).get("closed").get("first")))
                .isBetween(Instant.now().plus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(4)));
        await().atMost(PATIENCE)
                .until(() ->
                        installation.number("SELECT COUNT(*) FROM campaign_phones WHERE e164 = '+493023125011'") == 1);
        assertThat(found("mixed", "0049 30 23125011"))
                .containsEntry("group", "do_not_call")
                .containsEntry("from", "2999-01-01T00:00:00Z");
        Instant again =
                Instant.parse((String) found("mixed", "0043 1 234567890").get("from"));
        assertThat(installation.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + earlier
                        + " AND setup_time + INTERVAL 24 HOUR = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL "
                        + again.toEpochMilli() + " * 1000 MICROSECOND"))
                .as("from %s on", again)
                .isEqualTo(1);
        assertThat(found("mixed", "+33 1 99 00 12 34"))
                .containsEntry("group", "ruled_out")
                .containsEntry("reason", "no rule covers +33 (FR)");
        assertThat((String) found("mixed", "4961234567").get("detail")).contains("write +");

        installation.execute("UPDATE campaigns SET paused = 0 WHERE name = 'mixed'");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sizes(preview("mixed")))
                .containsOnly(
                        Map.entry("later", 1),
                        Map.entry("closed", 2),
                        Map.entry("capped", 1),
                        Map.entry("ruled_out", 2),
                        Map.entry("do_not_call", 1),
                        Map.entry("finished", 10)));
        assertThat(installation.ledger().calls())
                .extracting(LedgerCall::number)
                .filteredOn(number -> !number.contains("2312504"))
                .containsExactlyInAnyOrder("+431234567890", "03023125001", "00493023125002", "03023125032");
        assertThat(installation.column(
                        "SELECT CONCAT(hangup_cause, ' ', COUNT(*)) FROM campaign_phones WHERE i_campaign = " + campaign
                                + " AND finished = 1 AND call_count = 0 GROUP BY hangup_cause"))
                .containsExactlyInAnyOrder("DO_NOT_CALL 1", "DUPLICATE 1", "NOT_A_NUMBER 2", "NUMBER_AMBIGUOUS 1");
    }

    @Test
    void aListAndAnEmergencyAreJudgedAsTheyAreDialled() throws Exception {
        installation.execute("CREATE TABLE streets (number VARCHAR(32), lastcall DATETIME, lastresult VARCHAR(64),"
                + " calls INT, in_use INT, duration INT, callerid VARCHAR(32)) ENGINE=InnoDB");
        installation.execute("INSERT INTO do_not_call (number, e164) VALUES ('030 23125040', '+493023125040')");
        installation.execute("INSERT INTO streets (number, lastcall, lastresult, calls, in_use) VALUES"
                + " ('030 23125040', NULL, NULL, 0, 0), ('030 23125041', NOW() - INTERVAL 1 DAY, 'USER_BUSY', 1, 0),"
                + " ('030 23125042', NOW(), 'USER_BUSY', 1, 0), ('030 23125043', NOW(), 'success', 1, 0),"
                + " ('030 23125044', NOW(), 'USER_BUSY', 3, 0), ('030 23125045', NOW(), '', 0, 1)");
        installation.campaign("streets", Map.of("paused", 1, "destination_list", "streets"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sizes(preview("streets")))
                .containsOnly(
                        Map.entry("now", 1),
                        Map.entry("later", 1),
                        Map.entry("do_not_call", 1),
                        Map.entry("elsewhere", 1),
                        Map.entry("finished", 2)));

        installation.execute("UPDATE campaigns SET emergency = 'the mayor: flood' WHERE name = 'streets'");

        assertThat(preview("streets")).containsEntry("emergency", "the mayor: flood");
        assertThat(numbers("streets", "now")).containsExactly("030 23125040", "030 23125041");
    }

    @Test
    void aCampaignThatIsNotDialledUntilItIsCorrectedHasNoPreview() throws Exception {
        installation.campaign("wrong", Map.of("paused", 1, "calling_rules", "rude"));
        ApiClient.Reply reply = api.get("/api/campaigns/wrong/preview");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text()).contains("there is no calling rule 'rude'");
        assertThat(api.get("/api/campaigns/wrong/preview?group=now").text()).contains("format=csv");
        assertThat(api.get("/api/campaigns/wrong/preview?at=noon").status()).isEqualTo(400);
    }

    @Test
    void previewsBeyondThoseThatWaitAreRefusedAndKeepNoOtherRequestFromItsAnswer() throws Exception {
        installation.campaign("slow to judge", Map.of("paused", 1));
        ExecutorService clients = Executors.newCachedThreadPool();
        try (Connection holder = installation.dataSource().getConnection();
                Statement sql = holder.createStatement()) {
            sql.execute("LOCK TABLES campaign_phones WRITE");
            Queue<ApiClient.Reply> refused = new ConcurrentLinkedQueue<>();
            List<Future<ApiClient.Reply>> all = Stream.generate(() -> clients.submit(() -> {
                        ApiClient.Reply reply = api.get("/api/campaigns/slow%20to%20judge/preview");
                        if (reply.header("Retry-After") != null) {
                            refused.add(reply);
                        }
                        return reply;
                    }))
                    .limit(30)
                    .toList();
            try {
                await().atMost(PATIENCE).until(() -> refused.size() >= 10);
                assertThat(refused).allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(503);
                    assertThat(reply.json()).containsEntry("title", "Service Unavailable");
                });
                assertThat(api.get("/openapi.json").status()).isEqualTo(200);
            } finally {
                sql.execute("UNLOCK TABLES");
            }
            for (Future<ApiClient.Reply> one : all) {
                assertThat(one.get(60, TimeUnit.SECONDS).status()).isIn(200, 503);
            }
        } finally {
            clients.shutdownNow();
        }
    }
}
