package dev.callout.bench;

import static dev.callout.bench.ClaimLayout.OWNER;
import static dev.callout.bench.ClaimLayout.execute;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.bench.result.BenchmarkResults;
import dev.callout.cli.demo.EmbeddedMariaDb;
import dev.callout.store.Nodes;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.GivenBack;
import dev.callout.store.schema.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/**
 * Measures how fast numbers are claimed from tables of different sizes and states, and how many rows the server reads
 * for each number, which is exact. Compares this with the way in which mod_dialer finds its next number. Also measures how
 * long claims take while very many calls of their campaign are up.
 * {@code -Dbench.rows=10000,1000000} chooses the sizes, and {@code -Dbench.states=closed} the states: those whose names have
 * this text. {@code -Dbench.server-mb=1024} chooses the memory for table
 * pages in the server; the default is 256 MB.
 */
final class ClaimBenchmark implements Benchmark {

    /** Numbers in one claim, as many as an idle dialler with many lines takes. */
    private static final int BATCH = 500;

    private static final Duration MOST_WRITING = Duration.ofMinutes(5);
    private static final int FEW_PAGES = 100;
    private static final Duration PEER_TIME = Duration.ofSeconds(1);
    private static final int MOST_LINES = 1_000_000;
    private static final String MOST_READS = "≤ 3";

    /** mod_dialer's query before each call. */
    private static final String PEER_QUERY =
            "SELECT number, duration, callerid FROM list WHERE in_use = 0 AND calls < 3"
                    + " AND (lastcall IS NULL OR TIME_TO_SEC(TIMEDIFF(NOW(), lastcall)) > 600) ORDER BY RAND() LIMIT 1";

    /** @param reads rows read per number */
    private record Claimed(double perSecond, double reads) {}

    @Override
    public String name() {
        return "claim";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        Duration time = scale == Scale.SHORT ? Duration.ofMillis(100) : Duration.ofSeconds(3);
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(true)) {
            giveMemory(server);
            for (ClaimLayout layout : List.of(ClaimLayout.LIST, ClaimLayout.PHONES)) {
                if (!isChosen("up")) {
                    continue;
                }
                claimWhileUp(layout, scale == Scale.SHORT ? 4_000 : 600_000, server, time, results);
            }
            for (int rows : sizes(scale)) {
                double peer = 0;
                for (ClaimTable table : states(rows)) {
                    if (isChosen(table.toString())) {
                        peer = run(table, server, time, peer, results);
                    }
                }
            }
        }
    }

    private static List<ClaimTable> states(int rows) {
        List<ClaimTable> states = new ArrayList<>();
        for (ClaimLayout layout : List.of(ClaimLayout.LIST, ClaimLayout.PHONES)) {
            states.addAll(List.of(
                    new ClaimTable(layout, rows, 0, false, false),
                    new ClaimTable(layout, rows, 50, false, false),
                    new ClaimTable(layout, rows, 99, false, false),
                    new ClaimTable(layout, rows, 0, true, false),
                    new ClaimTable(layout, rows, 0, false, true)));
        }
        states.add(new ClaimTable(ClaimLayout.PHONES, rows, 0, false, false, 99));
        states.add(new ClaimTable(ClaimLayout.TELEPHONES, rows, 0, false, false, 99));
        return states;
    }

    private static boolean isChosen(String state) {
        return state.contains(System.getProperty("bench.states", ""));
    }

    /** Claims of twenty numbers, the usual size while calls end one by one. There are no calls, only their rows. */
    private static void claimWhileUp(
            ClaimLayout layout, int up, EmbeddedMariaDb server, Duration time, BenchmarkResults results)
            throws Exception {
        try (HikariDataSource dataSource = single(server.createDatabase("claim"))) {
            new Schema(dataSource).create();
            new Nodes(dataSource).register("bench", OWNER, Duration.ofDays(1));
            execute(
                    dataSource,
                    "INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('bench', " + MOST_LINES + ")");
            layout.fill(new ClaimTable(layout, up + 20_000, 0, false, false), dataSource);
            execute(dataSource, layout.up(up));
            settle(dataSource);
            CalloutTable numbers = layout.open(dataSource);
            numbers.correctLines();
            // The first claims of a JVM are slow, whatever they claim.
            claimTwenties(layout, numbers, dataSource, time, new ArrayList<>(), new ArrayList<>());
            List<Long> claims = new ArrayList<>();
            List<Long> commits = new ArrayList<>();
            claimTwenties(layout, numbers, dataSource, time, claims, commits);
            String subject = String.format("%s, %,d up (rows only), 20 numbers a claim", layout.title(), up);
            add(results, subject, "claim", claims, "≤ 3");
            add(results, "limit: " + subject, "commit of one changed row", commits, "");
            execute(dataSource, "DROP DATABASE claim");
        }
    }

    /**
     * Claims, and gives back, for a time. Changes one row between, since the server also removes and writes then what the
     * claims have left.
     *
     * @param claims  gets how long each claim has taken
     * @param commits gets how long each change of one row has taken
     */
    private static void claimTwenties(
            ClaimLayout layout,
            CalloutTable numbers,
            DataSource dataSource,
            Duration time,
            List<Long> claims,
            List<Long> commits)
            throws SQLException, LeaseLostException {
        ClaimCursor cursor = ClaimCursor.START;
        for (long spent = 0; spent < time.toNanos(); spent += claims.get(claims.size() - 1)) {
            long begun = System.nanoTime();
            Claim claim = numbers.claim(layout.order(20, false, cursor));
            claims.add(System.nanoTime() - begun);
            cursor = claim.limit() == Claim.Limit.NUMBERS ? ClaimCursor.START : claim.cursor();
            numbers.giveBack(
                    OWNER, claim.numbers().stream().map(GivenBack::asItWas).toList());
            begun = System.nanoTime();
            execute(dataSource, "UPDATE campaigns SET max_concurrent_calls = max_concurrent_calls + 1");
            commits.add(System.nanoTime() - begun);
        }
    }

    private static void add(BenchmarkResults results, String subject, String what, List<Long> nanos, String wanted) {
        nanos.sort(null);
        results.add(subject, what + ", ms at p50", nanos.get(nanos.size() / 2) / 1e6);
        results.add(subject, what + ", ms at p99", nanos.get(nanos.size() * 99 / 100) / 1e6, wanted);
    }

    /** Waits until the server has removed the index entries, and written the pages, that filling a table has left. */
    private static void settle(DataSource dataSource) throws SQLException {
        execute(dataSource, "SET GLOBAL innodb_max_purge_lag_wait = 0");
        execute(dataSource, "SET GLOBAL innodb_max_dirty_pages_pct = 0");
        long deadline = System.nanoTime() + MOST_WRITING.toNanos();
        while (counted(dataSource, "GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'") > FEW_PAGES
                && System.nanoTime() < deadline) {
            execute(dataSource, "DO SLEEP(0.1)");
        }
        execute(dataSource, "SET GLOBAL innodb_max_dirty_pages_pct = DEFAULT");
    }

    private static void giveMemory(EmbeddedMariaDb server) throws SQLException {
        Integer megabytes = Integer.getInteger("bench.server-mb");
        if (megabytes != null) {
            try (HikariDataSource dataSource = single(server.createDatabase("memory"))) {
                execute(dataSource, "SET GLOBAL innodb_buffer_pool_size = " + megabytes * 1024L * 1024);
            }
        }
    }

    /** @return the peer's numbers per second, measured in the first list; 0: in none */
    private static double run(
            ClaimTable table, EmbeddedMariaDb server, Duration time, double known, BenchmarkResults results)
            throws Exception {
        try (HikariDataSource dataSource = single(server.createDatabase("claim"))) {
            new Schema(dataSource).create();
            new Nodes(dataSource).register("bench", OWNER, Duration.ofDays(1));
            execute(
                    dataSource,
                    "INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('bench', " + MOST_LINES + ")");
            table.layout().fill(table, dataSource);
            settle(dataSource);
            double peer = known > 0 || table.layout() != ClaimLayout.LIST ? known : peer(table, dataSource, results);
            CalloutTable numbers = table.layout().open(dataSource);
            numbers.correctLines();
            for (boolean random : List.of(false, true)) {
                try (Connection dump = DriverManager.getConnection(dataSource.getJdbcUrl());
                        Statement view = dump.createStatement()) {
                    ClaimCursor cursor = ClaimCursor.START;
                    if (table.readView()) {
                        view.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
                        cursor = dial(table, random, numbers, dataSource);
                    }
                    // The first claims of a JVM are slow, whatever they claim.
                    claim(table.layout(), time, random, cursor, numbers, dataSource);
                    Claimed claimed = claim(table.layout(), time, random, cursor, numbers, dataSource);
                    String subject = table + (random ? ", random" : ", sequential");
                    boolean million = table.rows() == 1_000_000;
                    results.add(subject, "rows read per number", claimed.reads, MOST_READS);
                    results.add(subject, "numbers/s", claimed.perSecond, million ? "≥ 20,000" : "");
                    if (peer > 0) {
                        results.add(
                                subject,
                                "times the peer's numbers/s",
                                claimed.perSecond / peer,
                                million ? "≥ 1,000" : "");
                    }
                }
            }
            execute(dataSource, "DROP DATABASE claim");
            return peer;
        }
    }

    private static List<Integer> sizes(Scale scale) {
        String given =
                System.getProperty("bench.rows", scale == Scale.SHORT ? "4000" : "10000,100000,1000000,10000000");
        return Arrays.stream(given.split(",")).map(Integer::valueOf).toList();
    }

    /** Returns a pool of one connection. Its session counts what the claim reads. */
    private static HikariDataSource single(String url) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(url);
        dataSource.setMaximumPoolSize(1);
        return dataSource;
    }

    /** Dials up to 100,000 numbers to their end. Returns where the next claim goes on. */
    private static ClaimCursor dial(ClaimTable table, boolean random, CalloutTable numbers, DataSource dataSource)
            throws SQLException, LeaseLostException {
        ClaimCursor cursor = ClaimCursor.START;
        for (int done = 0; done < Math.min(100_000, table.rows() / 4); done += BATCH) {
            Claim claim = numbers.claim(table.layout().order(BATCH, random, cursor));
            cursor = claim.cursor();
            table.layout().end(true, claim, dataSource);
        }
        return cursor;
    }

    private static Claimed claim(
            ClaimLayout layout,
            Duration time,
            boolean random,
            ClaimCursor start,
            CalloutTable table,
            DataSource dataSource)
            throws SQLException, LeaseLostException {
        long spent = 0;
        long reads = 0;
        int numbers = 0;
        ClaimCursor cursor = start;
        while (spent < time.toNanos()) {
            long readBefore = reads(dataSource, layout.counters());
            long begun = System.nanoTime();
            Claim claim = table.claim(layout.order(BATCH, random, cursor));
            spent += System.nanoTime() - begun;
            reads += reads(dataSource, layout.counters()) - readBefore;
            numbers += claim.numbers().size();
            cursor = claim.limit() == Claim.Limit.NUMBERS ? start : claim.cursor();
            // So that no line is used when the next claim begins, and the table stays as it is.
            layout.end(false, claim, dataSource);
        }
        return new Claimed(numbers * 1e9 / spent, (double) reads / numbers);
    }

    private static double peer(ClaimTable table, DataSource dataSource, BenchmarkResults results) throws SQLException {
        int queries = 0;
        long begun = System.nanoTime();
        do {
            execute(dataSource, PEER_QUERY);
            queries++;
        } while (System.nanoTime() - begun < PEER_TIME.toNanos());
        double perSecond = queries * 1e9 / (System.nanoTime() - begun);
        results.add("peer: mod_dialer's query, " + table, "numbers/s", perSecond);
        return perSecond;
    }

    private static long reads(DataSource dataSource, String counters) throws SQLException {
        return counted(dataSource, "SESSION STATUS LIKE '" + counters + "'");
    }

    private static long counted(DataSource dataSource, String counters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + counters)) {
            long counted = 0;
            while (row.next()) {
                counted += row.getLong(2);
            }
            return counted;
        }
    }
}
