package dev.callout.karaf;

import dev.callout.testbed.FreePort;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;

/** A stock Apache Karaf in a process of its own, on free ports of 127.0.0.1, with one user. */
final class KarafContainer implements AutoCloseable {

    static final String USER = "operator";
    /** May look, and log in. */
    static final String VIEWER = "looker";

    private static final Duration BOOT = Duration.ofSeconds(300);

    private final Path home;
    private final String password = UUID.randomUUID().toString();
    private final int registryPort = FreePort.next();
    private final int sshPort = FreePort.next();
    private final int serverPort = FreePort.next();
    private Process process;
    private JMXConnector connector;

    /**
     * @param home            a stock Karaf that was just unpacked
     * @param mavenRepository the local repository, in which Karaf looks for bundles and puts those it fetches
     */
    KarafContainer(Path home, Path mavenRepository) throws IOException {
        this.home = home;
        set("org.apache.karaf.management.cfg", "rmiRegistryPort", Integer.toString(registryPort));
        set("org.apache.karaf.management.cfg", "rmiServerPort", Integer.toString(serverPort));
        set("org.apache.karaf.shell.cfg", "sshPort", Integer.toString(sshPort));
        set("org.apache.karaf.shell.cfg", "sshHost", "127.0.0.1");
        set("org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.localRepository", mavenRepository.toString());
        Files.writeString(
                etc("users.properties"),
                USER + " = " + password + ",_g_:admingroup\n"
                        + VIEWER + " = " + password + ",viewer,ssh\n"
                        + "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n",
                StandardOpenOption.APPEND);
    }

    /** The password of its users. */
    String password() {
        return password;
    }

    /** Sets a property of a file below {@code etc}, in Karaf's own way of writing. */
    void set(String file, String key, String value) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(etc(file)));
        lines.removeIf(line -> line.matches(key.replace(".", "\\.") + "\\s*=.*"));
        lines.add(key + " = " + value);
        Files.write(etc(file), lines);
    }

    /** Leaves it nothing but what it has with it: no Maven repository is in reach. */
    void takeOffline() throws IOException {
        Files.writeString(
                etc("org.ops4j.pax.url.mvn.cfg"),
                """
                org.ops4j.pax.url.mvn.settings = ${karaf.etc}/none.xml
                org.ops4j.pax.url.mvn.localRepository = ${karaf.data}/none
                org.ops4j.pax.url.mvn.useFallbackRepositories = false
                org.ops4j.pax.url.mvn.defaultRepositories = ${karaf.home.uri}${karaf.default.repository}@id=system@snapshots, \
                    ${karaf.data.uri}kar@id=kar.repository@multi@snapshots
                org.ops4j.pax.url.mvn.repositories =
                """);
    }

    /** A file below {@code etc}. */
    Path etc(String name) {
        return home.resolve("etc").resolve(name);
    }

    /** Puts a file where Karaf looks for Maven artifacts first. */
    void provide(Path file, String group, String artifact, String version, String ending) throws IOException {
        Path folder =
                system().resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(artifact + "-" + version + ending));
    }

    /** The folder of Maven artifacts that Karaf has with it. */
    Path system() {
        return home.resolve("system");
    }

    /** Starts it and waits until it can be managed. */
    void start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), "daemon")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(home.resolve("console.log").toFile()))
                .directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_") || name.startsWith("CALLOUT_"));
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_MAX_MEM", "512m"));
        process = builder.start();
        await("Karaf is there", BOOT, () -> {
            if (Files.exists(home.resolve("data/log/karaf.log")) && log().contains("Error installing boot features")) {
                throw new AssertionError("Karaf cannot install its boot features");
            }
            // While it installs what is deployed it may start its JMX server anew, and what is connected to the one
            // before finds nothing.
            disconnect();
            return exists("org.apache.karaf:type=feature,name=root");
        });
    }

    /** Ends it as an operator does. */
    void stop() throws Exception {
        disconnect();
        process.destroy();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Karaf does not end within three minutes after SIGTERM");
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Waits, and tells the end of Karaf's log if it was in vain. */
    void await(String what, Duration atMost, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new AssertionError("Karaf has ended");
                        }
                        return condition.call();
                    });
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(e.getMessage() + "; Karaf's log ends with:\n" + logTail(), e);
        }
    }

    /** What it has logged so far; the last character may be half of one. */
    String log() throws IOException {
        return new String(Files.readAllBytes(home.resolve("data/log/karaf.log")), StandardCharsets.UTF_8);
    }

    private String logTail() {
        try (Stream<String> lines = log().lines()) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private MBeanServerConnection jmx() throws IOException {
        if (connector == null) {
            JMXServiceURL url =
                    new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + registryPort + "/karaf-root");
            connector =
                    JMXConnectorFactory.connect(url, Map.of(JMXConnector.CREDENTIALS, new String[] {USER, password}));
        }
        try {
            return connector.getMBeanServerConnection();
        } catch (IOException e) {
            connector = null;
            throw e;
        }
    }

    /** Does something to its MBeans as another user. */
    <T> T jmxOf(String user, JmxCall<T> call) throws Exception {
        JMXServiceURL url =
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + registryPort + "/karaf-root");
        try (JMXConnector other =
                JMXConnectorFactory.connect(url, Map.of(JMXConnector.CREDENTIALS, new String[] {user, password}))) {
            return call.on(other.getMBeanServerConnection());
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface JmxCall<T> {
        T on(MBeanServerConnection server) throws Exception;
    }

    private void disconnect() throws IOException {
        if (connector != null) {
            JMXConnector before = connector;
            connector = null;
            before.close();
        }
    }

    boolean exists(String mbean) throws Exception {
        return jmx().isRegistered(new ObjectName(mbean));
    }

    Set<String> mbeans(String pattern) throws Exception {
        return jmx().queryNames(new ObjectName(pattern), null).stream()
                .map(ObjectName::toString)
                .collect(Collectors.toSet());
    }

    Object attribute(String mbean, String attribute) throws Exception {
        return jmx().getAttribute(new ObjectName(mbean), attribute);
    }

    /** Invokes an operation whose parameters are texts or long numbers. */
    Object invoke(String mbean, String operation, Object... arguments) throws Exception {
        String[] signature = Stream.of(arguments)
                .map(argument ->
                        argument instanceof Long ? "long" : argument.getClass().getName())
                .toArray(String[]::new);
        return jmx().invoke(new ObjectName(mbean), operation, arguments, signature);
    }

    /** The names of all its threads. */
    List<String> threads() throws Exception {
        CompositeData[] threads = (CompositeData[]) jmx().invoke(
                        new ObjectName("java.lang:type=Threading"),
                        "dumpAllThreads",
                        new Object[] {false, false},
                        new String[] {"boolean", "boolean"});
        return Stream.of(threads)
                .map(thread -> (String) thread.get("threadName"))
                .toList();
    }

    /** Runs commands in Karaf's shell, as an operator does, and returns what they print. */
    String shell(String... commands) throws Exception {
        return shellOf(USER, commands);
    }

    /** The same as another user. */
    String shellOf(String user, String... commands) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/client").toString(),
                        "-a",
                        Integer.toString(sshPort),
                        "-h",
                        "127.0.0.1",
                        "-u",
                        user,
                        "-p",
                        password,
                        "-b")
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process client = builder.start();
        try (var in = client.outputWriter()) {
            in.write(String.join("\n", commands) + "\n");
        }
        String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        client.waitFor();
        return output;
    }

    /** Resident memory of its process in MiB. */
    long residentMib() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Copies a folder with its files' permissions. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
