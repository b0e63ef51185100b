package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callout.cli.output.FailureReport;
import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import dev.callout.simulator.SimulatorSettings;
import dev.callout.simulator.callee.CalleeMix;
import dev.callout.simulator.callee.CalleeTable;
import dev.callout.testbed.LogCapture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class CalloutTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine line =
            Callout.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpNamesEveryCommand() {
        assertThat(line.execute("--help")).isZero();
        assertThat(out.toString()).contains("  demo  ", "  run  ", "  switch  ");
    }

    @Test
    void helpOfTheSwitchTellsWhatEachCalleeDoesInLinesOfATerminal() {
        assertThat(line.execute("switch", "--help")).isZero();
        assertThat(out.toString()).contains(CalleeTable.TABLE.lines().toList());
    }

    @Test
    void nothingSaidIsTheDemo() {
        assertThat(Callout.arguments()).containsExactly("demo");
        assertThat(Callout.arguments("run", "--config", "x")).containsExactly("run", "--config", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "switch", "demo", "check", "status", "completion"})
    void everyCommandTellsItsVersion(String command) {
        assertThat(line.execute(command.isEmpty() ? new String[] {"--version"} : new String[] {command, "--version"}))
                .isZero();
        assertThat(out.toString()).startsWith("Callout ");
    }

    @Test
    void theLineAtTheStartTellsWithWhatItRuns() throws Exception {
        Settings settings = Settings.load(
                null,
                Map.of(
                        "CALLOUT_DB_URL",
                        "jdbc:mariadb://db/callout?trustStore=x",
                        "CALLOUT_DB_USER",
                        "dialler",
                        "CALLOUT_DB_PASSWORD",
                        "s3cret",
                        "CALLOUT_NODE",
                        "one",
                        "CALLOUT_SWITCHES",
                        "fs1,fs2",
                        "CALLOUT_SWITCH_FS2_HOST",
                        "10.0.0.2",
                        "CALLOUT_SWITCH_FS2_PASSWORD",
                        "s3cret",
                        "CALLOUT_HTTP_PORT",
                        "8080"));
        assertThat(RunCommand.ready(settings, Path.of("my.properties")))
                .startsWith("Callout ")
                .endsWith(" is ready: settings"
                        + " my.properties, database jdbc:mariadb://db/callout as dialler, node one, switches fs1 (127.0.0.1:8021),"
                        + " fs2 (10.0.0.2:8021), HTTP on 127.0.0.1:8080");
    }

    @Test
    void bashCompletesCommandsAndOptions(@TempDir Path folder) throws Exception {
        assertThat(line.execute("completion")).isZero();
        Path script = Files.writeString(folder.resolve("completion.sh"), out.toString());
        assertThat(completed(script, "callout", "camp")).containsExactly("campaign");
        assertThat(completed(script, "callout", "campaign", "pau")).containsExactly("pause");
        assertThat(completed(script, "callout", "check", "--js")).containsExactly("--json");
    }

    /** What bash offers for the last of these words once it has read the script. */
    private static List<String> completed(Path script, String... words) throws Exception {
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        ". " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                                + (words.length - 1) + "; _complete_callout; echo ${COMPREPLY[@]}")
                .start();
        return List.of(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split("\\s+"));
    }

    @Test
    void switchWithoutOptionsIsAFreshFreeSwitchOnLoopback() {
        SimulatorSettings settings = switchSettings();
        assertThat(settings)
                .extracting("host", "port", "password", "sessionsPerSecond", "maxSessions", "timeScale", "ledger")
                .containsExactly("127.0.0.1", 8021, "ClueCon", 30, 1000, 1.0, null);
        assertThat(settings).extracting("callees").isInstanceOf(CalleeTable.class);
    }

    @Test
    void optionsOfTheSwitchReachIt() {
        SimulatorSettings settings = switchSettings(
                "--port",
                "0",
                "--password",
                "own",
                "--gateway",
                "a",
                "--gateway",
                "b",
                "--ledger",
                "calls.jsonl",
                "--sessions-per-second",
                "150",
                "--max-sessions",
                "500",
                "--time-scale",
                "10",
                "--answer-rate",
                "0.3",
                "--seed",
                "7",
                "--refusal",
                "486=1",
                "--refusal",
                "503=0.5");

        assertThat(settings)
                .extracting("port", "password", "gateways", "ledger", "sessionsPerSecond", "maxSessions", "timeScale")
                .containsExactly(0, "own", List.of("a", "b"), Path.of("calls.jsonl"), 150, 500, 10.0);
        assertThat(settings).extracting("callees").isInstanceOf(CalleeMix.class);
    }

    @Test
    void impossibleOptionIsToldInASentenceWithoutStack() {
        assertThatThrownBy(() -> switchSettings("--answer-rate", "1.5")).isInstanceOf(ParameterException.class);
        assertThat(line.execute("switch", "--time-scale", "-1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("time scale must be above 0").doesNotContain("\tat ");
    }

    @Test
    void diallerWithoutApiCannotBeAsked(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("no-api.properties"), "callout.http.port=\n");
        assertThat(line.execute("campaign", "list", "--config", config.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains(config + ": callout.http.port: the dialler has no API to ask")
                .doesNotContain("\tat ");
    }

    @Test
    void fileThatIsNotThereIsToldInASentenceAndAFaultOfOursWithItsStack() {
        assertThat(line.execute("numbers", "import", "sale", "/no/such/file.csv"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("there is no file /no/such/file.csv that can be read")
                .contains("numbers import")
                .doesNotContain("Not started", "\tat ");

        try (LogCapture log = new LogCapture()) {
            IllegalArgumentException ours = new IllegalArgumentException("3 cells for 2 headings");
            assertThat(new FailureReport().handleExecutionException(ours, line, null))
                    .isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(log.stackTraces()).containsExactly("callout failed");
        }
    }

    @Test
    void wrongSettingsAndFailingDevicesAreToldWithoutStack() {
        SettingsException wrong = catchThrowableOfType(
                SettingsException.class,
                () -> Settings.load(null, Map.of("CALLOUT_NODE", "a b", "CALLOUT_TIMEZONE", "Mars")));
        FailureReport report = new FailureReport();

        assertThat(report.handleExecutionException(wrong, line, null)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(report.handleExecutionException(new UncheckedIOException(new IOException("disk full")), line, null))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(report.handleExecutionException(
                        new YamlEngineException("in file:my.camel.yaml, line 6"), line, null))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains("CALLOUT_NODE", "CALLOUT_TIMEZONE", "callout failed: disk full", "my.camel.yaml, line 6")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "fs.example, , fs.example:5061",
        "fs.example:5060, , fs.example:5061",
        "fs.example, sip.example, sip.example"
    })
    void theHostOfListenIsTheProxyWhereNothingElseNamesOne(String listen, String given, String proxy) throws Exception {
        RunCommand run = (RunCommand) line.parseArgs("run", "-l", listen, "--config", "config/callout.properties")
                .subcommand()
                .commandSpec()
                .userObject();
        assertThat(run.settings(given == null ? Map.of() : Map.of("CALLOUT_CAMPAIGN_SIPPROXY", given))
                        .calls()
                        .dial()
                        .sipProxy())
                .contains(proxy);
    }

    @Test
    void aHostOfListenThatIsNoneIsNamedAsItWasGiven() {
        assertThat(line.execute("run", "-l", "bad host:99999x", "--config", "config/callout.properties"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("-l must be HOST or HOST:PORT, not 'bad host:99999x'\n");
    }

    private SimulatorSettings switchSettings(String... options) {
        String[] words = Stream.concat(Stream.of("switch"), Stream.of(options)).toArray(String[]::new);
        return ((SwitchCommand) line.parseArgs(words).subcommand().commandSpec().userObject()).settings();
    }
}
