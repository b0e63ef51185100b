package dev.callout.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A Kafka broker as a process of its own, in KRaft mode, which can be killed and started again. */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** Any 16 bytes, as Kafka writes them. */
    private static final String CLUSTER = "AAAAAAAAQACAAAAAAAAAAQ";

    private final String classPath;
    private final Path folder;
    private final int port = FreePort.next();
    private final Path settings;
    private ChildProcess process;

    private KafkaBroker(String classPath, Path folder) throws IOException {
        this.classPath = classPath;
        this.folder = folder;
        this.settings = folder.resolve("server.properties");
        int controller = FreePort.next();
        Files.writeString(
                settings,
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%d
                listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%s
                num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                """
                        .formatted(controller, port, controller, folder.resolve("data")));
    }

    /**
     * Starts one.
     *
     * @param folder where its files are; empty
     * @return empty if Maven does not get its class path, because there is neither a network nor a copy
     */
    public static Optional<KafkaBroker> start(Path folder) throws Exception {
        Path list = folder.resolve("class-path.txt").toAbsolutePath();
        try (ChildProcess maven = ChildProcess.start(
                List.of(
                        Path.of("mvnw").toAbsolutePath().toString(),
                        "-B",
                        "-q",
                        "-f",
                        "src/test/kafka/pom.xml",
                        "dependency:build-classpath",
                        "-Dmdep.outputFile=" + list),
                Map.of(),
                folder.resolve("maven.log"))) {
            if (maven.exitCode(PATIENCE) != 0) {
                System.out.println(maven.output());
                return Optional.empty();
            }
        }
        KafkaBroker broker = new KafkaBroker(Files.readString(list).strip(), folder);
        try (ChildProcess format = broker.java(
                "format.log", "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", broker.settings.toString())) {
            assertThat(format.exitCode(PATIENCE)).as(format.output()).isZero();
        }
        broker.startAgain();
        return Optional.of(broker);
    }

    private ChildProcess java(String output, String... program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath));
        command.addAll(List.of(program));
        return ChildProcess.start(command, Map.of(), folder.resolve(output));
    }

    /** Starts it, and waits until it listens. */
    public void startAgain() {
        process = java("broker.log", "kafka.Kafka", settings.toString());
        Awaitility.await("broker").atMost(PATIENCE).until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Returns its address for clients. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Kills it (SIGKILL). */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
