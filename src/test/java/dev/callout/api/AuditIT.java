package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who changed what, whichever way it was changed. */
class AuditIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static Installation installation;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TRUSTED_PROXY", "127.0.0.1")
                .with("CALLOUT_AUDIT_DAYS", "30")
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(100))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static ApiClient.Reply anna(String method, String path, String body) throws Exception {
        return api.send(api.request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("X-Callout-User", "anna")
                .header("X-Callout-Role", "admin")
                .header("X-Forwarded-For", "192.168.0.9"));
    }

    /** The entries about an object: who, action and changes. */
    private static List<String> entries(String object) throws Exception {
        return installation.column("SELECT CONCAT_WS(' | ', who, action, changes) FROM audit WHERE object LIKE '"
                + object + "' ORDER BY i_audit");
    }

    private static long campaign(String name) throws Exception {
        ApiClient.Reply created = anna(
                "POST", "/api/campaigns", "{\"name\":\"" + name + "\",\"username\":\"x\",\"md5secret\":\"geheim\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return ((Number) created.json().get("i_campaign")).longValue();
    }

    @Test
    void whatIsDoneOverTheApiHasItsEntryWithBeforeAndAfter() throws Exception {
        long key = campaign("by hand");
        String path = "/api/campaigns/" + key;
        anna("PATCH", path, "{\"max_attempts\":7,\"md5secret\":\"anderes\"}");
        anna("POST", path + "/numbers", "[\"+49 30 23125567\",\"+49 30 23125568\"]");
        anna("POST", path + "/start", "");
        anna("POST", path + "/pause", "");
        anna("DELETE", path, "");
        assertThat(entries("campaign " + key + "%"))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("user anna | campaign.create | ")
                                .contains(
                                        "\"paused\":{\"before\":null,\"after\":1}", "\"md5secret\":{\"hidden\":true}"),
                        one -> assertThat(one)
                                .isEqualTo("user anna | campaign.change | {\"md5secret\":{\"hidden\":true},"
                                        + "\"max_attempts\":{\"before\":null,\"after\":7}}"),
                        one -> assertThat(one)
                                .matches(Pattern.quote(
                                                "user anna | numbers.import | {\"lines\":2,\"accepted\":2,\"i_import\":")
                                        + "\\d+}"),
                        one -> assertThat(one)
                                .isEqualTo("user anna | campaign.start | {\"paused\":{\"before\":1,\"after\":0}}"),
                        one -> assertThat(one)
                                .isEqualTo("user anna | campaign.pause | {\"paused\":{\"before\":0,\"after\":1}}"),
                        one -> assertThat(one).isEqualTo("user anna | campaign.delete"));
        assertThat(installation.column("SELECT changes FROM audit").toString()).doesNotContain("geheim", "anderes");
        assertThat(installation.column("SELECT DISTINCT source FROM audit WHERE who = 'user anna'"))
                .containsExactly("192.168.0.9");

        ApiClient.Reply page = anna("GET", "/api/audit?who=user%20anna&object=campaign%20" + key + "&limit=2", "");
        assertThat(page.text()).contains("\"action\":\"campaign.delete\"", "\"action\":\"campaign.pause\"");
        ApiClient.Reply next = anna(
                "GET",
                "/api/audit?who=user%20anna&object=campaign%20" + key + "&limit=2&after="
                        + page.json().get("next"),
                "");
        assertThat(next.text())
                .contains("\"action\":\"campaign.start\"", "\"changes\":{\"paused\":{\"before\":1,\"after\":0}}");
    }

    @Test
    void theOtherResourcesHaveEntriesTooAndWhatIsRefusedHasNone() throws Exception {
        ApiClient.Reply prompt = anna("POST", "/api/prompts", "{\"name\":\"hello\",\"file\":\"/a.wav\"}");
        String path = prompt.header("Location");
        anna("PATCH", path, "{\"file\":\"/b.wav\"}");
        api.send(api.request(path)
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"file\":\"/c.wav\"}"))
                .header("Content-Type", "application/json")
                .header("If-Match", "\"other\"")
                .header("X-Callout-User", "anna")
                .header("X-Callout-Role", "admin"));
        anna("DELETE", path, "");
        assertThat(entries("prompt % hello"))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("user anna | prompt.create | "),
                        one -> assertThat(one)
                                .isEqualTo("user anna | prompt.change |"
                                        + " {\"file\":{\"before\":\"/a.wav\",\"after\":\"/b.wav\"}}"),
                        one -> assertThat(one).startsWith("user anna | prompt.delete | "));
        anna("POST", "/api/do-not-call", "{\"number\":\"+49 30 77\",\"reason\":\"asked us\"}");
        anna("DELETE", "/api/do-not-call/+493077", "");
        anna("DELETE", "/api/do-not-call/+493077", "");
        assertThat(entries("+493077"))
                .containsExactly(
                        "user anna | do-not-call.put | {\"reason\":\"asked us\"}", "user anna | do-not-call.remove");
        anna("POST", "/api/tokens", "{\"name\":\"t\",\"role\":\"viewer\"}");
        anna("DELETE", "/api/tokens/t", "");
        assertThat(entries("token t"))
                .containsExactly("user anna | token.create | {\"role\":\"viewer\"}", "user anna | token.revoke");
        anna("POST", "/api/drain/start", "");
        anna("POST", "/api/drain/stop", "");
        assertThat(entries("node test")).containsExactly("user anna | node.drain", "user anna | node.drain-end");
    }

    @Test
    void aScanFindsWhatWasChangedBySqlAndNobodyElseGetsTheBlame() throws Exception {
        long key = campaign("by sql");
        installation.execute("UPDATE campaigns SET max_concurrent_calls = 9 WHERE i_campaign = " + key);
        anna("POST", "/api/campaigns/" + key + "/start", "");
        installation.execute("UPDATE campaigns SET paused = 1, name = 'BY SQL' WHERE i_campaign = " + key);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(entries("campaign " + key + "%"))
                .hasSize(4));
        installation.execute("DELETE FROM campaigns WHERE i_campaign = " + key);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(entries("campaign " + key + "%"))
                .hasSize(5));
        assertThat(entries("campaign " + key + "%"))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("user anna | campaign.create | "),
                        one -> assertThat(one)
                                .isEqualTo("SQL or unknown | campaign.change |"
                                        + " {\"max_concurrent_calls\":{\"before\":null,\"after\":9}}"),
                        one -> assertThat(one)
                                .isEqualTo("user anna | campaign.start | {\"paused\":{\"before\":1,\"after\":0}}"),
                        one -> assertThat(one)
                                .isEqualTo("SQL or unknown | campaign.change |"
                                        + " {\"name\":{\"before\":\"by sql\",\"after\":\"BY SQL\"},"
                                        + "\"paused\":{\"before\":0,\"after\":1}}"),
                        one -> assertThat(one).isEqualTo("SQL or unknown | campaign.delete"));
    }

    @Test
    void whatSqlChangesInGatewaysGroupsAndCallerIdsIsFoundOnceAndNotWhatTheApiChanged() throws Exception {
        String path = anna("POST", "/api/gateways", "{\"name\":\"ext/a\",\"weight\":2}")
                .header("Location");
        anna("POST", "/api/gateway-groups", "{\"name\":\"g\",\"gateways\":\"ext/a\"}");
        String pool = anna("POST", "/api/caller-id-pools", "{\"name\":\"p\",\"caller_ids\":[{\"number\":\"100\"}]}")
                .header("Location");
        installation.execute("UPDATE gateways SET enabled = 0 WHERE name = 'ext/a'");
        installation.execute("UPDATE gateway_groups SET gateways = 'ext/b' WHERE name = 'g'");
        installation.execute("UPDATE caller_ids SET enabled = 0 WHERE number = '100'");
        // Whether a node has looked before this or not.
        anna("PATCH", path, "{\"weight\":3}");
        String key = installation
                .column("SELECT i_caller_id FROM caller_ids WHERE number = '100'")
                .get(0);
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(entries("gateway % ext/a"))
                    .satisfiesExactly(
                            one -> assertThat(one).startsWith("user anna | gateway.create | "),
                            one -> assertThat(one)
                                    .isEqualTo(
                                            "SQL or unknown | gateway.change | {\"enabled\":{\"before\":1,\"after\":0}}"),
                            one -> assertThat(one)
                                    .isEqualTo("user anna | gateway.change | {\"weight\":{\"before\":2,\"after\":3}}"));
            assertThat(entries("gateway group % g"))
                    .hasSize(2)
                    .last()
                    .isEqualTo(
                            "SQL or unknown | gateway-group.change | {\"gateways\":{\"before\":\"ext/a\",\"after\":\"ext/b\"}}");
            assertThat(entries("caller id pool % p"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("SQL or unknown | caller-id-pool.change | {\"caller_id " + key + "\":{\"before\":{");
        });

        assertThat(anna("DELETE", pool, "").status()).isEqualTo(204);
        installation.execute("DELETE FROM gateways WHERE name = 'ext/a'");
        installation.execute("INSERT INTO gateways (name) VALUES ('ext/new')");
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(entries("gateway % ext/a")).hasSize(4).last().isEqualTo("SQL or unknown | gateway.delete");
            assertThat(entries("gateway % ext/new"))
                    .singleElement()
                    .asString()
                    .startsWith("SQL or unknown | gateway.create | ");
        });
        assertThat(entries("caller id pool % p"))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("user anna | caller-id-pool.delete");
        assertThat(installation.column("SELECT kind FROM audited_rows ORDER BY kind"))
                .containsExactly("gateway", "gateway-group");
    }

    @Test
    void aRunThatHasUsedUpItsNumbersIsEndedByCallout() throws Exception {
        long key = installation.campaign("ends", Map.of("finish_on", -1, "max_attempts", 1));
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(entries("campaign " + key + "%"))
                .singleElement()
                .asString()
                .startsWith("SQL or unknown | campaign.create | "));
        installation.numbers(key, "100", 1);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(entries("campaign " + key + "%"))
                .contains("Callout | campaign.end | {\"paused\":{\"before\":0,\"after\":1}}"));
    }

    @Test
    void operationsOverJmxAreThoseOfJmx() throws Exception {
        long key = campaign("over jmx");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("dev.callout:type=Campaign,name=over jmx");
        Awaitility.await().atMost(SOON).until(() -> server.isRegistered(name));
        server.invoke(name, "start", null, null);
        server.setAttribute(name, new Attribute("MaxConcurrentCalls", 3));
        assertThat(entries("campaign " + key + "%"))
                .endsWith(
                        "JMX | campaign.start | {\"paused\":{\"before\":1,\"after\":0}}",
                        "JMX | campaign.change | {\"max_concurrent_calls\":{\"before\":null,\"after\":3}}");
    }

    @Test
    void whoeverHoldsTheAuditKeepsNobodyFromStoppingCampaignsNorFromProtectingPeople() throws Exception {
        long started = campaign("stopped");
        long paused = campaign("paused");
        anna("POST", "/api/campaigns/" + started + "/start", "");
        anna("POST", "/api/campaigns/" + paused + "/start", "");
        long planned = campaign("planned");
        anna("POST", "/api/campaigns/" + planned + "/start", "");
        try (Connection holder = DriverManager.getConnection(installation.url());
                Statement statement = holder.createStatement()) {
            statement.execute("LOCK TABLES audit WRITE");
            long began = System.nanoTime();
            assertThat(anna("POST", "/api/campaigns/" + started + "/stop", "").status())
                    .isEqualTo(200);
            assertThat(anna("POST", "/api/campaigns/" + paused + "/pause", "").status())
                    .isEqualTo(200);
            assertThat(anna("POST", "/api/do-not-call", "{\"number\":\"+49 30 78\"}")
                            .status())
                    .isEqualTo(201);
            installation.execute("INSERT INTO timetable_tasks (i_campaign, i_timetable, scheduled, action) VALUES ("
                    + planned + ", 1, UTC_TIMESTAMP(3), 'stop')");
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                            installation.column("SELECT paused FROM campaigns WHERE i_campaign = " + planned))
                    .containsExactly("1"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(anna("POST", "/api/campaigns/" + started + "/start", "").status())
                    .as("what calls people is not done without its entry")
                    .isEqualTo(503);
            assertThat(installation.column("SELECT COUNT(*) FROM campaigns WHERE paused = 1 AND i_campaign IN ("
                            + started + ", " + paused + ", " + planned + ")"))
                    .containsExactly("3");
        }
        assertThat(installation.column("SELECT number FROM do_not_call WHERE number LIKE '%78'"))
                .hasSize(1);
        for (long key : List.of(started, paused, planned)) {
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(entries("campaign " + key + "%"))
                    .endsWith("SQL or unknown | campaign.change | {\"paused\":{\"before\":0,\"after\":1}}"));
        }
    }

    @Test
    void entriesThatAreTooOldAreDeletedAfterAStart() throws Exception {
        installation.execute(
                "INSERT INTO audit (at, who, action, object) VALUES"
                        + " (UTC_TIMESTAMP() - INTERVAL 31 DAY, 'x', 'old', 'x'), (UTC_TIMESTAMP() - INTERVAL 29 DAY, 'x', 'new', 'x')");
        installation.stop();
        installation.start();
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                        installation.column("SELECT action FROM audit WHERE who = 'x'"))
                .containsExactly("new"));
    }

    /** Two statements add entries, one deletes old ones, one erases a person. */
    @Test
    void nothingChangesAnEntry() throws Exception {
        Pattern written =
                Pattern.compile("(?is)\\b(UPDATE|INTO|FROM|TRUNCATE|ALTER TABLE|DROP TABLE|RENAME TABLE)\\s+audit\\b");
        try (Stream<Path> sql = Files.walk(Path.of("src/main/resources/sql"));
                Stream<Path> routes = Files.walk(Path.of("routes"));
                Stream<Path> java = Files.walk(Path.of("src/main/java"))) {
            Stream<Path> files = Stream.concat(sql, Stream.concat(routes, java)).filter(Files::isRegularFile);
            assertThat(files.filter(file -> written.matcher(read(file)).find())
                            .map(file -> file.getFileName().toString()))
                    .as("besides what reads, and the erasure of a person")
                    .containsExactlyInAnyOrder(
                            "insert.sql",
                            "insert-audit.sql",
                            "delete-old.sql",
                            "audit.sql",
                            "audit-end.sql",
                            "audit-find.sql",
                            "audit-row.sql",
                            "audit-erase.sql",
                            "keep.sql");
        }
        assertThat(read(Path.of("src/main/resources/sql/api/audit.sql")))
                .contains("SELECT")
                .doesNotContain("DELETE");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
