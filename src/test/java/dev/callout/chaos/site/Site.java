package dev.callout.chaos.site;

import dev.callout.simulator.ledger.Ledger;
import dev.callout.testbed.ChildProcess;
import dev.callout.testbed.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * An installation whose parts are separate processes, so that each can be killed, stopped and started again on its own.
 * Calls run ten times faster than real ones.
 */
public final class Site implements AutoCloseable {

    public static final int CAP = 60;
    public static final int MOST_ATTEMPTS = 3;
    static final Duration LEASE = Duration.ofSeconds(3);
    static final Duration FLOOR = Duration.ofSeconds(1);
    static final Duration BACKOFF = Duration.ofSeconds(2);

    static final Duration SOON = Duration.ofSeconds(240);

    private static final boolean LONG = Boolean.getBoolean("chaos.long");
    public static final long SEED = Long.getLong("chaos.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final Path folder;
    private final SiteDatabase database;
    private final int switchPort;
    private final TcpProxy proxy;
    private final Map<String, ChildProcess> diallers = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, String> settings = new TreeMap<>();
    private String logging = "logback.xml";
    private boolean delaysRecorded = true;
    private ChildProcess simulated;
    private boolean clocksStep;

    /**
     * @param scenario    name of the scenario, for the line that shows the seed
     * @param databaseUrl an empty database
     */
    public Site(String scenario, String databaseUrl) throws IOException, SQLException {
        System.out.println(scenario + ": -Dchaos.seed=" + SEED);
        database = new SiteDatabase(databaseUrl);
        folder = Files.createTempDirectory("callout-chaos");
        switchPort = FreePort.next();
        proxy = new TcpProxy(() -> switchPort);
        // Otherwise the server reports every connection that a killed dialler leaves behind.
        database.execute("SET GLOBAL log_warnings = 1");
        settings.putAll(Map.ofEntries(
                Map.entry("callout.db.url", databaseUrl),
                Map.entry("callout.db.user", "root"),
                Map.entry("callout.switches", "sim"),
                Map.entry("callout.switch.sim.port", Integer.toString(proxy.port())),
                Map.entry("callout.switch.sim.calls-per-second", "200"),
                Map.entry("callout.campaign.scan-interval-sec", "1"),
                Map.entry("callout.lease-sec", Long.toString(LEASE.toSeconds())),
                Map.entry("callout.max-call-sec", "60"),
                Map.entry("callout.retry.floor-sec", Long.toString(FLOOR.toSeconds())),
                Map.entry("camel.component.esl.switches[sim].reconnectDelay", "100"),
                Map.entry("camel.component.esl.switches[sim].maxReconnectDelay", "500")));
    }

    /**
     * Says that the database's clock is set by hand. Then its time at one moment says nothing about its time at
     * another.
     */
    public void clocksStep() {
        clocksStep = true;
    }

    boolean doClocksStep() {
        return clocksStep;
    }

    /** Returns the size of a scenario: the first in {@code ./mvnw verify}, the second with {@code -Pfull}. */
    public static <T> T size(T small, T large) {
        return LONG ? large : small;
    }

    /** How long a scenario may take until its numbers are dialled. */
    static Duration patience() {
        return Duration.ofMinutes(size(3, 30));
    }

    public Site with(String option, String value) {
        settings.put(option, value);
        return this;
    }

    /** Sets the log configuration of diallers to this file. */
    public Site logging(String configuration) throws IOException {
        Path file = folder.resolve("logging.xml");
        Files.writeString(file, configuration, StandardCharsets.UTF_8);
        logging = file.toString();
        return this;
    }

    public SiteDatabase database() {
        return database;
    }

    public Random random() {
        return random;
    }

    public TcpProxy proxy() {
        return proxy;
    }

    Path ledgerFile() {
        return folder.resolve("ledger.jsonl");
    }

    public Ledger ledger() {
        return Ledger.read(ledgerFile());
    }

    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Records a fault on the way to the switch, or in the database. It is over when the task returns. */
    public void fault(String what, Task task) throws Exception {
        Instant from = Instant.now();
        task.run();
        faults.add(new Fault(what, from, Instant.now(), null));
    }

    /** Kills a dialler: {@code kill -9}. */
    public void kill(String node) throws SQLException {
        dialler(node).kill();
        noteCallsOf(node, "kill -9 of " + node);
    }

    /** Stops a dialler as an operator does, and waits for its end. */
    public void end(String node) throws InterruptedException {
        dialler(node).terminate();
        dialler(node).exitCode(SOON);
    }

    /** Freezes a dialler for some time, as on an overloaded machine. */
    public void freeze(String node, Duration time) throws SQLException {
        dialler(node).freeze();
        noteCallsOf(node, "SIGSTOP of " + node);
        pause(time);
        dialler(node).thaw();
    }

    /** The node's calls in progress stay as they are until its lease has expired. */
    private void noteCallsOf(String node, String what) throws SQLException {
        Instant now = Instant.now();
        faults.add(new Fault(
                what,
                now,
                now,
                Set.copyOf(database.column("SELECT call_uuid FROM campaign_phones WHERE owner IN ("
                        + "SELECT incarnation FROM nodes WHERE name = '" + node + "')"))));
    }

    /** Starts the switch, or starts it again if it was killed, and waits until it listens. */
    public void startSwitch(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "switch",
                "--port",
                Integer.toString(switchPort),
                "--ledger",
                ledgerFile().toString(),
                "--sessions-per-second",
                "1000",
                "--time-scale",
                "10"));
        arguments.addAll(List.of(more));
        simulated =
                ChildProcess.ofClasses(folder.resolve("switch.log"), "logback.xml", arguments.toArray(String[]::new));
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(this::switchListens);
    }

    private boolean switchListens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), switchPort)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public ChildProcess simulated() {
        return simulated;
    }

    /** Starts a dialler, or starts it again. */
    public ChildProcess startDialler(String node) throws IOException {
        return startDialler(node, Map.of());
    }

    /** The same with additional environment variables. */
    public ChildProcess startDialler(String node, Map<String, String> environment) throws IOException {
        ChildProcess dialler = ChildProcess.ofClasses(
                folder.resolve(node + ".log"), logging, environment, "run", "--config", configuration(node, settings));
        diallers.put(node, dialler);
        return dialler;
    }

    /** The same with an earlier version, which knows fewer options and records no delays. */
    public void startEarlier(String node, String classPath) throws IOException {
        Map<String, String> known = new TreeMap<>(settings);
        known.remove("callout.retry.floor-sec");
        diallers.put(
                node,
                ChildProcess.ofClassPath(
                        classPath, folder.resolve(node + ".log"), "run", "--config", configuration(node, known)));
        delaysRecorded = false;
    }

    /** Returns whether each dialler records the delays that it decides on. */
    boolean delaysRecorded() {
        return delaysRecorded;
    }

    private String configuration(String node, Map<String, String> options) throws IOException {
        Path config = folder.resolve(node + ".properties");
        StringBuilder text = new StringBuilder("callout.node=" + node + "\n");
        options.forEach(
                (option, value) -> text.append(option).append('=').append(value).append('\n'));
        Files.writeString(config, text, StandardCharsets.UTF_8);
        return config.toString();
    }

    public ChildProcess dialler(String node) {
        return diallers.get(node);
    }

    public void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(SOON).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    /** Waits until calls of a dialler reach the switch: this many more than before. */
    public void awaitNewCalls(int more) {
        int before = ledger().size();
        Awaitility.await("new calls")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> database.allFinished() || ledger().size() >= before + more);
    }

    public boolean ledgerHolds(int calls) {
        return Files.exists(ledgerFile()) && ledger().size() >= calls;
    }

    /** Waits until this many calls are up at once, so that the next step has an effect. */
    public void awaitCallsUp(int least) {
        Awaitility.await("calls up")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Files.exists(ledgerFile()) && ledger().callsUp() >= least);
    }

    /** Waits until every number is finished. If that takes too long, the failure names some that are not. */
    public void awaitAllFinished() throws Exception {
        awaitAllFinished(() -> {});
    }

    /** The same, and does something whenever it has looked. */
    public void awaitAllFinished(Task meanwhile) throws Exception {
        long end = System.nanoTime() + patience().toNanos();
        while (!database.allFinished()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not finished: "
                        + database.column(
                                "SELECT CONCAT_WS(' ', cld, status, call_count, call_uuid,"
                                        + " owner, call_switch, next_call, expires) FROM campaign_phones WHERE finished = 0 LIMIT 10")
                        + " at "
                        + Instant.now() + "\nnodes: "
                        + database.column("SELECT CONCAT_WS(' ', name, incarnation, expires) FROM nodes")
                        + "\n" + logs());
            }
            meanwhile.run();
            pause(Duration.ofMillis(250));
        }
    }

    /** Waits for a random time, at most this long. */
    public void anyInstantWithin(Duration most) {
        pause(Duration.ofMillis(random.nextLong(most.toMillis())));
    }

    /** Waits for this time to pass; there is nothing else to wait for. */
    public void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the shortened output of all processes. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        diallers.forEach((node, dialler) -> logs.append("--- ")
                .append(node)
                .append(" in ")
                .append(folder)
                .append('\n')
                .append(lastOf(dialler.output())));
        return logs.toString();
    }

    private static String lastOf(String text) {
        return text.substring(Math.max(0, text.length() - 6000));
    }

    /** Kills everything that runs and deletes its output, unless {@code chaos.keep} is set. */
    @Override
    public void close() throws IOException {
        diallers.values().forEach(ChildProcess::close);
        if (simulated != null) {
            simulated.close();
        }
        proxy.close();
        if (!Boolean.getBoolean("chaos.keep")) {
            try (var files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** The action of a fault. */
    public interface Task {
        void run() throws Exception;
    }
}
