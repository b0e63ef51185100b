package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.callout.dialler.node.Lease;
import dev.callout.testbed.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of routes/examples that take reports, each as it stands there. */
class ReportExamplesIT {

    private static final Path EXAMPLES = Path.of("routes/examples");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** A dialler with one of the files, and an hour's attempts of a campaign, of which a report is due. */
    private Installation reporting(String example, Properties properties) throws Exception {
        Files.writeString(
                folder.resolve(example),
                Files.readString(EXAMPLES.resolve(example))
                        .replace("file:reports", "file:" + folder.resolve("reports")));
        Installation callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .prepared(context -> context.getPropertiesComponent().setOverrideProperties(properties))
                .start();
        callout.campaign("spring", Map.of());
        callout.execute(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, connect_time,"
                        + " disconnect_time, status, hangup_cause) SELECT UUID(), 1, seq, 'x', 1, IF(seq = 1, NULL, '2026-11-20 09:10:00'),"
                        + " '2026-11-20 09:10:30', IF(seq = 1, 'failure', 'success'), IF(seq = 1, 'USER_BUSY', 'NORMAL_CLEARING')"
                        + " FROM seq_1_to_3");
        callout.execute(
                "INSERT INTO timetables (name, cron, timezone, action, last_fired, changed) VALUES ('daily', '0 0 6 * * ?',"
                        + " 'UTC', 'report', '2026-11-20 06:00:00', '2026-11-20 12:00:00')");
        Instant due = Instant.parse("2026-11-21T06:00:00Z");
        callout.execute("UPDATE timetables SET changed = FROM_UNIXTIME(" + (due.getEpochSecond() - 3600) + ")");
        Lease lease = callout.camelContext().getRegistry().lookupByNameAndType("lease", Lease.class);
        await().atMost(SOON).until(lease::held);
        callout.camelContext()
                .createFluentProducerTemplate()
                .to("seda:timetable?size=1")
                .send();
        return callout;
    }

    private static void assertTells(JsonNode report) {
        assertThat(report.get("name").asText()).isEqualTo("daily");
        assertThat(report.get("from").asText()).isEqualTo("2026-11-20T06:00:00Z");
        assertThat(report.get("outcomes"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"i_campaign\":1,\"campaign\":\"spring\",\"hour\":\"2026-11-20T09:00:00Z\",\"status\":\"failure\","
                                + "\"cause\":\"USER_BUSY\",\"attempts\":1,\"answered\":0,\"talk_seconds\":0}",
                        "{\"i_campaign\":1,\"campaign\":\"spring\",\"hour\":\"2026-11-20T09:00:00Z\",\"status\":\"success\","
                                + "\"cause\":\"NORMAL_CLEARING\",\"attempts\":2,\"answered\":2,\"talk_seconds\":60}");
    }

    @Test
    void aReportIsWrittenToAFile() throws Exception {
        try (Installation callout = reporting("report-to-file.camel.yaml", new Properties())) {
            Path reports = folder.resolve("reports");
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> finished(reports).size() == 1);
            assertTells(new ObjectMapper().readTree(finished(reports).get(0).toFile()));
            assertThat(callout.column("SELECT last_result FROM timetables")).containsExactly("reported");
        }
    }

    @Test
    void aReportIsWrittenToAWorkbook() throws Exception {
        try (Installation callout = reporting("report-to-xlsx.camel.yaml", new Properties())) {
            Path reports = folder.resolve("reports");
            await().atMost(SOON).ignoreExceptions().until(() -> finished(reports).stream()
                    .anyMatch(file -> file.toString().endsWith(".xlsx")));
            Path workbook = finished(reports).stream()
                    .filter(file -> file.toString().endsWith(".xlsx"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile zip = new ZipFile(workbook.toFile())) {
                assertThat(new String(
                                zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))
                                        .readAllBytes(),
                                StandardCharsets.UTF_8))
                        .contains(">talk_seconds<")
                        .contains(">USER_BUSY<")
                        .contains("<c><v>60</v></c>");
            }
            assertThat(callout.column("SELECT last_result FROM timetables")).containsExactly("reported");
        }
    }

    private static List<Path> finished(Path reports) throws Exception {
        try (Stream<Path> files = Files.list(reports)) {
            return files.filter(file -> file.getFileName().toString().startsWith("report-"))
                    .toList();
        }
    }

    @Test
    void aReportIsSentByMail() throws Exception {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(SOON.toMillis());
        GreenMail server = new GreenMail(setup);
        server.start();
        Properties properties = new Properties();
        properties.put("mail.server", "127.0.0.1:" + server.getSmtp().getPort());
        try (Installation callout = reporting("report-by-mail.camel.yaml", properties)) {
            assertThat(server.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();
            assertThat(callout.column("SELECT last_result FROM timetables")).containsExactly("reported");
            assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("What became of our calls");
            assertTells(new ObjectMapper().readTree(server.getReceivedMessages()[0].getInputStream()));
        } finally {
            server.stop();
        }
    }
}
