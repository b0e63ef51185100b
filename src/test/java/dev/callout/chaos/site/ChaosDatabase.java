package dev.callout.chaos.site;

import dev.callout.cli.demo.EmbeddedMariaDb;
import dev.callout.testbed.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A MariaDB server that can be stopped or killed, and started again with the same data on the same port. */
public final class ChaosDatabase implements AutoCloseable {

    private final EmbeddedMariaDb first;
    private final String url;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private ProcessHandle server;
    private ChildProcess restarted;

    public ChaosDatabase() throws SQLException, IOException {
        first = EmbeddedMariaDb.start(true);
        url = first.createDatabase("chaos");
        long pid;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@datadir, @@pid_file")) {
            row.next();
            Path data = Path.of(row.getString(1));
            pid = Long.parseLong(
                    Files.readString(data.resolve(row.getString(2))).strip());
            log = data.resolveSibling("restarted.log");
        }
        server = ProcessHandle.of(pid).orElseThrow();
        command = zeroSeparated(Path.of("/proc", Long.toString(pid), "cmdline"));
        environment = new HashMap<>();
        for (String variable : zeroSeparated(Path.of("/proc", Long.toString(pid), "environ"))) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
    }

    private static List<String> zeroSeparated(Path file) throws IOException {
        return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
    }

    public String url() {
        return url;
    }

    /** Stops it in an orderly way, as for a restart by its operator. */
    public void stop() {
        server.destroy();
        awaitEnd();
    }

    /** Kills it, as {@code kill -9} does. */
    public void kill() {
        server.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        server.onExit().orTimeout(120, TimeUnit.SECONDS).join();
    }

    /** Starts it again and waits until it answers. */
    public void start() {
        start(Map.of());
    }

    /** The same with additional environment variables, which it keeps. */
    public void start(Map<String, String> more) {
        environment.putAll(more);
        restarted = ChildProcess.start(command, environment, log);
        server = ProcessHandle.of(restarted.pid()).orElseThrow();
        Awaitility.await("database")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(50))
                .until(this::answers);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL log_warnings = 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (restarted != null) {
            stop();
        }
        first.close();
    }
}
