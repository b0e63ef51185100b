package dev.callout.dialler.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.settings.TableOptions;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements that {@code sql:} steps of our routes run: a user's YAML replaces each, and nothing else reaches them. */
class SqlStepsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RING = Duration.ofMillis(20);

    /** A file of ours, one of its steps, and what a user writes instead of something in its statement. */
    private record Step(String file, String id, String ours, String users) {}

    private static final List<Step> STEPS = List.of(
            new Step(
                    "claim",
                    "options",
                    "FROM options",
                    "FROM options UNION SELECT 'campaign', 'sipproxy', 'mine.example'"),
            new Step("claim", "due-campaigns", "FROM campaigns AS c", "FROM campaigns AS c WHERE c.name <> 'hidden'"),
            new Step("claim", "default-finished", "SET finished = 0", "SET finished = 1, status = 'mine'"),
            new Step("claim", "end-run", "SET c.run_ended", "SET c.description = 'ended by mine', c.run_ended"),
            new Step("status", "insert-attempts", "j.cause, j.q850", "CONCAT('MY_', j.cause), j.q850"),
            new Step("status", "write-status", "LEFT(j.cause, 255)", "CONCAT('MY_', LEFT(j.cause, 200))"),
            new Step("status", "pause", "SET paused = 1", "SET paused = 1, description = 'paused by mine'"));

    @TempDir
    private Path folder;

    /** Copies our files, each of the steps with a statement of the user's. */
    private void replaceStatements() throws IOException {
        for (Step step : STEPS) {
            Path copy = folder.resolve(step.file() + ".camel.yaml");
            String route = Files.readString(
                    Files.exists(copy)
                            ? copy
                            : Path.of("routes", copy.getFileName().toString()));
            String place = "(?s)(- to:\\s+id: " + step.id() + "\\s+uri: sql:)classpath:(sql/[a-z_/-]+\\.sql)\n";
            Matcher found = Pattern.compile(place).matcher(route);
            assertThat(found.find()).as(step.id()).isTrue();
            String ours = Files.readString(Path.of("src/main/resources", found.group(2)));
            assertThat(ours).contains(step.ours());
            Path mine = Files.writeString(folder.resolve(step.id() + ".sql"), ours.replace(step.ours(), step.users()));
            Files.writeString(copy, route.replaceFirst(place, "$1file:" + mine + "\n"));
        }
    }

    @Test
    void aUsersStatementTakesThePlaceOfEachOfOurs() throws Exception {
        replaceStatements();
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .simulated(sim -> sim.callees(Installation.talking(RING, Duration.ofMillis(50))))
                .build()) {
            callout.execute("ALTER TABLE campaign_phones MODIFY finished TINYINT DEFAULT 0");
            long hidden = callout.campaign("hidden", Map.of());
            callout.numbers(hidden, "100", 1);
            long run = callout.campaign("run", Map.of("finish_on", -1, "run_started", "2026-01-01 00:00:00"));
            callout.numbers(run, "200", 1);
            callout.execute(
                    "INSERT INTO campaign_phones (i_campaign, cld, finished) VALUES (" + run + ", '300', NULL)");
            callout.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column("SELECT description FROM campaigns" + " WHERE name = 'run'"))
                    .containsExactly("ended by mine"));
            callout.camelContext()
                    .createProducerTemplate()
                    .sendBodyAndHeaders(
                            "seda:pause",
                            null,
                            Map.of(
                                    "CalloutPauseCampaign",
                                    hidden,
                                    "CalloutPauseReason",
                                    "nothing to hear",
                                    "CalloutPauseSince",
                                    1));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column("SELECT description FROM campaigns" + " WHERE name = 'hidden'"))
                    .containsExactly("paused by mine"));

            assertThat(callout.column("SELECT hangup_cause FROM call_attempts")).containsExactly("MY_NORMAL_CLEARING");
            assertThat(
                            callout.column(
                                    "SELECT CONCAT_WS(' ', cld, finished, status, hangup_cause) FROM campaign_phones ORDER BY cld"))
                    .containsExactly("1000000 0 idle", "2000000 1 success MY_NORMAL_CLEARING", "300 1 mine");
            assertThat(callout.camelContext()
                            .getRegistry()
                            .lookupByNameAndType("tableOptions", TableOptions.class)
                            .sipProxy())
                    .isEqualTo("mine.example");
        }
    }

    /** As copies of the statement do that are older than the counts. */
    @Test
    void aUsersStatementThatCountsNoLinesHoldsThemForAMoment() throws Exception {
        Path statement = folder.resolve("write-status.sql");
        String ours = Files.readString(Path.of("src/main/resources/sql/campaign_phones/write-status.sql"));
        String counting = ",\n  l.ended = l.ended + j.lines_ended";
        assertThat(ours).contains(counting);
        Files.writeString(statement, ours.replace(counting, ""));
        String route = Files.readString(Path.of("routes/status.camel.yaml"));
        String place = "sql:classpath:sql/campaign_phones/write-status.sql";
        assertThat(route).contains(place);
        Files.writeString(folder.resolve("status.camel.yaml"), route.replace(place, "sql:file:" + statement));
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "5")
                .simulated(sim -> sim.callees(Installation.talking(RING, Duration.ofMillis(50))))
                .start()) {
            callout.numbers(callout.campaign("uncounted", Map.of("max_concurrent_calls", 2)), "100", 30);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls()).hasSize(30);
        }
    }

    @Test
    void attemptAndStatusAreWrittenTogetherOrNotAtAll() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(RING, Duration.ofMillis(50))))
                .start()) {
            callout.execute(
                    "CREATE TRIGGER refusing AFTER UPDATE ON campaign_phones FOR EACH ROW IF NEW.status = 'success'"
                            + " THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'; END IF");
            long campaign = callout.campaign("refused", Map.of("max_concurrent_calls", 3));
            callout.numbers(campaign, "100", 3);
            await().atMost(PATIENCE)
                    .until(() -> callout.control().whyIdle(campaign).contains("not today"));
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isZero();
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                    .isEqualTo(3);
            callout.execute("SET STATEMENT lock_wait_timeout = 60 FOR DROP TRIGGER refusing");
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE status = 'success'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void whatAStepEndsWithinATransactionIsNotWrittenByHalves() throws Exception {
        String route = Files.readString(Path.of("routes/status.camel.yaml"));
        Matcher between =
                Pattern.compile("( +)- filter:\n +id: some-not-charged\n").matcher(route);
        assertThat(between.find()).isTrue();
        Files.writeString(
                folder.resolve("status.camel.yaml"),
                route.substring(0, between.start())
                        + """
                - filter:
                    expression:
                      simple:
                        expression: "${bean:ends.next}"
                    steps:
                      - stop: {}
                """
                                .indent(between.group(1).length())
                        + route.substring(between.start()));
        ConcurrentLinkedQueue<Boolean> ends = new ConcurrentLinkedQueue<>(List.of(true, true, true, true));
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .prepared(context -> context.getRegistry().bind("ends", new Ends(ends)))
                .simulated(sim -> sim.callees(Installation.talking(RING, Duration.ofMillis(50))))
                .start()) {
            callout.numbers(callout.campaign("ended", Map.of("max_concurrent_calls", 3)), "100", 6);
            await().atMost(PATIENCE).until(() -> {
                // One statement, so that both tables are seen as they were at one instant.
                assertThat(callout.number("SELECT COUNT(*) FROM call_attempts AS a JOIN campaign_phones AS p"
                                + " ON p.call_uuid = a.call_uuid"))
                        .as("attempts of calls that are in progress")
                        .isZero();
                return callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 0") == 0;
            });
            assertThat(ends).isEmpty();
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE status = 'success'"))
                    .isEqualTo(6);
        }
    }

    /** Says yes as often as there is something in a queue. */
    public static final class Ends {

        private final ConcurrentLinkedQueue<Boolean> left;

        private Ends(ConcurrentLinkedQueue<Boolean> left) {
            this.left = left;
        }

        public boolean next() {
            return left.poll() != null;
        }
    }

    @Test
    void headersThatAUsersStepLeavesReachNoStatementAndNoListener() throws Exception {
        Map<String, String> doors = Map.of(
                "calls",
                "bean:",
                "retry",
                "bean:",
                "status",
                "aggregate:",
                "claim",
                "filter:\n" + "            id: we-hold-our-lease");
        for (Map.Entry<String, String> door : doors.entrySet()) {
            String ours = Files.readString(Path.of("routes", door.getKey() + ".camel.yaml"));
            int at = ours.indexOf("        - " + door.getValue());
            assertThat(at).isPositive();
            Files.writeString(
                    folder.resolve(door.getKey() + ".camel.yaml"),
                    ours.substring(0, at) + "        - process:\n            ref: hostile\n" + ours.substring(at));
        }
        Files.writeString(
                folder.resolve("listener.camel.yaml"),
                """
                - route:
                    id: listener
                    from:
                      uri: seda:outcomes?multipleConsumers=true
                      steps:
                        - process:
                            ref: listener
                """);
        Processor hostile = exchange -> exchange.getMessage()
                .getHeaders()
                .putAll(Map.of(
                        "CamelSqlQuery",
                        "DELETE FROM campaign_phones",
                        "CamelSqlParameters",
                        List.of(1),
                        "CamelSqlRetrieveGeneratedKeys",
                        true,
                        "batch",
                        "[]",
                        "wait",
                        "soon",
                        "now",
                        "never",
                        "campaign",
                        0));
        ConcurrentLinkedQueue<Set<String>> heard = new ConcurrentLinkedQueue<>();
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .with("CALLOUT_ALTER_TABLES", "true")
                .prepared(context -> {
                    context.getRegistry().bind("hostile", hostile);
                    context.getRegistry().bind("listener", (Processor) (Exchange exchange) -> heard.add(
                            Set.copyOf(exchange.getMessage().getHeaders().keySet())));
                })
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING, Duration.ofMillis(50))))
                .start()) {
            callout.execute("CREATE TABLE call_list (number VARCHAR(30))");
            callout.execute("INSERT INTO call_list (number) VALUES ('201')");
            callout.campaign(
                    "list", Map.of("destination_list", "call_list", "finish_on", -1, "run_started", "2026-01-01"));
            callout.numbers(
                    callout.campaign("hostile", Map.of("finish_on", -1, "run_started", "2026-01-01")), "100", 5);
            long mute = callout.campaign(
                    "mute",
                    Map.of(
                            "action_on_answer",
                            "playback(/prompts/missing.wav)",
                            "max_concurrent_calls",
                            1,
                            "backoff_sec",
                            0,
                            "max_attempts",
                            30));
            callout.numbers(mute, "300", 10);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(callout.column("SELECT name FROM campaigns"
                            + " WHERE paused = 1 AND (run_ended IS NOT NULL OR name = 'mute') ORDER BY name"))
                    .containsExactly("hostile", "list", "mute"));
            assertThat(callout.number(
                            "SELECT COUNT(*) FROM campaign_phones WHERE status = 'success' AND cld LIKE '100%'"))
                    .isEqualTo(5);
            assertThat(callout.column("SELECT lastresult FROM call_list")).containsExactly("success");
            await().atMost(PATIENCE).until(() -> heard.size() >= 6);
            assertThat(heard).allSatisfy(headers -> assertThat(headers)
                    .noneMatch(name -> name.startsWith("CamelSql"))
                    .doesNotContain("batch", "wait"));
        }
    }
}
