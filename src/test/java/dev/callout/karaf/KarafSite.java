package dev.callout.karaf;

import dev.callout.simulator.ledger.Ledger;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.store.schema.Schema;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.FreshDatabase;
import dev.callout.testbed.Relay;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A Karaf with its settings for the feature, a real MariaDB and, in a process of its own, the simulated switch. Database and
 * switch are away until they are brought.
 */
final class KarafSite implements AutoCloseable {

    static final String CONTEXT = "org.apache.camel:context=callout,type=context,name=\"callout\"";
    static final String SWITCH = "org.apache.camel:context=callout,type=switches,name=\"fs1\"";
    static final String FEATURES = "org.apache.karaf:type=feature,name=root";

    private static final String VERSION = System.getProperty("callout.version");

    private final Path home;
    private final KarafContainer karaf;
    private final String databaseUrl = FreshDatabase.create();
    private final Relay database = new Relay(uri().getPort());
    private final int switchPort = FreePort.next();
    private Process simulated;

    /**
     * @param unpacked        a Karaf, which is copied
     * @param name            what the copy is called
     * @param mavenRepository the local repository, in which Karaf looks for bundles and puts those it fetches
     */
    KarafSite(Path unpacked, String name, Path mavenRepository) throws IOException {
        home = unpacked.resolveSibling(name);
        KarafContainer.delete(home);
        KarafContainer.copy(unpacked, home);
        karaf = new KarafContainer(home, mavenRepository);
        configure();
        configureLog();
        database.cut();
    }

    /** Edits the files that the feature would bring, before it is installed. */
    private void configure() throws IOException {
        Files.copy(
                Path.of("config/karaf/dev.callout.cfg"),
                karaf.etc("dev.callout.cfg"),
                StandardCopyOption.REPLACE_EXISTING);
        edit("dev.callout.cfg", "callout.switch.fs1.port", Integer.toString(switchPort));
        edit("dev.callout.cfg", "callout.switch.fs1.calls-per-second", "1000");
        edit("dev.callout.cfg", "callout.campaign.scan-interval-sec", "1");
        edit("dev.callout.cfg", "callout.node", "karaf");
        edit("dev.callout.cfg", "callout.http.port", Integer.toString(FreePort.next()));
        Path dataSource = karaf.etc("org.ops4j.datasource-callout.cfg");
        Files.writeString(
                dataSource,
                Files.readString(Path.of("config/karaf/org.ops4j.datasource-callout.cfg"))
                        .replace("localhost:3306/callout", "127.0.0.1:" + database.port() + uri().getPath()));
        edit("org.ops4j.datasource-callout.cfg", "user", "root");
    }

    /** The log's pattern and loggers are those of the documentation. */
    private void configureLog() throws IOException {
        List<MatchResult> lines = Pattern.compile("(?m)^ +(log4j2\\.\\S+) = (.*)$")
                .matcher(Files.readString(Path.of("docs/karaf.md")))
                .results()
                .toList();
        if (lines.isEmpty()) {
            throw new IllegalStateException("docs/karaf.md has nothing of log4j2");
        }
        for (MatchResult line : lines) {
            karaf.set("org.ops4j.pax.logging.cfg", line.group(1), line.group(2));
        }
    }

    private URI uri() {
        return URI.create(databaseUrl.replace("jdbc:", ""));
    }

    KarafContainer karaf() {
        return karaf;
    }

    /** Starts Karaf and installs the feature. */
    void install() throws Exception {
        karaf.start();
        karaf.invoke(FEATURES, "addRepository", "mvn:dev.callout/callout/" + VERSION + "/xml/features");
        karaf.invoke(FEATURES, "installFeature", "callout");
        awaitStarted();
    }

    void awaitStarted() {
        karaf.await(
                "the routes run", Duration.ofSeconds(300), () -> "Started".equals(karaf.attribute(CONTEXT, "State")));
    }

    /** Sets a property of a file below {@code etc}. */
    /**
     * Sets {@code key} in {@code etc/dev.callout.cfg} until the change shows. Karaf writes what it has applied back to
     * the file, shortly after the dialler has logged it. An edit in that moment is overwritten.
     *
     * @param what  what the change shows in
     * @param shows whether it does
     */
    void editUntil(String what, String key, String value, Callable<Boolean> shows) throws IOException {
        edit("dev.callout.cfg", key, value);
        karaf.await(what, Duration.ofMinutes(3), () -> {
            if (!setting(key).equals(value)) {
                edit("dev.callout.cfg", key, value);
            }
            return shows.call();
        });
    }

    void edit(String file, String key, String value) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(karaf.etc(file)));
        lines.replaceAll(line -> line.split("=", 2)[0].strip().equals(key) ? key + "=" + value : line);
        // In one step, since Karaf may read it at any time.
        Path written = Files.write(karaf.etc(file + ".new"), lines);
        Files.move(written, karaf.etc(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What stands in {@code etc/dev.callout.cfg}, which Karaf may be writing at the moment. */
    String setting(String key) {
        return Awaitility.await()
                .ignoreExceptions()
                .until(
                        () -> Files.readAllLines(karaf.etc("dev.callout.cfg")).stream()
                                .filter(line -> line.startsWith(key + "="))
                                .findFirst()
                                .orElseThrow()
                                .substring(key.length() + 1),
                        value -> true);
    }

    void bringDatabase() {
        database.mend();
    }

    void bringSwitch() throws IOException {
        simulated = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.callout.cli.Callout",
                        "switch",
                        "--port",
                        Integer.toString(switchPort),
                        "--ledger",
                        ledgerFile().toString(),
                        "--sessions-per-second",
                        "100000",
                        "--max-sessions",
                        "5000")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(home.resolve("switch.log").toFile()))
                .start();
    }

    /** What the HTTP API gives for a path, after its status. */
    String http(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + setting("callout.http.port") + path))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private Path ledgerFile() {
        return home.resolve("ledger.jsonl");
    }

    /** What the switch was told to dial, and what became of it. */
    Ledger ledger() {
        return Ledger.read(ledgerFile());
    }

    /** What it was told to dial for a campaign. */
    List<LedgerCall> dialled(int campaign) {
        return ledger().calls().stream()
                .filter(call -> call.number().startsWith(Integer.toString(campaign)))
                .toList();
    }

    /** Ends all calls, as an operator does in the switch. */
    void hangUpAll() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), switchPort)) {
            socket.getOutputStream()
                    .write("auth ClueCon\n\napi hupall NORMAL_CLEARING\n\nexit\n\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    /** Makes the tables, which the dialler does else when it first reaches the database. */
    void createTables() throws SQLException {
        new Schema(new DriverManagerDataSource(databaseUrl)).create();
    }

    /** Adds a campaign whose numbers are each dialled once. */
    void campaign(int id, String name, int cap) throws SQLException {
        execute(
                "INSERT INTO campaigns (i_campaign, name, profile_gateway, action_on_answer, threshold_msec, max_attempts,"
                        + " max_concurrent_calls) VALUES (" + id + ", '" + name + "', 'external/gw', 'echo()', 0, 1, "
                        + cap + ")");
    }

    /** Adds numbers that begin with the campaign's and end with two digits that say how the callee behaves. */
    void numbers(int campaign, int count, String ending) throws SQLException {
        execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign + ", CONCAT(" + campaign
                + ", LPAD(seq, 5, '0'), '" + ending + "') FROM seq_0_to_" + (count - 1));
    }

    void awaitFinished(int campaign) {
        karaf.await("campaign " + campaign + " is dialled to its end", Duration.ofSeconds(300), () -> number(
                        "SELECT COUNT(*) FROM campaign_phones WHERE finished = 0 AND i_campaign = " + campaign)
                .equals("0"));
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the only row, as text. */
    String number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        karaf.close();
        if (simulated != null) {
            simulated.destroyForcibly();
        }
        database.close();
    }
}
