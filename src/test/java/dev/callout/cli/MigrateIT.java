package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What becomes of a {@code dialer.conf.xml} in the tables, by the command and by the option. */
class MigrateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path FULL = Path.of("src/test/resources/dialer/full.conf.xml");

    @TempDir
    private Path folder;

    @Test
    void campaignsAreImportedPausedAndTheReportSaysWhatWillHappen() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            Path file = Files.writeString(
                    folder.resolve("dialer.conf.xml"),
                    Files.readString(FULL)
                            .replace(
                                    "</campaigns>",
                                    "<campaign name='test'><param name='profile/gateway' value='trunk'/>"
                                            + "<param name='nonsense' value='1'/></campaign>"
                                            + "<campaign name='wrong'><param name='max_concurrent_calls' value='many'/></campaign>"
                                            + "</campaigns>"));
            callout.execute(
                    "CREATE TABLE my_list (number varchar(30) NOT NULL, lastcall datetime, lastresult varchar(30), calls int,"
                            + " in_use int, duration int, callerid varchar(25), PRIMARY KEY (number),"
                            + " KEY lc (lastcall)) ENGINE=MyISAM");
            String report = migrate(callout, file);

            assertThat(report).endsWith("Table my_list was altered\nTable callout_list was created\n");
            assertThat(
                            callout.column(
                                    "SELECT CONCAT_WS(' ', name, paused, profile_gateway, max_attempts, time_between_calls, finish_on,"
                                            + " threshold_msec, destination_list, cancel_ratio) FROM campaigns ORDER BY i_campaign"))
                    .containsExactly(
                            "survey 1 external/trunk 5 0.500 100 0 my_list 0",
                            "test 1 trunk 3 1.000 -1 0 callout_list 50",
                            "wrong 1 3 1.000 -1 0 callout_list 50");
            assertThat(report.lines().filter(line -> line.contains("campaign test: ")))
                    .first()
                    .asString()
                    .isEqualTo(
                            "  campaign test: cancel_ratio 50: that percentage of the calls is cancelled after one second,"
                                    + " which counts as an attempt (not in the file: the documented default)");
            assertThat(report)
                    .contains(
                            "campaign test: gaussian_distribution 1: every answered call is hung up after about 30 seconds",
                            "campaign survey: datetime_start 2026-12-24 09:00:00",
                            "campaign survey: global_caller_id is shown",
                            ":33: nonsense: there is no such parameter",
                            ":33: max_concurrent_calls: 'many' is not a whole number",
                            ":3: odbc-dsn: is not used")
                    .doesNotContain("s3cret", "campaign wrong: cancel_ratio");
            assertThat(report.indexOf("and Callout does"))
                    .isPositive()
                    .isLessThan(report.indexOf("ignored or did wrong"));
        }
    }

    @Test
    void importingAgainChangesOnlyWhatWasChangedInTheFileAndNeverPaused() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            migrate(callout, FULL);
            callout.execute("UPDATE campaigns SET paused = 0, max_attempts = 9, cli = NULL, timeout_sec = 46");
            assertThat(migrate(callout, FULL))
                    .contains("nothing has changed in the file; edited in the table, and kept:"
                            + " max_attempts, timeout_sec, cli");
            Path changed = Files.writeString(
                    folder.resolve("changed.xml"),
                    Files.readString(FULL)
                            .replace(
                                    "name=\"max_concurrent_calls\" value=\"50\"",
                                    "name=\"max_concurrent_calls\" value=\"60\"")
                            .replace(
                                    "name=\"originate_timeout\" value=\"45\"",
                                    "name=\"originate_timeout\" value=\"50\""));
            assertThat(migrate(callout, changed)).contains("now in the table: max_concurrent_calls, timeout_sec;");

            assertThat(callout.column(
                            "SELECT CONCAT_WS(' ', COUNT(*), paused, max_concurrent_calls, max_attempts, COALESCE(cli, 'NULL'),"
                                    + " timeout_sec) FROM campaigns"))
                    .containsExactly("1 0 60 9 NULL 50");
        }
    }

    @Test
    void theOptionImportsAtStartAndAWrongCampaignIsNotDialledUntilItsFileIsMended() throws Exception {
        Path file = Files.writeString(folder.resolve("dialer.conf.xml"), xml("many"));
        try (Installation callout = Installation.builder()
                .with("CALLOUT_DIALER_XML", file.toString())
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))))
                .start()) {
            await().atMost(PATIENCE).until(() -> callout.number("SELECT COUNT(*) FROM campaigns") == 2);
            callout.numbers(callout.number("SELECT i_campaign FROM campaigns WHERE name = 'wrong'"), "100", 3);
            callout.numbers(callout.number("SELECT i_campaign FROM campaigns WHERE name = 'right'"), "200", 3);
            callout.execute("UPDATE campaigns SET paused = 0, destination_list = NULL");
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 3);
            assertThat(callout.ledger().calls()).allMatch(call -> call.number().startsWith("200"));

            Files.writeString(file, xml("5"));
            callout.stop();
            callout.start();
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.column("SELECT max_concurrent_calls FROM campaigns ORDER BY name"))
                    .containsExactly("20", "5");
        }
    }

    @Test
    void whatModDialerLeftBehindIsMigratedAndDialledToTheEnd() throws Exception {
        Path file = Files.writeString(folder.resolve("dialer.conf.xml"), xml("5"));
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))))
                .build()) {
            callout.execute(
                    "CREATE TABLE callout_list (number varchar(30) NOT NULL, lastcall datetime, lastresult varchar(30),"
                            + " calls int, in_use int, duration int, callerid varchar(25), PRIMARY KEY (number),"
                            + " KEY lc (lastcall)) ENGINE=MyISAM");
            callout.execute(
                    "INSERT INTO callout_list VALUES ('1001', NULL, NULL, NULL, NULL, NULL, NULL), ('1002', NULL, '', 0, 1, 0, ''),"
                            + " ('1003', '2020-01-01', '', 1, 1, 0, '777'), ('1004', '2020-01-01', 'success', 1, 0, 0, '')");
            migrate(callout, file);
            callout.start();
            callout.execute("UPDATE campaigns SET paused = 0 WHERE name = 'right'");
            await().atMost(PATIENCE)
                    .until(() -> callout.number(
                                    "SELECT paused AND run_ended IS NOT NULL FROM campaigns WHERE name = 'right'")
                            == 1);

            assertThat(
                            callout.column(
                                    "SELECT CONCAT_WS(' ', number, lastresult, calls, in_use) FROM callout_list ORDER BY number"))
                    .containsExactly("1001 success 1 0", "1002 success 1 0", "1003 success 2 0", "1004 success 1 0");
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder("1001", "1002", "1003");
            assertThat(callout.ledger().calls("1003").get(0).variable("origination_caller_id_number"))
                    .isEqualTo("777");
            assertThat(callout.number("SELECT calls_made FROM campaigns WHERE name = 'right'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void importedCampaignsDialAsTheReadmeSaysWhetherAParameterIsAbsentEmptyOrGiven() throws Exception {
        Path file = Files.writeString(
                folder.resolve("dialer.conf.xml"),
                "<configuration><campaigns>"
                        + campaign("absent", Map.of())
                        + campaign(
                                "empty",
                                Map.of(
                                        "context",
                                        "",
                                        "add_custom_header_name",
                                        "",
                                        "add_custom_header_value",
                                        "",
                                        "cancel_ratio",
                                        "",
                                        "codec_list",
                                        "",
                                        "gaussian_distribution",
                                        "",
                                        "call_min_duration",
                                        "",
                                        "call_max_duration",
                                        "",
                                        "action_on_anwser",
                                        "park()",
                                        "datetime_start",
                                        ""))
                        + campaign(
                                        "given",
                                        Map.of(
                                                "context",
                                                "ivr",
                                                "dialplan_type",
                                                "xml",
                                                "custom_header_name",
                                                "X-Load",
                                                "custom_header_value",
                                                "7",
                                                "cancel_ratio",
                                                "0",
                                                "gaussian_distribution",
                                                "0",
                                                "call_min_duration",
                                                "9",
                                                "max_call_duration",
                                                "9",
                                                "originate_timeout",
                                                "45"))
                                .replace(
                                        "</campaign>",
                                        "<param name='transfer_on_answer' value='9999'/>"
                                                + "<param name='action_on_answer' value='park()'/>"
                                                + "<param name='global_caller_id' value='4930123'/><param name='codec_list' value='PCMA'/>"
                                                + "<param name='finish_on' value='3'/><param name='max_concurrent_calls' value='1'/></campaign>")
                        + "</campaigns></configuration>");
        try (Installation callout = Installation.builder()
                .with("CALLOUT_RANDOM_SEED", "1")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(30))))
                .build()) {
            callout.execute(
                    "CREATE TABLE given_list (number varchar(30) NOT NULL, lastcall datetime, lastresult varchar(30),"
                            + " calls int, in_use int, duration int, callerid varchar(25), PRIMARY KEY (number)) ENGINE=MyISAM");
            callout.execute("INSERT INTO given_list SELECT 305 - seq, NULL, NULL, 0, 0, 0, '' FROM seq_0_to_4");
            String report = migrate(callout, file);
            assertThat(report)
                    .contains("campaign given: transfer_on_answer and action_on_answer are both set:"
                            + " calls are transferred to 9999");
            callout.execute("INSERT INTO absent_list SELECT seq, NULL, NULL, 0, 0, 0, '' FROM seq_121_to_140");
            callout.execute("INSERT INTO empty_list SELECT seq, NULL, NULL, 0, 0, 0, '' FROM seq_201_to_202");
            callout.execute("UPDATE campaigns SET paused = 0");
            callout.start();
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().size() == 25
                            && callout.number("SELECT run_ended IS NOT NULL FROM campaigns WHERE name = 'given'") == 1);

            List<LedgerCall> absent = calls(callout, "1");
            assertThat(absent).hasSize(20).allSatisfy(call -> {
                assertThat(call.line()).endsWith("}sofia/gateway/gw/" + call.number() + " 8888 XML default");
                assertThat(call.variables())
                        .containsEntry("originate_timeout", "30")
                        .containsEntry("absolute_codec_string", "PCMA,PCMU,OPUS")
                        .containsEntry("sip_h_P-Campaing-Name", "my_campaign");
            });
            assertThat(absent)
                    .filteredOn(call -> call.variable("api_on_originate") != null)
                    .as("cancelled")
                    .hasSizeBetween(3, 17);
            assertThat(absent)
                    .extracting(call -> call.variable("execute_on_answer_1"))
                    .filteredOn(what -> what.startsWith("sched_hangup"))
                    .allMatch(what -> what.matches("sched_hangup \\+[1-7]?\\d ALLOTTED_TIMEOUT"))
                    .satisfies(drawn -> assertThat(Set.copyOf(drawn)).hasSizeGreaterThan(2));
            assertThat(calls(callout, "2")).hasSize(2).allSatisfy(call -> {
                assertThat(call.line()).endsWith("/" + call.number() + " &park()");
                assertThat(call.variable("execute_on_answer_1")).isEqualTo("sched_hangup +3600 ALLOTTED_TIMEOUT");
                assertThat(call.variables())
                        .doesNotContainKeys("absolute_codec_string", "sip_h_P-Campaing-Name", "api_on_originate");
            });
            assertThat(calls(callout, "3"))
                    .extracting(LedgerCall::number)
                    .as("by number")
                    .containsExactly("301", "302", "303");
            assertThat(calls(callout, "3")).allSatisfy(call -> {
                assertThat(call.line()).endsWith(" 9999 XML ivr");
                assertThat(call.variables())
                        .containsEntry("originate_timeout", "45")
                        .containsEntry("absolute_codec_string", "PCMA")
                        .containsEntry("sip_h_X-Load", "7")
                        .containsEntry("origination_caller_id_number", "4930123")
                        .containsEntry("execute_on_answer_1", "sched_hangup +9 ALLOTTED_TIMEOUT");
            });
        }
    }

    private static List<LedgerCall> calls(Installation callout, String prefix) {
        return callout.ledger().calls().stream()
                .filter(call -> call.number().startsWith(prefix))
                .toList();
    }

    /** A campaign with a gateway and a list of its own, and no pause between calls. */
    private static String campaign(String name, Map<String, String> parameters) {
        StringBuilder xml = new StringBuilder("<campaign name='" + name + "'><param name='profile/gateway' value='gw'/>"
                + "<param name='destination_list' value='" + name
                + "_list'/><param name='time_between_calls' value='0'/>");
        parameters.forEach((parameter, value) -> xml.append("<param name='")
                .append(parameter)
                .append("' value='")
                .append(value)
                .append("'/>"));
        return xml.append("</campaign>").toString();
    }

    private static String xml(String maxConcurrentCalls) {
        String sound = "<param name='profile/gateway' value='gw'/><param name='action_on_anwser' value='echo()'/>"
                + "<param name='cancel_ratio' value='0'/><param name='gaussian_distribution' value='0'/>"
                + "<param name='time_between_calls' value='0'/>";
        return "<configuration><campaigns><campaign name='right'>" + sound + "</campaign>\n<campaign name='wrong'>"
                + sound
                + "<param name='max_concurrent_calls' value='" + maxConcurrentCalls
                + "'/></campaign></campaigns></configuration>";
    }

    private String migrate(Installation callout, Path file) throws Exception {
        Path config = folder.resolve("callout.properties");
        Files.writeString(config, "callout.db.url=" + callout.url() + "\ncallout.db.user=root\n");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Callout.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = line.execute("migrate", file.toString(), "--config", config.toString());
        assertThat(status).as(err.toString()).isZero();
        return out.toString();
    }
}
