package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.files.WorkbookFile;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.FreshDatabase;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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
                "-Djava.io.tmpdir=" + folder,
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
            for (String name : List.of("numbers.csv", "numbers.csv.gz", "numbers.xlsx")) {
                importFile(api, file(name), Files.readString(folder.resolve("log")));
            }
            Awaitility.await("no temporary file is left")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> files("callout-").isEmpty());

            try (Connection connection = DriverManager.getConnection(database, "root", "");
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status)"
                                + " SELECT CONCAT('export-', seq), 1, seq, '+49301234567', 1, 'success' FROM seq_1_to_"
                                + LINES);
            }
            Path attempts = folder.resolve("attempts.csv");
            assertThat(api.download("/api/campaigns/numbers.csv/attempts?format=csv", attempts))
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

    private void importFile(ApiClient api, Path file, String log) throws Exception {
        String campaign = file.getFileName().toString();
        assertThat(api.post(
                                "/api/campaigns",
                                Map.of("name", campaign, "profile_gateway", "gw", "action_on_answer", "echo()"))
                        .status())
                .isEqualTo(201);
        long begun = System.nanoTime();
        ApiClient.Reply reply = api.send(api.request("/api/campaigns/" + campaign + "/numbers")
                .header("Content-Type", "application/octet-stream")
                .timeout(Duration.ofMinutes(10))
                .POST(HttpRequest.BodyPublishers.ofFile(file)));
        double seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(reply.status()).as(log).isEqualTo(200);
        assertThat(reply.json())
                .containsEntry("lines", LINES)
                .containsEntry("duplicate", LINES / 1000 - 1)
                .containsEntry("accepted", LINES - LINES / 1000 + 1);
        System.out.printf(
                "%,d lines of %s imported in %.1f s, %,.0f a second, with a heap of %d MiB%n",
                LINES, campaign, seconds, LINES / seconds, HEAP_MIB);
    }

    private static String number(int line) {
        return line % 1000 == 999 ? "+49 30 0" : "+49 30 " + (1_000_000 + line);
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            if (name.endsWith(".xlsx")) {
                writeWorkbook(out);
            } else {
                writeLines(name.endsWith(".gz") ? new GZIPOutputStream(out) : out);
            }
        }
        return file;
    }

    private static void writeLines(OutputStream out) throws IOException {
        try (Writer lines = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            lines.write("cld,callerid\n");
            for (int i = 0; i < LINES; i++) {
                lines.write(number(i) + ",+49891\n");
            }
        }
    }

    /** As Excel does, which keeps each text once, behind the sheet. */
    private static void writeWorkbook(OutputStream out) throws IOException {
        try (WorkbookFile book = new WorkbookFile(out)) {
            book.sheets("<sheet r:id='rId1'/>");
            book.begin("xl/worksheets/sheet1.xml");
            book.write("<worksheet><sheetData>");
            for (int i = -1; i < LINES; i++) {
                book.write("<row><c t='s'><v>" + (i + 2) + "</v></c><c t='s'><v>" + (i < 0 ? 0 : LINES + 2)
                        + "</v></c></row>");
            }
            book.write("</sheetData></worksheet>");
            book.begin("xl/sharedStrings.xml");
            book.write("<sst><si><t>callerid</t></si><si><t>cld</t></si>");
            for (int i = 0; i < LINES; i++) {
                book.write("<si><t>" + number(i) + "</t></si>");
            }
            book.write("<si><t>+49891</t></si></sst>");
        }
    }

    /** Returns the files in the folder, which is the dialler's for temporary files, whose names begin so. */
    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
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
