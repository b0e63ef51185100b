package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.callout.api.files.WorkbookFile;
import dev.callout.testbed.Installation;
import dev.callout.testbed.Wav;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ApiCommandsIT {

    private static Installation installation;
    private static int port;

    @TempDir
    Path folder;

    /** A line of the configuration. */
    private String withToken = "";

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(200))))
                .start();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    /** What a command printed, and how it ended. */
    private record Result(int code, String out, String err) {}

    private Path config() {
        try {
            return Files.writeString(
                    folder.resolve("callout.properties"), "callout.http.port=" + port + "\n" + withToken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result callout(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(Math.min(2, all.size()), List.of("--config", config().toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Callout.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Result(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    @Test
    void aTokenIsPrintedOnceListedAndRevoked() throws Exception {
        Result created = callout("token", "create", "night", "--role", "admin", "--days", "30");
        assertThat(created.out()).as(created.err()).matches("callout_[A-Za-z0-9_-]{43}\n");
        Result refused = callout("token", "list");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("needs a bearer token");
        withToken = "callout.http.token=" + created.out();
        assertThat(callout("token", "list").out())
                .contains("night", "admin", "local")
                .doesNotContain("callout_");
        Result revoked = callout("token", "revoke", "night");
        assertThat(revoked.code()).as(revoked.err()).isZero();
        assertThat(revoked.out()).contains("is revoked. It was the last one");
        withToken = "";
        assertThat(callout("token", "list").code()).isZero();
    }

    @Test
    void whatIsHeldOfAPersonIsWrittenForTheOwnerAloneAndErased() throws Exception {
        long campaign = installation.campaign("persons", Map.of("paused", 1));
        installation.execute(
                "INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '+49 30 23125041')");
        Path file = folder.resolve("person.json");
        Result written = callout("person", "export", "+493023125041", file.toString());
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(file).content().contains("\"+49 30 23125041\"", "\"persons\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(callout("person", "export", "+493023125041", file.toString()).err())
                .contains("already");

        assertThat(callout("person", "erase", "+493023125041").err()).contains("callout.erase-key");
        installation.change("CALLOUT_ERASE_KEY", "0123456789abcdef0123456789abcdef");
        assertThat(callout("person", "erase", "030 23125041", "--country", "DE").out())
                .contains("campaign_phones: 1\n", "Callout cannot reach:\n", "Kafka");
        assertThat(callout("person", "export", "+493023125041").out()).contains("\"campaign_phones\" : [ ]");
        installation.execute("DELETE FROM campaign_phones WHERE i_campaign = " + campaign);
    }

    @Test
    void aStartWarnsOfCallsWithoutACallerIdAndAnExportSaysWhyItFailed() throws Exception {
        installation.campaign("unseen", Map.of("paused", 1));
        assertThat(callout("campaign", "start", "unseen").out()).contains("Warning: there is no caller ID");
        callout("campaign", "stop", "unseen");
        Path nowhere = folder.resolve("nowhere").resolve("attempts.csv");
        assertThat(callout("numbers", "export", "unseen", nowhere.toString()).err())
                .isEqualTo("export failed: " + nowhere + ": there is no such file or folder\n");
    }

    @Test
    void campaignsAreClonedAndDeletedNumbersCalledAgainAndImportsUndone() throws Exception {
        long campaign = installation.campaign("many", Map.of("paused", 1));
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld, status, finished, call_count, hangup_cause)"
                + " VALUES (" + campaign + ", '70101', 'failure', 1, 3, 'USER_BUSY')");
        assertThat(callout("campaign", "call-again", "many").out())
                .contains("USER_BUSY")
                .endsWith("1 numbers were not reached. --do-it reopens them.\n");
        assertThat(callout("campaign", "call-again", "many", "--cause", "NO_ANSWER", "--do-it")
                        .out())
                .endsWith("0 numbers are reopened.\n");
        assertThat(callout("campaign", "call-again", "many", "--status", "failure", "--do-it")
                        .out())
                .endsWith("1 numbers are reopened.\n");

        Path file = Files.writeString(folder.resolve("more.csv"), "number\n70102\n70103\n");
        callout("numbers", "import", "many", file.toString());
        String listed = callout("numbers", "imports", "many").out();
        assertThat(listed).contains("more.csv", "local");
        String key = installation
                .column("SELECT i_import FROM imports WHERE file = 'more.csv'")
                .get(0);
        assertThat(callout("numbers", "undo", key).out()).isEqualTo("2 removed, 0 already called.\n");

        assertThat(callout("campaign", "clone", "many", "many more").out())
                .isEqualTo("Campaign many more is created like many, and paused. It has no numbers.\n");
        assertThat(callout("campaign", "delete", "many").out())
                .isEqualTo("Campaign many is deleted. 1 numbers stay in table campaign_phones, 0 attempts stay in table"
                        + " call_attempts.\n");
        assertThat(callout("campaign", "delete", "many more", "--numbers").out())
                .startsWith("Campaign many more is deleted. 0 numbers are removed, ");
    }

    @Test
    void aTestCallIsShownStepByStep() throws Exception {
        installation.campaign("tested", Map.of("paused", 1));
        assertThat(callout("test-call", "tested", "70055").err()).contains("no test number");
        assertThat(callout("test-number", "add", "7-0055", "--name", "desk").out())
                .isEqualTo("70055 is a test number now.\n");
        assertThat(callout("test-number", "list").out()).contains("70055", "desk", "local");
        Result called = callout("test-call", "tested", "70055");
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.out().lines().map(line -> line.replaceAll("^\\S+ ", "")
                        .replaceAll("[\\d.]+ s", "n s")))
                .containsExactly("dialled", "rings", "answered", "ended, heard for n s: NORMAL_CLEARING");
        assertThat(callout("test-number", "remove", "70055").code()).isZero();
        assertThat(installation.column("SELECT name FROM test_numbers WHERE number = '70055'"))
                .isEmpty();
    }

    @Test
    void gatewaysAndTheirGroupsAreKeptByCommands() throws Exception {
        Result added =
                callout("gateway", "set", "ext/cmd", "dial_format=e164", "prefix=00", "prefixes=49", "privacy=true");
        assertThat(added.out()).as(added.err()).isEqualTo("Gateway ext/cmd is added.\n");
        assertThat(callout("gateway", "set", "ext/cmd", "weight=3", "prefix=").out())
                .isEqualTo("Gateway ext/cmd is changed.\n");
        assertThat(installation.column(
                        "SELECT CONCAT_WS(' ', dial_format, prefix, prefixes, privacy, weight) FROM gateways"
                                + " WHERE name = 'ext/cmd'"))
                .containsExactly("e164 49 1 3");
        assertThat(callout("gateway", "disable", "ext/cmd").code()).isZero();
        assertThat(callout("gateway", "list").out()).containsPattern("ext/cmd +disabled +0 +0 +1 +3 +all +49\n");
        assertThat(callout("gateway", "enable", "ext/cmd").code()).isZero();
        assertThat(callout("gateway", "reset", "ext/cmd").code()).isZero();
        assertThat(callout("gateway", "set", "ext/cmd", "billing_increment=60", "codecs=")
                        .code())
                .isZero();
        assertThat(installation.column("SELECT billing_increment FROM gateways WHERE name = 'ext/cmd'"))
                .as("text that looks like a number")
                .containsExactly("60");
        assertThat(callout("gateway", "set", "ext::cmd", "weight=3").err())
                .contains("A row describes this gateway already: ext/cmd");
        assertThat(callout("gateway", "set", "ext/cmd", "dial_format=odd").err())
                .contains("dial_format");

        assertThat(callout("gateway", "set-group", "of cmd", "ext/cmd", "ext/two")
                        .out())
                .isEqualTo("Group of cmd has 2 gateways.\n");
        assertThat(callout("gateway", "remove", "ext/cmd").err()).contains("of cmd");
        assertThat(callout("gateway", "set-group", "of cmd", "ext/two").code()).isZero();
        assertThat(callout("gateway", "groups").out()).containsPattern("of cmd +ext/two\n");
        assertThat(callout("gateway", "remove-group", "of cmd").code()).isZero();
        assertThat(callout("gateway", "remove", "ext/cmd").code()).isZero();
        assertThat(installation.column("SELECT name FROM gateways")).doesNotContain("ext/cmd");
    }

    @Test
    void callerIdsAreKeptByCommands() throws Exception {
        assertThat(callout("caller-id", "add", "cmd", "+4930111").out())
                .isEqualTo("Pool cmd is created with +4930111.\n");
        assertThat(callout("caller-id", "add", "cmd", "4930222", "--weight", "2", "--prefix", "+49")
                        .code())
                .isZero();
        assertThat(callout("caller-id", "disable", "cmd", "+4930111").out()).isEqualTo("+4930111 is disabled.\n");
        assertThat(callout("caller-id", "list", "cmd").out())
                .containsPattern("cmd +\\+4930111 +no +1\n")
                .containsPattern("cmd +4930222 +yes +2 +\\+49\n");
        assertThat(callout("caller-id", "enable", "cmd", "100").err()).contains("the pool has no caller ID 100");
        assertThat(callout("caller-id", "remove", "cmd", "+4930111").code()).isZero();
        assertThat(callout("caller-id", "list").out()).contains("4930222").doesNotContain("4930111");
        assertThat(callout("caller-id", "remove", "cmd").out()).isEqualTo("Pool cmd is removed.\n");
    }

    @Test
    void routesAreReloadedByCommand() throws Exception {
        assertThat(callout("reload", "--json").out().replaceAll("\\s", ""))
                .isEqualTo("{\"replaced\":[],\"added\":[],\"removed\":[],\"warnings\":[]}");
    }

    @Test
    void aNodeIsDrainedAndMakesCallsAgainByCommand() throws Exception {
        assertThat(callout("drain", "--json").out().replaceAll("\\s", ""))
                .endsWith("{\"node\":\"test\",\"draining\":true,\"calls_left\":0}");
        assertThat(callout("drain", "--cancel")).isEqualTo(new Result(0, "Node test makes new calls.\n", ""));
    }

    @Test
    void everythingIsStoppedAndResumedByCommand() throws Exception {
        try {
            Result stopped = callout("stop-all", "--why=wrong prompt");
            assertThat(stopped.code()).as(stopped.err()).isZero();
            assertThat(stopped.out())
                    .matches("Everything is stopped since 2\\S+Z by local: wrong prompt\n"
                            + "Calls that are up go on\\.\n");
            assertThat(callout("stop-all", "--hangup").out())
                    .contains("wrong prompt\nCalls that are up are hung up.\n");
            assertThat(installation.column("SELECT CONCAT_WS(' ', why, hang_up) FROM stop_all"))
                    .containsExactly("wrong prompt 1");
            installation.execute("INSERT INTO nodes (incarnation, name, expires, version) VALUES"
                    + " ('old', 'old one', UTC_TIMESTAMP() + INTERVAL 1 HOUR, '0.9')");
            Result warned = callout("stop-all");
            assertThat(warned.code()).isEqualTo(1);
            assertThat(warned.out()).contains("dial on: old one (0.9). Stop them.\n");
            assertThat(callout("stop-all", "--why=" + "x".repeat(256)).err()).contains("why");
        } finally {
            installation.execute("DELETE FROM nodes WHERE incarnation = 'old'");
            assertThat(callout("resume-all").out()).isEqualTo("Nothing is stopped any more.\n");
        }
        assertThat(installation.number("SELECT COUNT(*) FROM stop_all")).isZero();
    }

    @Test
    void whatIsDoneByTheCalendarIsKeptByCommands() throws Exception {
        installation.campaign("by the calendar", Map.of("paused", 1));
        assertThat(callout(
                        "timetable",
                        "add",
                        "start",
                        "30 9 * * *",
                        "--campaign",
                        "by the calendar",
                        "--timezone",
                        "UTC"))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(1);
                    assertThat(refused.err())
                            .startsWith("add failed: cron: '30 9 * * *' is not a Quartz cron expression");
                });
        assertThat(callout(
                                "timetable",
                                "add",
                                "start",
                                "0 0 9 1 1 ? 2099",
                                "--campaign",
                                "by the calendar",
                                "--timezone",
                                "UTC",
                                "--reopen",
                                "failed",
                                "--name",
                                "open")
                        .out())
                .matches("Added as i_timetable \\d+ \\(open\\), next: 2099-01-01T09:00:00Z.\n");
        assertThat(callout("timetable", "list").out())
                .containsPattern("open +by the calendar +start +0 0 9 1 1 \\? 2099 +2099-01-01T09:00:00Z");
        assertThat(callout("timetable", "disable", "open").out()).startsWith("Disabled i_timetable ");
        assertThat(callout("timetable", "list").out()).containsPattern("open +.*2099 +disabled");
        assertThat(callout("timetable", "enable", "open").out()).endsWith("(open), next: 2099-01-01T09:00:00Z.\n");
        assertThat(installation.column("SELECT CONCAT_WS(' ', reopen, enabled) FROM timetables WHERE name = 'open'"))
                .containsExactly("failed 1");
        assertThat(callout("timetable", "remove", "open").out()).startsWith("Removed i_timetable ");
        assertThat(callout("timetable", "remove", "open").err())
                .isEqualTo("remove failed: there is no open among the timetables\n");
    }

    @Test
    void promptsAreUploadedByCommands() throws Exception {
        installation.change("CALLOUT_PROMPT_FOLDER", folder.toString());
        Path first = Files.write(folder.resolve("closed today.wav"), Wav.tone(8000, 1500, 440));
        Path second = Files.write(folder.resolve("later.wav"), Wav.tone(8000, 750, 440));
        assertThat(callout("prompt", "upload", first.toString()).out())
                .matches(
                        "Prompt closed today \\(i_ivr_prompt \\d+\\) plays closed today.wav: 1.5 s, as /.*/[0-9a-f]{64}.wav.\n");
        assertThat(callout("prompt", "upload", second.toString(), "--prompt", "closed today")
                        .err())
                .contains("there is a prompt closed today already");
        assertThat(callout("prompt", "upload", second.toString(), "--prompt", "closed today", "--replace")
                        .out())
                .contains("plays later.wav: 0.75 s");
        assertThat(callout("prompt", "files").out()).contains("later.wav").contains("closed today");
        assertThat(callout("prompt", "remove-file", "later.wav").err()).contains("use it: closed today");
        assertThat(callout("prompt", "remove-file", "closed today.wav").out()).isEqualTo("Removed closed today.wav.\n");
        assertThat(callout("prompt", "list").out()).contains("closed today");
        Path none = Files.writeString(folder.resolve("none.wav"), "no sound");
        assertThat(callout("prompt", "upload", none.toString()).err()).contains("The file is");
    }

    @Test
    void holidaysAreImportedByCommands() throws Exception {
        Path days = Files.writeString(
                folder.resolve("days.csv"), "date,text\n2099-01-01,New Year\n2099-05-01,Labour Day\n");
        assertThat(callout("holidays", "import", "Thuringia", days.toString()).out())
                .matches("Calendar i_holiday_calendar \\d+ \\(Thuringia\\): 2 holidays.\n");
        assertThat(callout("holidays", "import", "Thuringia", days.toString()).out())
                .endsWith(": 2 holidays.\n");
        assertThat(callout("holidays", "list", "Thuringia").out()).containsPattern("Thuringia +2099-05-01 +Labour Day");
        assertThat(callout("holidays", "remove", "Thuringia", "2099-05-01").out())
                .endsWith(": 1 holidays.\n");
        assertThat(callout("holidays", "remove", "Thuringia", "2099-05-01").err())
                .isEqualTo("remove failed: There is no holiday 2099-05-01 in this calendar\n");
        assertThat(callout("holidays", "remove", "Thuringia").code()).isZero();
        assertThat(installation.number("SELECT COUNT(*) FROM holidays WHERE date >= '2099-01-01'"))
                .isZero();
    }

    @Test
    void doNotCallListsAreKeptByCommands() throws Exception {
        Path lines = Files.writeString(folder.resolve("dnc.txt"), "202,5550101\n202,5550102\nnobody 1\n");
        assertThat(callout("do-not-call", "import", lines.toString(), "--list", "ftc", "--country", "US")
                        .out())
                .startsWith("2 of 3 lines accepted, 1 refused.\nLine 3: ");
        assertThat(callout("do-not-call", "list", "--list", "ftc").out())
                .containsPattern("2025550101 +\\+12025550101\n")
                .containsPattern("2025550102 +\\+12025550102\n");
        Path other = Files.writeString(folder.resolve("other.txt"), "202,5550103\n");
        assertThat(callout("do-not-call", "import", other.toString(), "--list", "ftc", "--replace")
                        .out())
                .isEqualTo("1 of 1 lines accepted, 0 refused.\n");
        assertThat(callout("do-not-call", "list", "--list", "ftc").out()).doesNotContain("5550101");
        assertThat(callout("do-not-call", "lists").out()).containsPattern("ftc +US +20");

        assertThat(callout("do-not-call", "add", "+1 202 555 0199", "--reason", "asked us not to")
                        .out())
                .isEqualTo("Added +12025550199.\n");
        assertThat(callout("do-not-call", "list", "1-202-555-0199").code()).isZero();
        assertThat(callout("do-not-call", "list", "+1-202-555-0199").out()).contains("asked us not to");
        assertThat(callout("do-not-call", "remove", "+1-202-555-0199").out()).isEqualTo("Removed 1.\n");
        assertThat(callout("do-not-call", "remove", "+1-202-555-0199").code()).isEqualTo(1);
        assertThat(callout("do-not-call", "import", lines.toString(), "--replace")
                        .err())
                .contains("replace is for a further list");
    }

    @Test
    void aCampaignIsRunByCommands() throws Exception {
        Path numbers = Files.writeString(folder.resolve("numbers.csv"), "030 1\n030 2\n;\n");
        Path attempts = folder.resolve("attempts.csv");

        assertThat(callout(
                        "campaign",
                        "create",
                        "by command",
                        "profile_gateway=gw",
                        "cli=+4930111",
                        "action_on_answer=echo()",
                        "threshold_msec=0"))
                .isEqualTo(new Result(0, "Campaign by command is created, and paused.\n", ""));
        assertThat(callout("campaign", "create", "by command", "profile_gateway=gw"))
                .isEqualTo(new Result(1, "", "create failed: There is a campaign of this name already\n"));
        assertThat(callout("numbers", "import", "by command", numbers.toString()))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(1);
                    assertThat(refused.out())
                            .startsWith("Nothing was imported: 0 of 3 lines accepted")
                            .contains("Line 3: the number ';'");
                });
        assertThat(callout("numbers", "import", "by command", numbers.toString(), "--good")
                        .code())
                .isZero();
        assertThat(callout("campaign", "start", "by command").out()).isEqualTo("Campaign by command is started.\n");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        callout("campaign", "show", "by command", "--json").out())
                .contains("\"success\" : 2"));
        // The counts of a list may be seconds old.
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        callout("campaign", "list").out())
                .containsPattern("by command +idle +2 +2"));
        assertThat(callout("numbers", "export", "by command", attempts.toString())
                        .code())
                .isZero();
        assertThat(attempts).content().contains(",030 1,1,", ",030 2,1,");
        assertThat(callout("campaign", "show", "nobody").err()).isEqualTo("show failed: There is no campaign nobody\n");
        assertThat(callout("campaign", "show", ""))
                .isEqualTo(new Result(1, "", "show failed: the name of the campaign is empty\n"));
    }

    @Test
    void aFileIsImportedAsWhatItHoldsWhateverItsName() throws Exception {
        installation.campaign("of files", Map.of("profile_gateway", "gw", "paused", 1));
        Path lines = Files.writeString(folder.resolve("numbers.csv"), "{\"cld\":\"030 1\"}\n{\"cld\":\"030 2\"}\n");
        assertThat(callout("numbers", "import", "of files", lines.toString()).out())
                .startsWith("2 of 2 lines accepted");
        Path book = Files.write(
                folder.resolve("numbers.json"),
                WorkbookFile.of(
                        "<row><c t='s'><v>0</v></c></row><row><c><v>4930231250110</v></c></row>", "Tel. priv."));
        assertThat(callout("numbers", "import", "of files", book.toString())).satisfies(asked -> {
            assertThat(asked.code()).isEqualTo(1);
            assertThat(asked.err()).contains("--column number=NAME");
        });
        assertThat(callout("numbers", "import", "of files", book.toString(), "--column", "number=tel. PRIV.")
                        .out())
                .startsWith("1 of 1 lines accepted");
        assertThat(installation.column("SELECT cld FROM campaign_phones p JOIN campaigns c USING (i_campaign)"
                        + " WHERE c.name = 'of files' ORDER BY i_campaign_phone"))
                .containsExactly("030 1", "030 2", "4930231250110");
    }

    @Test
    void whoStartsACampaignThatCannotDialIsToldWhy() throws Exception {
        installation.campaign("without numbers", Map.of("profile_gateway", "gw", "paused", 1, "cli", "+4930111"));
        installation.campaign("without schedule", Map.of("profile_gateway", "gw", "paused", 1, "i_schedule", 77));
        installation.campaign(
                "without list", Map.of("profile_gateway", "gw", "paused", 1, "destination_list", "mistyped"));

        assertThat(callout("campaign", "start", "without numbers"))
                .isEqualTo(new Result(0, "Campaign without numbers is started, but idle: no number is due.\n", ""));
        assertThat(callout("campaign", "resume", "without schedule").out())
                .startsWith("Campaign without schedule is resumed, but idle: ")
                .contains("there is no schedule 77");
        assertThat(callout("campaign", "start", "without list").out())
                .startsWith("Campaign without list is started, but idle: ");
        assertThat(callout("campaign", "pause", "without numbers").out())
                .isEqualTo("Campaign without numbers is paused.\n");
        assertThat(callout("campaign", "list").out()).containsPattern("without numbers +paused");
    }

    @Test
    void numbersComeFromAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        installation.campaign("of a pipe", Map.of("profile_gateway", "gw", "paused", 1));
        Process writer = new ProcessBuilder("sh", "-c", "printf '030 1\\n030 2\\n' > \"$0\"", pipe.toString()).start();

        assertThat(callout("numbers", "import", "of a pipe", pipe.toString()).out())
                .startsWith("2 of 2 lines accepted");
        assertThat(writer.waitFor()).isZero();
    }

    @Test
    void statusTellsHowEverythingStandsAndWhyNothingRings() throws Exception {
        installation.campaign("of status", Map.of("profile_gateway", "gw", "paused", 1));
        Awaitility.await("the campaign is read").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        callout("status", "of status", "--once"))
                .satisfies(status -> {
                    assertThat(status.code()).isZero();
                    assertThat(status.out())
                            .containsPattern(
                                    "\\d\\d:\\d\\d:\\d\\d \\w+  0 of 0 numbers finished, 0 calls up \\(0 talking, 0 ringing\\), 0 a minute")
                            .contains("switch sim  connected, 0 calls up")
                            .containsPattern("of status +paused +0 +0 +0 +0 +0 +paused");
                }));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        callout("status", "--once", "--json").out())
                .contains("\"health\" : {", "\"why_idle\" : \"paused\""));
        assertThat(callout("status", "nobody", "--once").err())
                .isEqualTo("status failed: There is no campaign nobody\n");
    }

    @Test
    void statusGoesOnUntilItIsToldToEndAndTellsWhatIsDown() throws Exception {
        StringWriter out = new StringWriter();
        Thread watching = new Thread(
                () -> Callout.commandLine()
                        .setOut(new PrintWriter(out))
                        .execute("status", "--config", config().toString()),
                "Watching");
        installation.simulated().stopListening();
        installation.simulated().dropConnections();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(callout("status", "--once")).satisfies(status -> {
                        assertThat(status.code()).isEqualTo(1);
                        assertThat(status.out())
                                .contains("DOWN  Switch sim (127.0.0.1:", "switch sim  away, 0 calls up");
                    }));
            watching.start();
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(out.toString())
                    .contains("switch sim  away"));
        } finally {
            installation.simulated().listenAgain();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(out.toString())
                .contains("switch sim  connected"));
        watching.interrupt();
        watching.join(Duration.ofSeconds(30).toMillis());
        assertThat(watching.isAlive()).isFalse();
    }

    @Test
    void examplesOfTheDocumentationRunAsTheyStand() throws Exception {
        boolean curl = new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
        if (!curl) {
            System.out.println(
                    "ApiCommandsIT: the examples of docs/api.md are not run, for there is no curl on this machine");
        }
        assumeTrue(curl, "there is no curl");
        List<String> examples = Pattern.compile("(?m)(?:^    .+\n)+")
                .matcher(Files.readString(Path.of("docs/api.md")))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(examples).hasSizeGreaterThan(5);
        // The examples name the first of each.
        installation.execute("TRUNCATE timetables");
        installation.execute("TRUNCATE holiday_calendars");
        for (String example : examples) {
            Process process = new ProcessBuilder(
                            "sh", "-e", "-c", example.replace("127.0.0.1:8080", "127.0.0.1:" + port))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("%s%n%s", example, output).isZero();
        }
        assertThat(installation.column(
                        "SELECT CONCAT_WS(' ', paused, max_concurrent_calls, max_attempts) FROM campaigns"
                                + " WHERE name = 'spring'"))
                .containsExactly("1 50");
        // The last import has been undone.
        assertThat(installation.number("SELECT COUNT(*) FROM campaign_phones p JOIN campaigns c USING (i_campaign)"
                        + " WHERE c.name = 'spring'"))
                .isEqualTo(3);
    }
}
