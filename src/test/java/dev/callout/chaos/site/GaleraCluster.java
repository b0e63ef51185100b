package dev.callout.chaos.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three MariaDB servers on this machine that are one Galera cluster, by Debian's packages mariadb-server and galera-4. */
public final class GaleraCluster implements AutoCloseable {

    private static final int SERVERS = 3;
    private static final List<Path> PROVIDERS = List.of(
            Path.of("/usr/lib/galera/libgalera_smm.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/galera/libgalera_smm.so"),
            Path.of("/usr/lib64/galera-4/libgalera_smm.so"));
    /** What the servers and their state transfer are made of. */
    private static final List<String> PROGRAMS =
            List.of("mariadbd", "mariadb-install-db", "wsrep_sst_rsync", "rsync", "lsof");

    private final Path folder;
    private final Path provider;
    private final List<GaleraServer> servers = new ArrayList<>();

    private GaleraCluster(Path provider) throws IOException {
        this.provider = provider;
        folder = Files.createTempDirectory("callout-galera");
        for (int i = 0; i < SERVERS; i++) {
            servers.add(new GaleraServer(folder, "s" + i));
        }
    }

    /** Returns what this machine lacks; empty: nothing. */
    public static String missing() {
        List<String> missing = new ArrayList<>(PROGRAMS.stream()
                .filter(program -> Stream.of(System.getenv("PATH").split(":"))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, program))))
                .toList());
        if (provider().isEmpty()) {
            missing.add("libgalera_smm.so");
        }
        return String.join(", ", missing);
    }

    private static Optional<Path> provider() {
        return PROVIDERS.stream().filter(Files::exists).findFirst();
    }

    /** Starts the servers one after another. Each is in the cluster when this returns. */
    public static GaleraCluster start() throws IOException {
        GaleraCluster cluster = new GaleraCluster(provider().orElseThrow());
        try {
            for (int i = 0; i < SERVERS; i++) {
                cluster.servers.get(i).start(cluster.provider, cluster.servers, i == 0);
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Returns a server, 0 to 2. */
    public GaleraServer server(int number) {
        return servers.get(number);
    }

    /** Starts a server again that was killed. It gets the state of one of the others, and joins them. */
    public void startAgain(int number) {
        servers.get(number).start(provider, servers, false);
    }

    /** Creates an empty database. */
    public void createDatabase(String name) throws SQLException {
        servers.get(0).execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }

    /**
     * Returns the URL by which a dialler uses one server at a time: the first of them, in this order, that takes part in the
     * cluster and is up to date.
     *
     * @param mode  what stands behind jdbc:mariadb: in the URL, such as {@code sequential:}
     * @param first the number of the server that comes first
     */
    public String url(String mode, String database, int first) {
        List<GaleraServer> order = new ArrayList<>(servers);
        Collections.rotate(order, -first);
        return "jdbc:mariadb:" + mode + "//"
                + order.stream().map(GaleraServer::address).collect(Collectors.joining(",")) + "/" + database
                + "?galeraAllowedState=4";
    }

    @Override
    public void close() throws IOException {
        servers.forEach(GaleraServer::close);
        Files.deleteIfExists(folder);
    }
}
