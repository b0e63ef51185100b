package dev.callout.chaos.site;

import dev.callout.testbed.ChildProcess;
import dev.callout.testbed.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One of the servers of a {@link GaleraCluster}, a process of its own with its own data. */
public final class GaleraServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String SYNCED = "4";
    /** A server that somebody else's user runs cannot write into the test's folders. */
    private static final String USER = "mysql";

    private final Path folder;
    private final String name;
    private final int port = FreePort.next();
    private final int groupPort = FreePort.next();
    private final int incrementalPort = FreePort.next();
    private final int transferPort = FreePort.next();
    private ChildProcess process;

    GaleraServer(Path parent, String name) throws IOException {
        this.name = name;
        folder = Files.createDirectory(parent.resolve(name));
        Files.createDirectory(folder.resolve("tmp"));
        own(parent);
        run(
                Map.of("TMPDIR", folder.resolve("tmp").toString()),
                List.of(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        "--datadir=" + folder.resolve("data"),
                        "--user=" + user()));
    }

    /** Without root's rights, a server runs as whoever runs the test. */
    private static String user() {
        String me = System.getProperty("user.name");
        return me.equals("root") ? USER : me;
    }

    private void own(Path parent) throws IOException {
        if (user().equals(USER)) {
            run(Map.of(), List.of("chown", "-R", USER, parent.toString()));
        }
    }

    private void run(Map<String, String> environment, List<String> command) throws IOException {
        Path output = folder.resolve("install.log");
        try (ChildProcess installing = ChildProcess.start(command, environment, output)) {
            if (installing.exitCode(PATIENCE) != 0) {
                throw new IllegalStateException(command + ": " + installing.output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String groupAddress() {
        return "127.0.0.1:" + groupPort;
    }

    /** Returns host and port, as JDBC URLs have them. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it, as the first of a new cluster or as one that joins the others, and waits until it has their state. */
    void start(Path provider, List<GaleraServer> all, boolean first) {
        List<String> command = new ArrayList<>(List.of(
                "mariadbd",
                "--no-defaults",
                "--user=" + user(),
                "--datadir=" + folder.resolve("data"),
                "--tmpdir=" + folder.resolve("tmp"),
                // The path of a socket must be short.
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("pid"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=64M",
                "--wsrep-on=ON",
                "--wsrep-sync-wait=1",
                "--wsrep-provider=" + provider,
                // A name that is longer than 32 characters keeps servers from joining.
                "--wsrep-cluster-name=callout",
                "--wsrep-cluster-address=gcomm://" + groupAddress(all),
                "--wsrep-node-name=" + name,
                "--wsrep-node-address=127.0.0.1",
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + transferPort,
                "--wsrep-provider-options=base_host=127.0.0.1;base_port=" + groupPort
                        + ";gmcast.listen_addr=tcp://" + groupAddress()
                        + ";ist.recv_addr=127.0.0.1:" + incrementalPort
                        + ";gcache.size=32M;gcache.dir=" + folder.resolve("data")));
        if (first) {
            command.add("--wsrep-new-cluster");
        }
        process = ChildProcess.start(command, Map.of(), folder.resolve("log"));
        awaitSynced();
    }

    private static String groupAddress(List<GaleraServer> all) {
        return String.join(",", all.stream().map(GaleraServer::groupAddress).toList());
    }

    /** Waits until it takes part in the cluster and has all that was committed there. */
    public void awaitSynced() {
        Awaitility.await("server " + name + " in " + folder)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .failFast("the server has ended, see its log", () -> !ProcessHandle.of(process.pid())
                        .map(ProcessHandle::isAlive)
                        .orElse(false))
                .until(() -> SYNCED.equals(state()));
    }

    /** Returns {@code wsrep_local_state}; empty: it does not answer. */
    private String state() {
        try (Connection connection = DriverManager.getConnection(administrator());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW STATUS LIKE 'wsrep_local_state'")) {
            return row.next() ? row.getString(2) : "";
        } catch (SQLException e) {
            return "";
        }
    }

    /** Returns the URL for what concerns this server alone. */
    String administrator() {
        return "jdbc:mariadb://" + address() + "/?user=root&connectTimeout=2000";
    }

    /** Opens a connection to this server. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(administrator());
    }

    /** Does this on the server. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Kills it: {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** Freezes it (SIGSTOP): its sockets stay open, and the others go on without it. */
    public void freeze() {
        process.freeze();
    }

    /** Lets it continue. */
    public void thaw() {
        process.thaw();
    }

    /**
     * Cuts it off the other servers, or lets it back. Clients reach it as before. It cuts its own connections, as a
     * network between servers does.
     */
    public void cutOff(boolean cut) throws SQLException {
        execute("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=" + (cut ? 1 : 0) + "'");
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted((a, b) -> b.compareTo(a))::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
