package dev.callout.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.bench.result.BenchmarkResults;
import dev.callout.cli.demo.EmbeddedMariaDb;
import dev.callout.store.Nodes;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.numbers.DestinationList;
import dev.callout.store.numbers.GivenBack;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.schema.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Measures how fast numbers are claimed from tables of different sizes and states, and how many rows the server reads
 * for each number, which is exact. Compares this with the way in which mod_dialer finds its next number. Also measures how
 * long claims take while very many calls of their campaign are up.
 * {@code -Dbench.rows=10000,1000000} chooses the sizes. {@code -Dbench.server-mb=1024} chooses the memory for table
 * pages in the server; the default is 256 MB.
 */
final class ClaimBenchmark implements Benchmark {

    private static final String OWNER = "bench";
    /** Numbers in one claim, as many as an idle dialler with many lines takes. */
    private static final int BATCH = 500;

    private static final Duration PEER_TIME = Duration.ofSeconds(1);
    private static final int MOST_LINES = 1_000_000;
    private static final String MOST_READS = "≤ 3";

    /** mod_dialer's query before each call. */
    private static final String PEER_QUERY =
            "SELECT number, duration, callerid FROM list WHERE in_use = 0 AND calls < 3"
                    + " AND (lastcall IS NULL OR TIME_TO_SEC(TIMEDIFF(NOW(), lastcall)) > 600) ORDER BY RAND() LIMIT 1";

    /** The two tables that numbers are dialled from. */
    private enum Layout {
        /** mod_dialer's table, on which its query is the peer. */
        LIST("destination list") {
            @Override
            String up(int rows) {
                return "UPDATE list SET in_use = 1, callout_campaign = 1, callout_uuid = callout_row, callout_owner = '"
                        + OWNER + "' LIMIT " + rows;
            }

            @Override
            CalloutTable open(DataSource dataSource) {
                return new DestinationList(dataSource, "list", Duration.ofMinutes(1));
            }

            @Override
            void fill(Table table, DataSource dataSource) throws SQLException {
                execute(
                        dataSource,
                        "CREATE TABLE list (number VARCHAR(64) NOT NULL PRIMARY KEY, lastcall DATETIME,"
                                + " lastresult VARCHAR(255), calls INT, in_use TINYINT, duration INT, callerid VARCHAR(64))");
                execute(
                        dataSource,
                        "INSERT INTO list (number, calls, in_use, lastcall) SELECT 49000000 + seq,"
                                + " IF(seq % 100 < " + table.finished + ", 3, IF(" + table.waiting
                                + " AND seq % 2, 1, 0)), 0,"
                                + " IF(" + table.waiting + " AND seq % 2, NOW(), NULL) FROM seq_1_to_" + table.rows);
                new ListSchema(dataSource, "list").prepare();
                execute(dataSource, "ANALYZE TABLE list");
            }

            @Override
            String end(boolean finished, String rows) {
                return "UPDATE list SET in_use = 0, callout_uuid = NULL, callout_owner = NULL, callout_campaign = NULL"
                        + (finished ? ", calls = 1, lastresult = 'success'" : "") + " WHERE callout_row IN (" + rows
                        + ")";
            }
        },
        PHONES("campaign_phones") {
            @Override
            String up(int rows) {
                return "UPDATE campaign_phones SET status = 'answer', call_uuid = i_campaign_phone, owner = '" + OWNER
                        + "' LIMIT " + rows;
            }

            @Override
            CalloutTable open(DataSource dataSource) {
                return new CampaignPhones(dataSource);
            }

            @Override
            void fill(Table table, DataSource dataSource) throws SQLException {
                execute(
                        dataSource,
                        "ALTER TABLE campaign_phones DROP INDEX callout_open, DROP INDEX callout_open_shuffle,"
                                + " DROP INDEX callout_owner");
                execute(
                        dataSource,
                        "INSERT INTO campaign_phones (i_campaign, cld, finished, next_call) SELECT 1, 49000000 + seq,"
                                + " seq % 100 < " + table.finished + ", IF(" + table.waiting
                                + " AND seq % 2, '2100-01-01', NULL)"
                                + " FROM seq_1_to_" + table.rows);
                execute(
                        dataSource,
                        "UPDATE campaign_phones SET rule_not_before = '2100-01-01', callout_rule_inputs = callout_inputs"
                                + " WHERE i_campaign_phone % 100 < " + table.closed);
                new Schema(dataSource).create();
                execute(dataSource, "ANALYZE TABLE campaign_phones");
            }

            @Override
            String end(boolean finished, String rows) {
                return "UPDATE campaign_phones SET call_uuid = NULL, owner = NULL, expires = NULL, "
                        + (finished ? "finished = 1, status = 'success'" : "status = 'idle'")
                        + " WHERE i_campaign_phone IN (" + rows + ")";
            }
        },
        TELEPHONES("telephones by rules with zones and caps") {
            @Override
            String up(int rows) {
                return PHONES.up(rows);
            }

            @Override
            CalloutTable open(DataSource dataSource) {
                return PHONES.open(dataSource);
            }

            @Override
            void fill(Table table, DataSource dataSource) throws SQLException {
                for (String statement : RuledTelephones.statements(table.rows, table.closed)) {
                    execute(dataSource, statement);
                }
                new Schema(dataSource).create();
                execute(dataSource, "ANALYZE TABLE campaign_phones, telephones, call_attempts, do_not_call");
            }

            @Override
            String end(boolean finished, String rows) {
                return PHONES.end(finished, rows);
            }

            @Override
            ClaimOrder order(int most, boolean random, ClaimCursor cursor) {
                return RuledTelephones.order(super.order(most, random, cursor));
            }
        };

        private final String title;

        Layout(String title) {
            this.title = title;
        }

        /**
         * The server's counters of what it reads. With looks that find nothing, and temporary tables; in the claims of
         * telephones, which look for each at do-not-call lists, only rows.
         */
        final String counters() {
            return this == TELEPHONES ? "Rows_read" : "Handler_read%";
        }

        /** Returns a statement that makes the first rows look like calls that are up. */
        abstract String up(int rows);

        abstract CalloutTable open(DataSource dataSource);

        /**
         * Creates and fills the table before its indexes, as for a table that exists already. So ten million rows take
         * minutes, not hours.
         */
        abstract void fill(Table table, DataSource dataSource) throws SQLException;

        /** Returns a statement that ends what is in progress in these rows: finished, or as it was before the claim. */
        abstract String end(boolean finished, String rows);

        ClaimOrder order(int most, boolean random, ClaimCursor cursor) {
            return new ClaimOrder(
                    1, OWNER, Instant.now(), most, Duration.ofSeconds(2), random, Duration.ofMinutes(5), cursor);
        }

        final void end(boolean finished, Claim claim, DataSource dataSource) throws SQLException {
            if (!claim.numbers().isEmpty()) {
                execute(
                        dataSource,
                        end(
                                finished,
                                claim.numbers().stream()
                                        .map(number -> Long.toString(number.row()))
                                        .collect(Collectors.joining(", "))));
                execute(
                        dataSource,
                        "UPDATE campaign_lines SET ended = ended + "
                                + claim.numbers().size() + " WHERE owner = '" + OWNER + "'");
            }
        }
    }

    /**
     * The state of a table when claims begin.
     *
     * @param finished per cent of the rows that are finished
     * @param waiting  whether half of the others wait for their next attempt
     * @param readView whether a transaction is open that began before the latest 100,000 calls, like that of a dump
     * @param closed   per cent of the rows that calling rules keep closed
     */
    private record Table(Layout layout, int rows, int finished, boolean waiting, boolean readView, int closed) {

        Table(Layout layout, int rows, int finished, boolean waiting, boolean readView) {
            this(layout, rows, finished, waiting, readView, 0);
        }

        @Override
        public String toString() {
            return String.format(
                    "%s, %,d rows, %d %% finished%s%s%s",
                    layout.title,
                    rows,
                    finished,
                    waiting ? ", half waiting" : "",
                    readView ? ", open read view" : "",
                    closed > 0 ? ", " + closed + " % closed" : "");
        }
    }

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
            for (Layout layout : List.of(Layout.LIST, Layout.PHONES)) {
                claimWhileUp(layout, scale == Scale.SHORT ? 4_000 : 600_000, server, time, results);
            }
            for (int rows : sizes(scale)) {
                double peer = 0;
                for (Layout layout : List.of(Layout.LIST, Layout.PHONES)) {
                    for (Table table : List.of(
                            new Table(layout, rows, 0, false, false),
                            new Table(layout, rows, 50, false, false),
                            new Table(layout, rows, 99, false, false),
                            new Table(layout, rows, 0, true, false),
                            new Table(layout, rows, 0, false, true))) {
                        peer = run(table, server, time, peer, results);
                    }
                }
                run(new Table(Layout.PHONES, rows, 0, false, false, 99), server, time, peer, results);
                run(new Table(Layout.TELEPHONES, rows, 0, false, false, 99), server, time, peer, results);
            }
        }
    }

    /** Claims of twenty numbers, the usual size while calls end one by one. There are no calls, only their rows. */
    private static void claimWhileUp(
            Layout layout, int up, EmbeddedMariaDb server, Duration time, BenchmarkResults results) throws Exception {
        try (HikariDataSource dataSource = single(server.createDatabase("claim"))) {
            new Schema(dataSource).create();
            new Nodes(dataSource).register("bench", OWNER, Duration.ofDays(1));
            execute(
                    dataSource,
                    "INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('bench', " + MOST_LINES + ")");
            layout.fill(new Table(layout, up + 20_000, 0, false, false), dataSource);
            execute(dataSource, layout.up(up));
            // Waits until the server has removed the index entries that the update has left.
            execute(dataSource, "SET GLOBAL innodb_max_purge_lag_wait = 0");
            CalloutTable numbers = layout.open(dataSource);
            numbers.correctLines();
            List<Long> nanos = new ArrayList<>();
            ClaimCursor cursor = ClaimCursor.START;
            for (long spent = 0; spent < time.toNanos(); spent += nanos.get(nanos.size() - 1)) {
                long begun = System.nanoTime();
                Claim claim = numbers.claim(layout.order(20, false, cursor));
                nanos.add(System.nanoTime() - begun);
                cursor = claim.limit() == Claim.Limit.NUMBERS ? ClaimCursor.START : claim.cursor();
                numbers.giveBack(
                        OWNER, claim.numbers().stream().map(GivenBack::asItWas).toList());
            }
            nanos.sort(null);
            String subject = String.format("%s, %,d up (rows only), 20 numbers a claim", layout.title, up);
            results.add(subject, "claim, ms at p50", nanos.get(nanos.size() / 2) / 1e6);
            results.add(subject, "claim, ms at p99", nanos.get(nanos.size() * 99 / 100) / 1e6, "≤ 3");
            execute(dataSource, "DROP DATABASE claim");
        }
    }

    private static void giveMemory(EmbeddedMariaDb server) throws SQLException {
        Integer megabytes = Integer.getInteger("bench.server-mb");
        if (megabytes != null) {
            try (HikariDataSource dataSource = single(server.createDatabase("memory"))) {
                execute(dataSource, "SET GLOBAL innodb_buffer_pool_size = " + megabytes * 1024L * 1024);
            }
        }
    }

    /** @return the peer's numbers per second, measured in the first table, a list in which nothing is finished */
    private static double run(
            Table table, EmbeddedMariaDb server, Duration time, double known, BenchmarkResults results)
            throws Exception {
        try (HikariDataSource dataSource = single(server.createDatabase("claim"))) {
            new Schema(dataSource).create();
            new Nodes(dataSource).register("bench", OWNER, Duration.ofDays(1));
            execute(
                    dataSource,
                    "INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('bench', " + MOST_LINES + ")");
            table.layout.fill(table, dataSource);
            double peer = known > 0 ? known : peer(table, dataSource, results);
            CalloutTable numbers = table.layout.open(dataSource);
            numbers.correctLines();
            for (boolean random : List.of(false, true)) {
                try (Connection dump = DriverManager.getConnection(dataSource.getJdbcUrl());
                        Statement view = dump.createStatement()) {
                    ClaimCursor cursor = ClaimCursor.START;
                    if (table.readView) {
                        view.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
                        cursor = dial(table, random, numbers, dataSource);
                    }
                    Claimed claimed = claim(table.layout, time, random, cursor, numbers, dataSource);
                    String subject = table + (random ? ", random" : ", sequential");
                    boolean million = table.rows == 1_000_000;
                    results.add(subject, "rows read per number", claimed.reads, MOST_READS);
                    results.add(subject, "numbers/s", claimed.perSecond, million ? "≥ 20,000" : "");
                    results.add(
                            subject, "times the peer's numbers/s", claimed.perSecond / peer, million ? "≥ 1,000" : "");
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
    private static ClaimCursor dial(Table table, boolean random, CalloutTable numbers, DataSource dataSource)
            throws SQLException, LeaseLostException {
        ClaimCursor cursor = ClaimCursor.START;
        for (int done = 0; done < Math.min(100_000, table.rows / 4); done += BATCH) {
            Claim claim = numbers.claim(table.layout.order(BATCH, random, cursor));
            cursor = claim.cursor();
            table.layout.end(true, claim, dataSource);
        }
        return cursor;
    }

    private static Claimed claim(
            Layout layout, Duration time, boolean random, ClaimCursor start, CalloutTable table, DataSource dataSource)
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

    private static double peer(Table table, DataSource dataSource, BenchmarkResults results) throws SQLException {
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
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE '" + counters + "'")) {
            long reads = 0;
            while (row.next()) {
                reads += row.getLong(2);
            }
            return reads;
        }
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
