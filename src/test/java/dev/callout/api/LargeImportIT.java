package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.testbed.FreePort;
import dev.callout.testbed.FreshDatabase;
import java.io.BufferedWriter;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dialler as a process of its own, with a small heap. */
@Tag("full")
@Tag("alone")
class LargeImportIT {

    private static final int LINES = Integer.getInteger("callout.test.import-lines", 300_000);

    private static final int HEAP_MIB = 96;

    @TempDir
    Path folder;

    @Test
    void itsSizeNeedsNoMemory() throws Exception {
        int port = FreePort.next();
        String database = FreshDatabase.create();
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.callout.cli.Callout",
                "run",
                "--config",
                "config/callout.properties");
        command.environment()
                .putAll(Map.of(
                        "CALLOUT_DB_URL",
                        database,
                        "CALLOUT_DB_USER",
                        "root",
                        "CALLOUT_HTTP_PORT",
                        Integer.toString(port),
                        "CALLOUT_SWITCH_FS1_PASSWORD",
                        "of-none",
                        "CALLOUT_SWITCH_FS1_PORT",
                        Integer.toString(FreePort.next())));
        Process process = command.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            ApiClient api = new ApiClient(port);
            Awaitility.await("the tables are made")
                    .atMost(Duration.ofSeconds(120))
                    .ignoreExceptions()
                    .until(() ->
                            nodes(database) == 1 && api.get("/health?live=true").status() == 200);
            assertThat(api.post(
                                    "/api/campaigns",
                                    Map.of("name", "large", "profile_gateway", "gw", "action_on_answer", "echo()"))
                            .status())
                    .isEqualTo(201);
            Path file = folder.resolve("numbers.csv");
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write("cld,callerid\n");
                for (int i = 0; i < LINES; i++) {
                    out.write(i % 1000 == 999 ? "+49 30 0\n" : "+49 30 " + (1_000_000 + i) + ",+49891\n");
                }
            }

            long begun = System.nanoTime();
            ApiClient.Reply reply = api.send(api.request("/api/campaigns/large/numbers")
                    .header("Content-Type", "text/csv")
                    .timeout(Duration.ofMinutes(10))
                    .POST(HttpRequest.BodyPublishers.ofFile(file)));
            double seconds = (System.nanoTime() - begun) / 1e9;

            assertThat(reply.status())
                    .as(Files.readString(folder.resolve("log")))
                    .isEqualTo(200);
            assertThat(reply.json())
                    .containsEntry("lines", LINES)
                    .containsEntry("duplicate", LINES / 1000 - 1)
                    .containsEntry("accepted", LINES - LINES / 1000 + 1);
            System.out.printf(
                    "%,d lines imported in %.1f s, %,.0f a second, with a heap of %d MiB%n",
                    LINES, seconds, LINES / seconds, HEAP_MIB);

            try (Connection connection = DriverManager.getConnection(database, "root", "");
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status)"
                                + " SELECT CONCAT('export-', seq), 1, seq, '+49301234567', 1, 'success' FROM seq_1_to_"
                                + LINES);
            }
            Path attempts = folder.resolve("attempts.csv");
            assertThat(api.download("/api/campaigns/large/attempts?format=csv", attempts))
                    .isEqualTo(200);
            try (Stream<String> lines = Files.lines(attempts)) {
                assertThat(lines.count()).isEqualTo(LINES + 1);
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static int nodes(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, "root", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM nodes")) {
            row.next();
            return row.getInt(1);
        }
    }
}
