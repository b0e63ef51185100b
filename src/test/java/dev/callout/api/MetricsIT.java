package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is served when some calls have been made, and that documentation, alerts and dashboard speak of that. */
class MetricsIT {

    private static final Path MONITORING = Path.of("config/monitoring");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_0-9]+)(\\{.*})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"[^\"]*\"");
    /** Micrometer's own, documented there. */
    private static final Pattern OF_MICROMETER = Pattern.compile("(jvm|process|system)_.*");

    private static final Set<String> PROMQL = Set.of(
            "and",
            "group_left",
            "histogram_quantile",
            "increase",
            "label_values",
            "max",
            "max_over_time",
            "rate",
            "sum",
            "topk");

    private static final String USERS_ROUTE =
            """
            - route:
                id: on-answer
                from:
                  uri: direct:on-answer
                  steps:
                    - to: micrometer:counter:of.a.user
            """;

    @TempDir
    private static Path folder;

    private static Installation installation;
    private static String metrics;

    @BeforeAll
    static void dialSomeNumbers() throws Exception {
        int port = FreePort.next();
        Files.writeString(folder.resolve("users.camel.yaml"), USERS_ROUTE);
        installation = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_OUTBOX_TO", "log:outcomes")
                .simulated(simulated -> simulated.callees(call -> call.number().startsWith("1")
                        ? CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(50))
                        : CalleePlan.refuses(486, Duration.ofMillis(20))))
                .start();
        installation.simulated().pause(true);
        installation.execute("INSERT INTO caller_id_pools (i_caller_id_pool, name) VALUES (1, 'main')");
        installation.execute("INSERT INTO caller_ids (i_caller_id_pool, number) VALUES (1, '+49 30 999')");
        long campaign = installation.campaign(
                "secret plan", Map.of("max_attempts", 1, "max_concurrent_calls", 100, "caller_id_pool", "main"));
        installation.numbers(campaign, "1", 30);
        installation.numbers(campaign, "2", 10);
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '1@@')");
        ApiClient api = new ApiClient(port);
        Awaitility.await().untilAsserted(() -> {
            metrics = api.get("/metrics").text();
            assertThat(value("callout_switch_calls_per_second{switch=\"sim\"}"))
                    .as("after refusals")
                    .isLessThan(1000);
        });
        installation.simulated().pause(false);
        installation.awaitAllFinished(Duration.ofSeconds(60));
        // Pauses of the collector are not served before there has been one.
        System.gc();
        // What is counted last of a call.
        Awaitility.await().untilAsserted(() -> {
            metrics = api.get("/metrics").text();
            assertThat(metrics)
                    .contains("callout_outcomes_total{result=\"unheard\"} 41.0\n", "jvm_gc_pause_seconds_sum");
            assertThat(ofRoute("camel_exchanges_total", "dial")).isGreaterThanOrEqualTo(40);
        });
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void countersTellWhatTheSwitchSaw() {
        List<LedgerCall> calls = installation.ledger().calls();
        long accepted = calls.stream().filter(LedgerCall::accepted).count();
        assertThat(accepted).isEqualTo(40);
        assertThat(value("callout_attempts_total{switch=\"sim\"}"))
                .isEqualTo(calls.size())
                .isGreaterThan(accepted);
        assertThat(value("callout_calls_refused_total{reason=\"busy\",switch=\"sim\"}"))
                .isEqualTo(calls.size() - accepted);
        assertThat(value("callout_calls_answered_total{switch=\"sim\"}")).isEqualTo(30);
        assertThat(value("callout_calls_ended_total{cause=\"NORMAL_CLEARING\",outcome=\"success\"}"))
                .isEqualTo(30);
        assertThat(value("callout_calls_ended_total{cause=\"USER_BUSY\",outcome=\"failure\"}"))
                .isEqualTo(10);
        for (String way : List.of(
                "callout_gateway_calls_total{gateway=\"gw\"", "callout_caller_id_calls_total{caller_id=\"+4930999\"")) {
            assertThat(value(way + ",result=\"short\"}")).isEqualTo(30);
            assertThat(value(way + ",result=\"unanswered\"}")).isEqualTo(10);
            assertThat(value(way + ",result=\"talked\"}")).isZero();
        }
        assertThat(value("callout_numbers_undialable_total")).isEqualTo(1);
        assertThat(value("callout_numbers_claimed_total"))
                .isEqualTo(value("callout_attempts_total{switch=\"sim\"}")
                        + value("callout_numbers_given_back_total")
                        + 1);
        assertThat(value("callout_status_write_rows_sum"))
                .as("answers and ends")
                .isEqualTo(30 + 40 + 1);
    }

    @Test
    void gaugesTellHowItStands() {
        assertThat(value("callout_database_up")).isEqualTo(1);
        assertThat(value("callout_switch_up{switch=\"sim\"}")).isEqualTo(1);
        assertThat(value("esl_connected{switch=\"sim\"}")).isEqualTo(1);
        assertThat(value("esl_calls_up{switch=\"sim\"}")).isZero();
        assertThat(value("callout_lease_left_seconds")).isBetween(0.0, 6.0);
        assertThat(SAMPLE.matcher(metrics)
                        .results()
                        .filter(one -> one.group(1).equals("callout_campaigns"))
                        .mapToDouble(one -> Double.parseDouble(one.group(3)))
                        .sum())
                .isEqualTo(1);
        assertThat(value("esl_event_lag_seconds_count{route=\"calls\",switch=\"sim\"}"))
                .isGreaterThan(40 * 2);
        assertThat(value("esl_event_lag_seconds_max{route=\"calls\",switch=\"sim\"}"))
                .isLessThan(60);
    }

    @Test
    void camelCountsWhatPassesRoutesAndUsersRoutesWithTheirOwnMeters() {
        assertThat(ofRoute("camel_exchanges_succeeded_total", "on-answer")).isEqualTo(30);
        assertThat(ofRoute("camel_route_policy_seconds_count", "on-answer")).isEqualTo(30);
        assertThat(value("of_a_user_total{camelContext=\"callout\"}")).isEqualTo(30);
        assertThat(ofRoute("camel_exchanges_total", "retry")).isEqualTo(40);
        assertThat(metrics).as("each event passes these").doesNotContain("routeId=\"calls\"", "routeId=\"status\"");
    }

    @Test
    void nothingNamesACampaignANumberOrACall() {
        assertThat(metrics)
                .doesNotContain("secret", "10000", "20000", "@@")
                .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
    }

    @Test
    void documentationListsWhatIsServedWithItsTypeAndLabels() throws Exception {
        Map<String, List<String>> documented = new TreeMap<>();
        String documentation = Files.readString(Path.of("docs/monitoring.md"));
        Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (\\w+) \\| ([^|]*)\\|")
                .matcher(documentation)
                .results()
                .forEach(row -> documented.put(
                        row.group(1),
                        Stream.concat(
                                        Stream.of(row.group(2)),
                                        Pattern.compile("\\w+")
                                                .matcher(row.group(3))
                                                .results()
                                                .map(MatchResult::group)
                                                .sorted())
                                .toList()));
        Map<String, List<String>> served = new TreeMap<>();
        Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$")
                .matcher(metrics)
                .results()
                .filter(type -> !OF_MICROMETER.matcher(type.group(1)).matches()
                        && !type.group(1).startsWith("of_a_user"))
                .filter(type -> !served.containsKey(type.group(1).replaceFirst("_max$", "")))
                .forEach(type -> served.put(
                        type.group(1),
                        Stream.concat(
                                        Stream.of(type.group(2).equals("histogram") ? "timer" : type.group(2)),
                                        labels(type.group(1)).stream())
                                .toList()));

        assertThat(documented).isEqualTo(served);
    }

    private static Set<String> labels(String metric) {
        return Pattern.compile("(?m)^" + metric + "(?:_count)?\\{(.*)} ")
                .matcher(metrics)
                .results()
                .flatMap(sample -> LABEL.matcher(sample.group(1)).results())
                .map(label -> label.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void alertsUseOnlyWhatIsServed() throws Exception {
        Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(MONITORING.resolve("alerts.yaml")));
        List<String> expressions = new ArrayList<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                Map<?, ?> fields = (Map<?, ?>) rule;
                assertThat((Object) fields.get("annotations")).asString().contains("summary=");
                expressions.add((String) fields.get("expr"));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(10);
        assertThat(metricsIn(expressions)).contains("callout_attempts_total", "up");
    }

    @Test
    void dashboardUsesOnlyWhatIsServed() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(MONITORING.resolve("grafana-dashboard.json").toFile());
        List<String> expressions = new ArrayList<>(dashboard.findValuesAsText("expr"));
        dashboard.at("/templating/list").forEach(variable -> {
            if (variable.get("type").asText().equals("query")) {
                expressions.add(variable.get("query").asText());
            }
        });
        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(metricsIn(expressions)).contains("callout_attempts_total");
    }

    /** The metrics that expressions of PromQL name, each of them served. */
    private static Set<String> metricsIn(List<String> expressions) {
        Set<String> served =
                SAMPLE.matcher(metrics).results().map(sample -> sample.group(1)).collect(Collectors.toSet());
        // Of the scrape, not of what is scraped.
        served.add("up");
        Set<String> used = new TreeSet<>();
        for (String expression : expressions) {
            String names = expression
                    .replaceAll("\"[^\"]*\"", "")
                    .replaceAll("\\{[^}]*}|\\[[^]]*]", "")
                    .replaceAll("\\b(by|on|without|ignoring) *\\([^)]*\\)", "")
                    .replaceAll(", *(instance|switch)\\)", ")");
            Pattern.compile("[a-zA-Z_][a-zA-Z_0-9]*")
                    .matcher(names)
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !PROMQL.contains(name))
                    .forEach(name -> {
                        assertThat(served).as(expression).contains(name);
                        used.add(name);
                    });
        }
        return used;
    }

    private static double ofRoute(String metric, String id) {
        return value(
                metric + "{camelContext=\"callout\",eventType=\"route\",kind=\"CamelRoute\",routeId=\"" + id + "\"}");
    }

    private static double value(String sample) {
        return SAMPLE.matcher(metrics)
                .results()
                .filter(one -> one.group().startsWith(sample + " "))
                .mapToDouble(one -> Double.parseDouble(one.group(3)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + sample));
    }
}
