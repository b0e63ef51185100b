package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It can be told later which file each number came by, and who has sent it. */
class ImportsIT {

    private static final Path FILES = Path.of("src/test/resources/field-cases");

    private static Installation callout;
    private static ApiClient api;
    private static int campaigns;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TRUSTED_PROXY", "127.0.0.1")
                .with("CALLOUT_COUNTRY", "US")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(20))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    private static ApiClient.Reply anna(String path, byte[] body) throws Exception {
        ApiClient anna = api.as("anna", "operator");
        return anna.send(anna.request(path)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/octet-stream"));
    }

    private static String imports(String query) throws Exception {
        return api.as("anna", "operator").get("/api/imports" + query).text();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static long campaign() throws Exception {
        return callout.campaign("c-" + campaigns++, Map.of("paused", 1, "max_attempts", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fail-10-utf16-and-other-files/utf16.csv",
                "fail-10-utf16-and-other-files/numbers.csv.gz",
                "fail-10-utf16-and-other-files/numbers.xlsx"
            })
    void aFileIsKnownByTheHashOfTheBytesThatWereSent(String file) throws Exception {
        long campaign = campaign();
        byte[] sent = Files.readAllBytes(FILES.resolve(file));
        ApiClient.Reply reply = anna(
                "/api/campaigns/" + campaign + "/numbers?file="
                        + FILES.resolve(file).getFileName(),
                sent);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(callout.column(
                        "SELECT CONCAT_WS(' ', i_import, who, file, sha256, lines_sent, accepted) FROM imports"
                                + " WHERE i_campaign = " + campaign))
                .containsExactly(String.join(
                        " ",
                        reply.json().get("i_import").toString(),
                        "user anna",
                        FILES.resolve(file).getFileName().toString(),
                        sha256(sent),
                        reply.json().get("lines").toString(),
                        reply.json().get("accepted").toString()));
    }

    @Test
    void numbersAndTheirAttemptsNameTheImportThatTheyCameBy() throws Exception {
        long campaign = campaign();
        Object first = anna(
                        "/api/campaigns/" + campaign + "/numbers",
                        "number\n202 555 0111\n".getBytes(StandardCharsets.UTF_8))
                .json()
                .get("i_import");
        Object second = anna(
                        "/api/campaigns/" + campaign + "/numbers?file=more.csv",
                        "number\n202 555 0111\n202 555 0112\n".getBytes(StandardCharsets.UTF_8))
                .json()
                .get("i_import");
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '202 555 0113')");
        callout.execute("UPDATE campaigns SET paused = 0 WHERE i_campaign = " + campaign);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign) == 3);
        assertThat(callout.column("SELECT CONCAT(number, ' ', COALESCE(i_import, 'by SQL')) FROM call_attempts"
                        + " WHERE i_campaign = " + campaign + " ORDER BY number"))
                .containsExactly("202 555 0111 " + first, "202 555 0112 " + second, "202 555 0113 by SQL");
        assertThat(callout.column("SELECT JSON_VALUE(changes, '$.i_import') FROM audit WHERE action = 'numbers.import'"
                        + " AND object = 'campaign " + campaign + "' ORDER BY i_audit"))
                .containsExactly(first.toString(), second.toString());
        assertThat(imports("?campaign=" + campaign + "&limit=1"))
                .contains("\"i_import\":" + second + ",", "\"file\":\"more.csv\"", "\"who\":\"user anna\"")
                .contains("\"lines_sent\":2,\"accepted\":1", "\"next\":" + second);
        assertThat(imports("?campaign=" + campaign + "&after=" + second))
                .contains("\"i_import\":" + first + ",", "\"file\":null", "\"next\":null");
    }

    @Test
    void whatWasRefusedAsAWholeIsNoImport() throws Exception {
        long campaign = campaign();
        ApiClient.Reply reply = anna(
                "/api/campaigns/" + campaign + "/numbers?mode=all",
                "number\n202 555 0121\nalice\n".getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json()).containsEntry("i_import", null);
        assertThat(callout.number("SELECT COUNT(*) FROM imports WHERE i_campaign = " + campaign))
                .isZero();
    }

    @Test
    void entriesOfDoNotCallListsComeByImportsToo() throws Exception {
        byte[] lines = "2025550131\n2025550132\nnobody\n".getBytes(StandardCharsets.UTF_8);
        Object common =
                anna("/api/do-not-call/numbers?file=all.txt", lines).json().get("i_import");
        Object further = anna("/api/do-not-call/numbers?list=ftc&country=US", lines)
                .json()
                .get("i_import");
        assertThat(anna("/api/do-not-call/numbers?list=ftc", "number\nnobody\n".getBytes(StandardCharsets.UTF_8))
                        .json())
                .containsEntry("i_import", null);
        assertThat(callout.column("SELECT CONCAT_WS(' ', i_import, COALESCE(do_not_call_list, 'all'),"
                        + " COALESCE(file, 'unnamed'), sha256, lines_sent, accepted) FROM imports"
                        + " WHERE i_campaign IS NULL ORDER BY i_import"))
                .containsExactly(
                        common + " all all.txt " + sha256(lines) + " 3 3",
                        further + " ftc unnamed " + sha256(lines) + " 3 2");
    }
}
