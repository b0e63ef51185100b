package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.callout.api.ApiClient;
import dev.callout.chaos.site.GaleraCluster;
import dev.callout.chaos.site.GaleraServer;
import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.FreePort;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three diallers on three Galera servers, which fail one after another. The diallers use one server, and the next one when
 * that fails; or each uses another one, so that claims of one campaign meet at their commits.
 */
@Tag("full")
@Tag("alone")
class ServersGaleraIT {

    /** A cluster that misses a server commits nothing for five seconds. */
    private static final Duration LEASE = Duration.ofSeconds(12);

    private static final int NUMBERS = 250;
    /** So few that a node can have more only if another one has fewer. */
    private static final int CHANNELS = 20;

    private static final List<String> NODES = List.of("a", "b", "c");
    private static final Pattern ROLLED_BACK =
            Pattern.compile("callout_transactions_rolled_back_total\\{reason=\"conflict\",work=\"claim\"} (\\S+)");

    private static GaleraCluster cluster;
    private static int databases;

    /** How the diallers use the servers. */
    enum Writers {
        /** All use the first one that can be used. */
        ONE,
        /** The same, and the driver opens other connections by itself. */
        SEQUENTIAL,
        /** Each begins with another one. */
        SEVERAL;

        private String mode() {
            return this == SEQUENTIAL ? "sequential:" : "";
        }

        private int first(String node) {
            return this == SEVERAL ? NODES.indexOf(node) : 0;
        }
    }

    @BeforeAll
    static void startCluster() throws IOException {
        String missing = GaleraCluster.missing();
        if (!missing.isEmpty()) {
            abort("Debian's packages mariadb-server, galera-4, rsync and lsof are not installed: " + missing);
        }
        cluster = GaleraCluster.start();
    }

    @AfterAll
    static void stopCluster() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void killedServersLoseNothing(Writers writers) throws Exception {
        whileDialling(writers, (site, server) -> {
            cluster.server(server).kill();
            try {
                site.awaitNewCalls(10);
            } finally {
                cluster.startAgain(server);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsCutOffLosesNothing(Writers writers) throws Exception {
        whileDialling(writers, (site, server) -> {
            cluster.server(server).cutOff(true);
            try {
                site.awaitNewCalls(10);
                site.pause(LEASE);
            } finally {
                cluster.server(server).cutOff(false);
                cluster.server(server).awaitSynced();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE", "SEVERAL"})
    void aServerThatStandsStillLosesNothing(Writers writers) throws Exception {
        whileDialling(writers, (site, server) -> {
            cluster.server(server).freeze();
            site.anyInstantWithin(Duration.ofSeconds(12));
            cluster.server(server).thaw();
            site.awaitNewCalls(10);
            cluster.server(server).awaitSynced();
        });
    }

    /** A full state transfer holds up its donor in this way, for as long as the data is large. */
    @ParameterizedTest
    @EnumSource(names = {"ONE", "SEVERAL"})
    void aDonorThatIsBlockedLosesNothing(Writers writers) throws Exception {
        whileDialling(writers, (site, server) -> {
            GaleraServer donor = cluster.server(server);
            donor.execute("SET GLOBAL wsrep_desync = ON");
            try (Connection blocking = donor.connect();
                    Statement statement = blocking.createStatement()) {
                statement.execute("FLUSH TABLES WITH READ LOCK");
                site.pause(LEASE.dividedBy(2));
                statement.execute("UNLOCK TABLES");
            }
            donor.execute("SET GLOBAL wsrep_desync = OFF");
            donor.awaitSynced();
            site.awaitNewCalls(10);
        });
    }

    private static void whileDialling(Writers writers, Trouble trouble) throws Exception {
        String database = "chaos" + ++databases;
        cluster.createDatabase(database);
        Map<String, Integer> ports = new TreeMap<>();
        try (Site site = new Site(
                        "Galera, writers: " + writers,
                        cluster.url("", database, 0) + "&user=root&connectTimeout=2000&socketTimeout=30000")
                .with("callout.switch.sim.calls-per-second", "15")
                .with("callout.lease-sec", Long.toString(LEASE.toSeconds()))) {
            site.startSwitch();
            for (String node : NODES) {
                ports.put(node, FreePort.next());
                site.with("callout.http.port", ports.get(node).toString())
                        .with("callout.db.url", cluster.url(writers.mode(), database, writers.first(node)))
                        .startDialler(node);
                site.database().awaitTables();
            }
            site.await(
                    "three nodes",
                    () -> site.database().number("SELECT COUNT(DISTINCT name) FROM nodes") == NODES.size());
            site.database().execute("INSERT INTO gateways (name, max_calls) VALUES ('gw', " + CHANNELS + ")");
            site.database().campaign(NUMBERS);
            for (int server = 0; server < NODES.size() && !site.database().allFinished(); server++) {
                site.awaitNewCalls(30);
                site.anyInstantWithin(Duration.ofMillis(1500));
                int failing = server;
                site.fault("server " + server, () -> trouble.strikes(site, failing));
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
            assertThat(site.ledger().peak()).as("calls by one gateway at once").isLessThanOrEqualTo(CHANNELS);
            double rolledBack = rolledBackClaims(ports);
            System.out.println("Claims rolled back: " + rolledBack);
            if (writers == Writers.SEVERAL) {
                assertThat(rolledBack).as("claims that were rolled back").isPositive();
            }
        }
    }

    private static double rolledBackClaims(Map<String, Integer> ports) throws Exception {
        double all = 0;
        for (int port : ports.values()) {
            Matcher matcher =
                    ROLLED_BACK.matcher(new ApiClient(port).get("/metrics").text());
            assertThat(matcher.find()).isTrue();
            all += Double.parseDouble(matcher.group(1));
        }
        return all;
    }

    /** What happens to a server, and is over when it returns. */
    private interface Trouble {
        void strikes(Site site, int server) throws Exception;
    }
}
