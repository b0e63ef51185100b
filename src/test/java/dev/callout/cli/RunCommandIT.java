package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.LogCapture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That {@code run} does not start at all with what an operator wrote wrong, and says where it is. */
class RunCommandIT {

    private static final String BROKEN_YAML =
            """
            - route:
                id: outcomes
                from:
                  uri: seda:outcomes
                  steps:
                    - to: {uri: log:x
                    - log: y
            """;

    private static final String UNKNOWN_STEP =
            """
            - route:
                id: outcomes
                from:
                  uri: seda:outcomes
                  steps:
                    - too:
                        uri: log:x
            """;

    private static final String UNKNOWN_ENDPOINT_OPTION =
            """
            - route:
                id: outcomes
                from:
                  uri: seda:outcomes?multipleConsumers=true
                  steps:
                    - to:
                        uri: log:x
                        parameters:
                          levle: INFO
            """;

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void unknownAndMalformedPropertiesAreNamedWithLineAndNearestName() throws Exception {
        Path config = Files.writeString(
                folder.resolve("my.properties"),
                """
                # ours
                callout.db.ulr=jdbc:mariadb://localhost/callout
                callout.max-call-sec=long

                callout.switch.fs2.host=10.0.0.1
                """);
        assertThat(run(config)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains(
                        config + ":2: callout.db.ulr: ",
                        "the nearest is callout.db.url",
                        config + ":3: callout.max-call-sec: ",
                        config + ":5: callout.switch.fs2.host: ");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Path absent = folder.resolve("absent.properties");
        assertThat(run(absent)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(absent + ": there is no such file");
    }

    @Test
    void brokenYamlIsToldWithFileLineAndColumn() throws Exception {
        assertThat(run(configWithRoute(BROKEN_YAML))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("outcomes.camel.yaml, line 7, column ");
    }

    @Test
    void aStepThatCamelDoesNotKnowIsToldWithFileLineAndColumn() throws Exception {
        assertThat(run(configWithRoute(UNKNOWN_STEP))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("outcomes.camel.yaml", "line 6", "column 11", "too");
    }

    @Test
    void anEndpointThatCannotBeMadeIsToldWithItsRoute() throws Exception {
        assertThat(run(configWithRoute(UNKNOWN_ENDPOINT_OPTION))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("outcomes", "levle");
    }

    @Test
    void whatCamelTellsWithoutAPlaceIsToldWithFileLineAndRemedy() throws Exception {
        assertThat(
                        run(
                                configWithRoute(
                                        """
                - route:
                    id: twice
                    from:
                      uri: seda:outcomes
                      steps:
                        - log: x
                - route:
                    id: twice
                    from: direct:x
                - route:
                    id: without
                """)))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("Not started: ")
                .contains(
                        "outcomes.camel.yaml:1: other routes read seda:outcomes, too: write from seda:outcomes?multipleConsumers=true",
                        "outcomes.camel.yaml:7: ",
                        "outcomes.camel.yaml:1 has a route twice, too: give one of them another id",
                        "outcomes.camel.yaml:10: the route has no from");
    }

    @Test
    void aPortInUseIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path config = Files.writeString(
                    folder.resolve("my.properties"),
                    "callout.http.port=" + taken.getLocalPort()
                            + "\ncallout.db.url=jdbc:mariadb://127.0.0.1:1/callout\ncallout.switch.fs1.port=1\n");
            assertThat(run(config)).isEqualTo(CommandLine.ExitCode.USAGE);
            assertThat(err.toString())
                    .startsWith("Not started: callout.http.port " + taken.getLocalPort()
                            + " on 127.0.0.1 cannot be used: ");
        }
    }

    private Path configWithRoute(String yaml) throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("outcomes.camel.yaml"), yaml);
        return Files.writeString(
                folder.resolve("my.properties"),
                "callout.db.url=jdbc:mariadb://127.0.0.1:1/callout\n" + "callout.switch.fs1.port=1\ncallout.routes="
                        + routes + "\n");
    }

    /** Runs to the end, which must be at once, and leave nothing behind. */
    private int run(Path config) throws Exception {
        try (LogCapture log = new LogCapture()) {
            int exit = Callout.commandLine().setErr(new PrintWriter(err)).execute("run", "--config", config.toString());
            assertThat(log.stackTraces()).isEmpty();
            assertThat(log.messages())
                    .noneMatch(message -> message.contains("Started ") || message.contains("cannot be used"));
            assertThat(err.toString()).doesNotContain("\tat ");
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .queryNames(new ObjectName("org.apache.camel:context=callout,*"), null))
                    .as("left of Camel")
                    .isEmpty();
            await("threads that were told to end").untilAsserted(() -> assertThat(
                            Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("Camel (callout)")));
            return exit;
        }
    }
}
