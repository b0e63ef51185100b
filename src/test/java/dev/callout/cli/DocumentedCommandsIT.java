package dev.callout.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.callout.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of README.md, docs/operating.md and docs/migrating.md, run as they stand and in their order: commands of callout, SQL,
 * and what is asked of the switch by fs_cli. (Those of docs/api.md: {@link ApiCommandsIT}; routes: RouteExamplesIT.)
 */
class DocumentedCommandsIT {

    private static final Pattern EXAMPLE = Pattern.compile(
            "(?m)^ {4,}((?:callout|java -jar target/callout.jar|fs_cli|UPDATE|INSERT|SELECT)\\b.*)(?:\n {8,}(VALUES .*|SELECT .*))?$");

    /** What starts the dialler, which runs here already, and what mod_dialer was asked. */
    private static final Pattern NOT_HERE = Pattern.compile(".*callout.jar (run|switch|migrate) .*|.*(dialer stop|mod_dialer).*");

    private static Installation installation;
    private static int port;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        installation = Installation.builder().with("CALLOUT_HTTP_PORT", Integer.toString(port)).start();
        Files.writeString(folder.resolve("callout.properties"), "callout.http.port=" + port + "\ncallout.db.url=" + installation.url()
                + "\ncallout.switches=sim\ncallout.switch.sim.port=" + installation.simulated().port() + "\n");
        Files.writeString(folder.resolve("numbers.csv"), "100050\n100060\n");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    /** Runs a page's examples; returns how many there were. */
    private static int run(String page) throws Exception {
        int count = 0;
        for (MatchResult match : EXAMPLE.matcher(Files.readString(Path.of(page))).results().toList()) {
            String example = match.group(1) + (match.group(2) == null ? "" : " " + match.group(2));
            if (NOT_HERE.matcher(example).matches()) {
                continue;
            }
            count++;
            if (example.startsWith("fs_cli")) {
                assertThat(fsCli(example.replaceAll("^fs_cli -x '(.*)'$", "$1"))).as(example).doesNotStartWith("-");
            } else if (example.matches("(callout|java) .*")) {
                callout(example.replaceFirst("^(callout|java -jar target/callout.jar) ", ""));
            } else {
                installation.execute(example.replaceFirst(";$", ""));
            }
        }
        return count;
    }

    private static void callout(String line) throws Exception {
        Process words = new ProcessBuilder("sh", "-c", "for word in " + line + "; do echo \"$word\"; done").redirectErrorStream(true)
                .start();
        List<String> arguments = new ArrayList<>(new String(words.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .map(word -> word.endsWith(".csv") ? folder.resolve("numbers.csv").toString() : word)
                .map(word -> word.endsWith("dialer.conf.xml") ? "src/test/resources/dialer/full.conf.xml" : word).toList());
        arguments.add("--config=" + folder.resolve("callout.properties"));
        if (arguments.get(0).equals("status") && !arguments.contains("--once")) {
            arguments.add("--once");
        }
        StringWriter out = new StringWriter();
        int code = Callout.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(arguments.toArray(String[]::new));
        assertThat(code).as("callout %s%n%s", line, out).isZero();
    }

    /** What the switch answers to an API command. */
    private static String fsCli(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), installation.simulated().port())) {
            socket.getOutputStream().write(("auth ClueCon\n\napi " + command + "\n\nexit\n\n").getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.replaceFirst("(?s).*Content-Type: api/response\nContent-Length: \\d+\n\n", "");
        }
    }

    @Test
    void readme() throws Exception {
        assertThat(run("README.md")).isGreaterThanOrEqualTo(5);
        assertThat(installation.column("SELECT cld FROM campaign_phones JOIN campaigns USING (i_campaign) WHERE name = 'hello'"))
                .containsExactlyInAnyOrder("+4930123456", "100050", "100060");
    }

    @Test
    void operating() throws Exception {
        assertThat(run("docs/operating.md")).isGreaterThanOrEqualTo(15);
        assertThat(installation.number("SELECT COUNT(*) FROM campaigns WHERE paused = 0")).isZero();
        assertThat(installation.simulated().callsUp()).isZero();
        assertThat(installation.number("SELECT COUNT(*) FROM do_not_call WHERE reason = 'asked us not to'")).isEqualTo(1);
    }

    @Test
    void migrating() throws Exception {
        installation.campaign("reminder", Map.of("paused", 1));
        assertThat(run("docs/migrating.md")).isGreaterThanOrEqualTo(10);
        assertThat(installation.column("SELECT CONCAT_WS(' ', name, cancel_ratio, max_concurrent_calls) FROM campaigns"
                + " WHERE name = 'survey'")).containsExactly("survey 0 1");
        assertThat(installation.number("SELECT paused FROM campaigns WHERE name = 'reminder'")).isZero();
    }
}
