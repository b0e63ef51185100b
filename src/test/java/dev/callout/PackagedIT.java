package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.Ledger;
import dev.callout.testbed.ChildProcess;
import dev.callout.testbed.FreshDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a person runs it: dialler, switch and database as processes of their own. */
class PackagedIT {

    private static final Duration START = Duration.ofSeconds(120);
    /** A few seconds, if the machine does not stand still. */
    private static final Duration END = Duration.ofSeconds(60);

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)\\s");
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void rowsInsertedWhileItRunsAreDialledAndItEndsWithinSecondsWhenTold() throws Exception {
        Path ledger = folder.resolve("ledger.jsonl");
        Path health = folder.resolve("health");
        String url = FreshDatabase.create();
        try (ChildProcess simulated = ChildProcess.ofJar(
                folder.resolve("switch.log"), "switch", "--port", "0", "--ledger", ledger.toString())) {
            Path config = Files.writeString(
                    folder.resolve("my.properties"),
                    "callout.db.url=" + url
                            + "\ncallout.db.user=root\ncallout.campaign.scan-interval-sec=1\ncallout.switch.fs1.port="
                            + simulated.await(START, LISTENING) + "\n");
            try (ChildProcess dialler = ChildProcess.ofJar(
                    folder.resolve("run.log"),
                    "run",
                    "--config",
                    config.toString(),
                    "--health-file",
                    health.toString())) {
                dialler.await(START, Pattern.compile("dials as incarnation"));
                await().atMost(START)
                        .untilAsserted(() -> assertThat(health).content().isEqualTo("UP\n"));
                execute(
                        url,
                        "INSERT INTO campaigns (i_campaign, profile_gateway, action_on_answer, threshold_msec, paused)"
                                + " VALUES (1, 'gw', 'echo', 0, 1)");
                await().atMost(START).until(() -> dialler.output().contains("is idle: paused"));

                execute(
                        url,
                        "INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '100050'), (1, '100060'), (1, '100000')");
                execute(url, "UPDATE campaigns SET paused = 0");
                await().atMost(START).until(() -> Ledger.read(ledger).size() == 3);
                await().atMost(START).until(() -> query(
                                url, "SELECT GROUP_CONCAT(status ORDER BY cld DESC)" + " FROM campaign_phones")
                        .equals("failure,success,answer"));

                dialler.terminate();
                assertThat(dialler.exitCode(END)).isEqualTo(TERMINATED);
                assertThat(query(url, "SELECT COUNT(*) FROM nodes")).isEqualTo("0");
                assertThat(dialler.output())
                        .doesNotContain("\tat ")
                        .doesNotContain("ClueCon")
                        .as("nothing waits in vain for its end")
                        .doesNotContain("Timeout occurred");
            }
            assertThat(query(url, "SELECT GROUP_CONCAT(cld) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                    .as("goes on in the switch")
                    .isEqualTo("100000");
            simulated.terminate();
            assertThat(simulated.exitCode(END)).isEqualTo(TERMINATED);
        }
    }

    @Test
    void componentsInAFolderOfTheUsersAreFoundAsTheDocumentationSays() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("jars"));
        for (Class<?> component : List.of(KafkaComponent.class, Producer.class)) {
            Path jar = Path.of(component
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Files.copy(jar, jars.resolve(jar.getFileName()));
        }
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Matcher example = Pattern.compile("(?m)^    # kafka\\.camel\\.yaml\n(?:^    .*\n)+")
                .matcher(Files.readString(Path.of("docs/routes.md")));
        assertThat(example.find()).isTrue();
        Files.writeString(routes.resolve("kafka.camel.yaml"), example.group().replaceAll("(?m)^    ", ""));
        Path config = Files.writeString(
                folder.resolve("my.properties"),
                "callout.db.url=" + FreshDatabase.create()
                        + "\ncallout.db.user=root\ncallout.switch.fs1.port=1\ncallout.routes=" + routes
                        + "\nkafka.brokers=127.0.0.1:1\n");
        Matcher command = Pattern.compile("(?m)^    java -cp '(\\S+)' (\\S+) run ")
                .matcher(Files.readString(Path.of("docs/routes.md")));
        assertThat(command.find()).isTrue();
        String classPath = command.group(1)
                .replace(
                        "callout.jar",
                        Path.of("target/callout.jar").toAbsolutePath().toString())
                .replace("jars/", jars + "/");
        try (ChildProcess dialler =
                ChildProcess.ofClassPath(classPath, folder.resolve("run.log"), "run", "--config", config.toString())) {
            dialler.await(START, Pattern.compile("dials as incarnation"));
            dialler.await(START, Pattern.compile(" is ready: "));
            dialler.terminate();
            assertThat(dialler.exitCode(END)).isEqualTo(TERMINATED);
            assertThat(dialler.output()).contains("INFO  KafkaProducer").doesNotContain("\tat ");
        }
    }

    @Test
    void withoutArgumentsItDialsTheDemoToItsEnd() throws Exception {
        try (ChildProcess demo = ChildProcess.ofJar(folder.resolve("demo.log"))) {
            assertThat(demo.exitCode(Duration.ofSeconds(300))).as(demo.output()).isZero();
            assertThat(demo.output()).doesNotContain("\tat ");
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
