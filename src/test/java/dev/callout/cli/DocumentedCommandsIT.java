package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of README.md, docs/operating.md, docs/tables.md, docs/reports.md and docs/migrating.md, run as they stand and in their order:
 * commands of callout, SQL, and what is asked of the switch by fs_cli. (Those of docs/api.md: {@link ApiCommandsIT}; routes:
 * RouteExamplesIT.)
 */
class DocumentedCommandsIT {

    private static final Pattern EXAMPLE = Pattern.compile(
            "(?m)^ {4,}((?:callout|java -jar target/callout.jar|fs_cli)\\b.*|(?:UPDATE|INSERT|SELECT|DELETE)\\b[^;]*;)$");

    /** What starts the dialler, which runs here already, what waits for the ends of its calls, and what mod_dialer was asked. */
    private static final Pattern NOT_HERE =
            Pattern.compile(".*callout.jar (run|switch|migrate) .*|callout drain|.*(dialer stop|mod_dialer).*");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation installation;
    private static int port;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .start();
        Files.writeString(
                folder.resolve("callout.properties"),
                "callout.http.port=" + port
                        + "\ncallout.db.url=" + installation.url()
                        + "\ncallout.switches=sim\ncallout.switch.sim.port="
                        + installation.simulated().port() + "\n");
        Files.writeString(folder.resolve("numbers.csv"), "100050\n100060\n");
        await("the switch is connected").atMost(PATIENCE).untilAsserted(() -> callout("status --once"));
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    /** Runs a page's examples; returns how many there were. */
    private static int run(String page) throws Exception {
        int count = 0;
        for (MatchResult match :
                EXAMPLE.matcher(Files.readString(Path.of(page))).results().toList()) {
            String example = match.group(1);
            if (NOT_HERE.matcher(example).matches()) {
                continue;
            }
            count++;
            if (example.startsWith("fs_cli")) {
                assertThat(fsCli(example.replaceAll("^fs_cli -x '(.*)'$", "$1")))
                        .as(example)
                        .doesNotStartWith("-");
            } else if (example.matches("(callout|java) .*")) {
                callout(example.replaceFirst("^(callout|java -jar target/callout.jar) ", ""));
            } else {
                installation.execute(example);
            }
        }
        return count;
    }

    private static void callout(String line) throws Exception {
        Process words = new ProcessBuilder("sh", "-c", "for word in " + line + "; do echo \"$word\"; done")
                .redirectErrorStream(true)
                .start();
        List<String> arguments = new ArrayList<>(new String(
                        words.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(word ->
                        word.endsWith(".csv") ? folder.resolve("numbers.csv").toString() : word)
                .map(word -> word.endsWith("dialer.conf.xml") ? "src/test/resources/dialer/full.conf.xml" : word)
                .toList());
        arguments.add("--config=" + folder.resolve("callout.properties"));
        if (arguments.get(0).equals("status") && !arguments.contains("--once")) {
            arguments.add("--once");
        }
        StringWriter out = new StringWriter();
        int code = Callout.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as("callout %s%n%s", line, out).isZero();
    }

    /** What the switch answers to an API command. */
    private static String fsCli(String command) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), installation.simulated().port())) {
            socket.getOutputStream()
                    .write(("auth ClueCon\n\napi " + command + "\n\nexit\n\n").getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.replaceFirst("(?s).*Content-Type: api/response\nContent-Length: \\d+\n\n", "");
        }
    }

    /** The campaign that the examples are about, which another test may have created. */
    private static long spring() throws Exception {
        if (installation.number("SELECT COUNT(*) FROM campaigns WHERE name = 'spring'") == 0) {
            installation.campaign("spring", Map.of("paused", 1));
        }
        return installation.number("SELECT i_campaign FROM campaigns WHERE name = 'spring'");
    }

    @Test
    void readme() throws Exception {
        assertThat(run("README.md")).isGreaterThanOrEqualTo(5);
        assertThat(installation.column(
                        "SELECT cld FROM campaign_phones JOIN campaigns USING (i_campaign)" + " WHERE name = 'hello'"))
                .containsExactlyInAnyOrder("+493023125456", "100050", "100060");
    }

    @Test
    void operating() throws Exception {
        assertThat(run("docs/operating.md")).isGreaterThanOrEqualTo(15);
        assertThat(installation.column("SELECT DISTINCT CONCAT_WS(' ', action, changes) FROM audit"
                        + " WHERE object = 'installation' ORDER BY 1"))
                .containsExactly(
                        "installation.resume",
                        "installation.stop {\"why\":\"wrong prompt\",\"hangup\":false}",
                        "installation.stop {\"why\":\"wrong prompt\",\"hangup\":true}");
        assertThat(installation.number("SELECT COUNT(*) FROM stop_all"))
                .as("everything is resumed")
                .isZero();
        // The dialler may have sent a last call after all were hung up.
        await().atMost(PATIENCE).until(() -> installation.simulated().callsUp() == 0);
        assertThat(installation.number("SELECT COUNT(*) FROM do_not_call WHERE reason = 'asked us not to'"))
                .isEqualTo(1);
    }

    @Test
    void tables() throws Exception {
        long campaign = spring();
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld, finished, call_count, status)" + " VALUES ("
                + campaign + ", '100050', 1, 3, 'success')");
        assertThat(run("docs/tables.md")).isGreaterThanOrEqualTo(10);
        assertThat(installation.column("SELECT CONCAT_WS(' ', s.name, start_wday, stop_wday, start_time, stop_time)"
                        + " FROM schedules s JOIN schedule_records USING (i_schedule) ORDER BY i_schedule_record"))
                .containsExactly(
                        "office hours 1 5 09:00:00 17:59:59",
                        "friday night 5 5 22:00:00 23:59:59",
                        "friday night 6 6 00:00:00 01:59:59");
        assertThat(installation.column(
                        "SELECT CONCAT_WS(' ', s.name, file) FROM campaigns c JOIN schedules s USING (i_schedule)"
                                + " JOIN ivr_prompts USING (i_ivr_prompt) WHERE c.name = 'spring'"))
                .containsExactly("office hours /prompts/closed.wav");
        assertThat(installation.number("SELECT COUNT(*) FROM campaign_phones WHERE i_campaign = " + campaign
                        + " AND finished = 0 AND call_count = 0"))
                .isEqualTo(1);
        assertThat(installation.number("SELECT COUNT(*) FROM do_not_call WHERE expires > UTC_TIMESTAMP()"))
                .isEqualTo(1);
    }

    @Test
    void reports() throws Exception {
        spring();
        assertThat(run("docs/reports.md")).isEqualTo(2);
    }

    @Test
    void migrating() throws Exception {
        installation.campaign("reminder", Map.of("paused", 1));
        assertThat(run("docs/migrating.md")).isGreaterThanOrEqualTo(10);
        assertThat(installation.column("SELECT CONCAT_WS(' ', name, cancel_ratio, max_concurrent_calls) FROM campaigns"
                        + " WHERE name = 'survey'"))
                .containsExactly("survey 0 1");
        assertThat(installation.number("SELECT paused FROM campaigns WHERE name = 'reminder'"))
                .isZero();
    }
}
