package dev.callout.bench.site;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.cli.demo.EmbeddedMariaDb;
import dev.callout.store.schema.Schema;
import java.io.IOException;
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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Callout as in production: the dialler and the simulated switch are separate processes, and every commit of the
 * MariaDB is on the disk when it returns. There is one campaign, and its every call is answered.
 */
public final class Deployment implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final String LISTENING = "listening on 127.0.0.1:";

    private final Path folder;
    private final EmbeddedMariaDb database;
    private final String url;
    private final Connection connection;
    private final JvmProcess simulated;
    private final int port;
    private final Path ledger;
    private int starts;

    /**
     * Starts database and switch.
     *
     * @param ring mean time to the answer; it varies by a half, and the talk time varies exponentially about
     *             {@code talk}
     */
    public Deployment(Path folder, Duration ring, Duration talk) throws Exception {
        this.folder = folder;
        this.ledger = folder.resolve("ledger.jsonl").toAbsolutePath();
        database = EmbeddedMariaDb.start(true);
        url = database.createDatabase("callout");
        connection = DriverManager.getConnection(url);
        try (HikariDataSource dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl(url);
            new Schema(dataSource).create();
        }
        Path switchLog = folder.resolve("switch.log");
        // An earlier switch has left its port there.
        Files.deleteIfExists(switchLog);
        simulated = JvmProcess.start(
                switchLog,
                List.of(),
                Map.of(),
                "switch",
                "--port",
                "0",
                "--ledger",
                ledger.toString(),
                "--sessions-per-second",
                "1000000",
                "--max-sessions",
                "1000000",
                "--answer-rate",
                "1",
                "--ring-sec",
                seconds(ring),
                "--talk-sec",
                seconds(talk));
        port = Integer.parseInt(simulated.awaitLine(LISTENING, START).strip());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }

    /** Adds the campaign, paused, and its numbers, all of them due. */
    public void campaign(int lines, double timeBetweenCalls, int numbers) throws SQLException {
        execute("INSERT INTO campaigns (name, profile_gateway, action_on_answer, threshold_msec, max_concurrent_calls,"
                + " time_between_calls) VALUES ('bench', 'gw', 'echo()', 0, " + lines + ", " + timeBetweenCalls + ")");
        execute(
                "INSERT INTO campaign_phones (i_campaign, cld) SELECT LAST_INSERT_ID(), 493000000000 + seq FROM seq_1_to_"
                        + numbers);
        execute("ANALYZE TABLE campaign_phones");
    }

    /**
     * Starts the dialler with its defaults, except for what is set here and in {@code -Dbench.options=NAME=VALUE,...}.
     */
    public JvmProcess startDialler(int callsPerSecond, String... jvmOptions) throws IOException {
        return startDialler(callsPerSecond, Map.of(), jvmOptions);
    }

    /** The same with further options, or others, as variables of its environment. */
    public JvmProcess startDialler(int callsPerSecond, Map<String, String> more, String... jvmOptions)
            throws IOException {
        Path config = folder.resolve("callout.properties");
        Files.writeString(config, System.getProperty("bench.options", "").replace(',', '\n'));
        Map<String, String> environment = new HashMap<>(Map.of(
                "CALLOUT_DB_URL",
                url,
                "CALLOUT_DB_USER",
                "root",
                "CALLOUT_NODE",
                "bench",
                "CALLOUT_SWITCHES",
                "sim",
                "CALLOUT_SWITCH_SIM_PORT",
                Integer.toString(port),
                "CALLOUT_SWITCH_SIM_CALLS_PER_SECOND",
                Integer.toString(callsPerSecond)));
        environment.putAll(more);
        return JvmProcess.start(
                folder.resolve("dialler-" + ++starts + ".log"),
                List.of(jvmOptions),
                environment,
                "run",
                "--config",
                config.toString());
    }

    /** Returns the port of the simulated switch. */
    public int port() {
        return port;
    }

    String url() {
        return url;
    }

    /** Returns the process of the simulated switch. */
    public JvmProcess simulated() {
        return simulated;
    }

    /** Returns what the switch has seen so far. */
    public SwitchLedger ledger() throws IOException {
        return SwitchLedger.read(ledger);
    }

    /** Waits until the switch has got its first originate, or the next one after those that it has. */
    public void awaitOriginate(JvmProcess dialler) throws IOException, InterruptedException {
        long size = ledgerSize();
        long begun = System.nanoTime();
        while (ledgerSize() == size) {
            dialler.requireAlive();
            if (System.nanoTime() - begun > START.toNanos()) {
                throw new IllegalStateException("Nothing is dialled, see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Waits for something that has already happened, unless the machine stood still. */
    public static void await(Callable<Boolean> condition, String otherwise) throws Exception {
        long begun = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - begun > START.toNanos()) {
                throw new IllegalStateException(otherwise);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /**
     * Waits until all numbers have been read as telephones, which an import does at once; returns immediately without a
     * country.
     */
    public void awaitTelephones() throws Exception {
        if (System.getProperty("bench.options", "").contains("callout.country=")) {
            await(
                    () -> number("SELECT COUNT(*) FROM campaign_phones WHERE e164_read IS NULL") == 0,
                    "Numbers are not read");
        }
    }

    private long ledgerSize() throws IOException {
        return Files.exists(ledger) ? Files.size(ledger) : 0;
    }

    /** Returns the processor time of the MariaDB server so far. */
    public Duration databaseCpu() throws SQLException, IOException {
        Path data = Path.of(text("SELECT @@datadir"));
        return JvmProcess.cpuOf(Long.parseLong(
                Files.readString(data.resolve(text("SELECT @@pid_file"))).strip()));
    }

    /** Returns what the MariaDB server has counted so far. */
    public ServerCounters counters() throws SQLException {
        return ServerCounters.read(connection);
    }

    /** Returns how many bytes a row of a table takes on average, with its entries in all indexes. */
    public double bytesOfRow(String table) throws SQLException {
        execute("ANALYZE TABLE " + table);
        return Double.parseDouble(text("SELECT COALESCE(AVG((DATA_LENGTH + INDEX_LENGTH) / TABLE_ROWS), 0)"
                + " FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '" + table + "'"));
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Returns the number that a query gives. */
    public long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    /**
     * Returns when the sent mark of each call was set that has ended, in microseconds since 1970, exact to the millisecond
     * and never late, by call UUID.
     */
    public Map<String, Long> sentMarks() throws SQLException {
        Map<String, Long> marks = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT call_uuid,"
                                + " TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', setup_time) FROM call_attempts")) {
            while (row.next()) {
                marks.put(row.getString(1), row.getLong(2));
            }
        }
        return marks;
    }

    /** Executes a statement. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Stops switch and database. The ledger, which is large, is deleted. */
    @Override
    public void close() throws SQLException, IOException {
        simulated.close();
        connection.close();
        database.close();
        Files.deleteIfExists(ledger);
    }
}
