package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.client.ScriptedSwitch;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/esl-component.md, each as it stands there. */
class EslExamplesIT extends EslComponentFixture {

    private static final Pattern EXAMPLE =
            Pattern.compile("(?m)^    (?:#|//) (\\S+\\.(?:camel\\.yaml|java|properties))\n(?:^(?:    .*)?\n)+");

    /** What is needed beside the component's own packages: of Camel its core, of Netty what its handlers bring, no logger. */
    private static final Pattern NEEDED =
            Pattern.compile("camel-(?:api|base|base-engine|core-engine|core-languages|core-model"
                    + "|core-processor|core-reifier|direct|management-api|support|util|util-json)-[0-9.]+\\.jar"
                    + "|netty-(?:buffer|codec|common|handler|resolver|transport|transport-native-unix-common)-[0-9.]+Final\\.jar"
                    + "|slf4j-api-[0-9.]+\\.jar");

    @TempDir
    Path folder;

    private static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        for (MatchResult example : EXAMPLE.matcher(Files.readString(Path.of("docs/esl-component.md")))
                .results()
                .toList()) {
            examples.put(example.group(1), example.group().replaceAll("(?m)^    ", ""));
        }
        return examples;
    }

    @Test
    void everyExampleIsTried() throws Exception {
        assertThat(examples())
                .containsOnlyKeys("switches.properties", "DialOnce.java", "machines.camel.yaml", "queue.camel.yaml");
    }

    @Test
    void switchesAreConfiguredByProperties() throws Exception {
        Properties properties = new Properties();
        properties.load(
                new StringReader(examples().get("switches.properties").replace("{{env:FS1_PASSWORD}}", "secret")));
        Main main = new Main();
        properties.forEach((key, value) -> main.addInitialProperty((String) key, (String) value));
        main.init();
        try {
            assertThat(main.getCamelContext()
                            .getComponent("esl", EslComponent.class)
                            .getSwitches())
                    .hasEntrySatisfying("fs1", one -> {
                        assertThat(one.getHost()).isEqualTo("fs1.example.com");
                        assertThat(one.getPassword()).isEqualTo("secret");
                    });
        } finally {
            main.stop();
        }
    }

    @Test
    void aCallThatAMachineAnswersIsEnded() throws Exception {
        fs.on("api uuid_kill", ScriptedSwitch.frame("api/response", "+OK\n"));
        load("machines.camel.yaml", examples().get("machines.camel.yaml"));
        startConnected();
        await().until(() -> fs.told().contains("filter Event-Subclass avmd::beep"));
        fs.send(ScriptedSwitch.event(
                "{\"Event-Name\":\"CUSTOM\",\"Event-Subclass\":\"avmd::beep\",\"Unique-ID\":\"call-1\"}"));

        await().until(() -> fs.told().contains("api uuid_kill call-1"));
    }

    @Test
    void whatAQueueTellsIsKeptInAFile() throws Exception {
        load("queue.camel.yaml", examples().get("queue.camel.yaml").replace("file:events", "file:" + folder));
        startConnected();
        await().until(() -> fs.told().contains("filter Event-Subclass callcenter::info"));
        for (String agent : List.of("1", "2")) {
            fs.send(ScriptedSwitch.event(
                    "{\"Event-Name\":\"CUSTOM\",\"Event-Subclass\":\"callcenter::info\",\"CC-Agent\":\"" + agent
                            + "\"}"));
        }
        Path file = folder.resolve("callcenter.json");
        await().until(() -> Files.exists(file) && Files.readAllLines(file).size() == 2);
        assertThat(Files.readAllLines(file))
                .extracting(line -> line.replaceAll(".*\"CC-Agent\":\"(\\d)\".*", "$1"))
                .containsExactly("1", "2");
    }

    private void load(String name, String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, yaml));
    }

    @Test
    void theComponentNeedsCamelsCoreAndNettyOnly() throws Exception {
        Path source =
                Files.writeString(folder.resolve("DialOnce.java"), examples().get("DialOnce.java"));
        String classPath = component() + File.pathSeparator + libraries();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, said, said, "-proc:none", "-d", folder.toString(), "-cp", classPath, source.toString());
        assertThat(compiled).as("exit code of javac, which said: %s", said).isZero();
        try (SimulatedSwitch simulated = SimulatedSwitch.builder()
                        .gateway("gw")
                        .password("secret")
                        .callees(call -> CalleePlan.answers(Duration.ofMillis(50), Duration.ofMillis(200)))
                        .start();
                ChildProcess program = ChildProcess.start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx128m",
                                "-cp",
                                classPath,
                                "DialOnce",
                                "127.0.0.1",
                                Integer.toString(simulated.port()),
                                "secret",
                                "sofia/gateway/gw/5551234"),
                        Map.of(),
                        folder.resolve("output"))) {
            assertThat(program.exitCode(Duration.ofSeconds(60)))
                    .as(program.output())
                    .isZero();
            assertThat(program.output())
                    .contains(
                            "CREATED\n",
                            "RINGING\n",
                            "ANSWERED\n",
                            "\"Event-Name\":\"BACKGROUND_JOB\"",
                            "ended by NORMAL_CLEARING\n");
            assertThat(simulated.ledger().calls()).singleElement().satisfies(call -> assertThat(call.number())
                    .isEqualTo("5551234"));
        }
    }

    /** The classes of the component's two packages, and what Camel finds them by, in the folder. */
    private Path component() throws Exception {
        Path location = Path.of(EslComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(location)) {
            copyFrom(location);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(location)) {
                copyFrom(jar.getPath("/"));
            }
        }
        return folder;
    }

    private void copyFrom(Path classes) throws IOException {
        for (String part : List.of(
                "dev/callout/esl",
                "dev/callout/esl/wire",
                "dev/callout/esl/client",
                "dev/callout/esl/call",
                "dev/callout/esl/switches",
                "META-INF/dev/callout/esl",
                "META-INF/services/org/apache/camel",
                "META-INF/services/org/apache/camel/component",
                "META-INF/services/org/apache/camel/configurer",
                "META-INF/services/org/apache/camel/urifactory")) {
            Path copy = Files.createDirectories(folder.resolve(part));
            try (Stream<Path> files = Files.list(classes.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, copy.resolve(file.getFileName().toString()));
                }
            }
        }
    }

    private static String libraries() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry ->
                        NEEDED.matcher(Path.of(entry).getFileName().toString()).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
