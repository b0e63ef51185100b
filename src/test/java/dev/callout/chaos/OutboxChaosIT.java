package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.callout.chaos.site.Deliveries;
import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.FreshDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes send outcomes to a receiver that is slow, refuses some, and sometimes answers only after a while, while the nodes are
 * killed or stand still: mostly between the sending and the deletion of an outcome.
 */
@Tag("chaos")
class OutboxChaosIT {

    private static final int SLOWEST_MILLIS = 400;
    private static final int SENDERS = 32;

    private final Deliveries deliveries = new Deliveries();
    private final Random random = new Random(Site.SEED);
    private ExecutorService threads;
    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        threads = Executors.newFixedThreadPool(SENDERS);
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
        threads.shutdownNow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String outcome = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean takes;
        int millis;
        synchronized (random) {
            takes = random.nextInt(10) > 0;
            millis = random.nextInt(4) > 0 ? 0 : random.nextInt(SLOWEST_MILLIS);
        }
        if (takes) {
            deliveries.take(outcome);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            exchange.sendResponseHeaders(takes ? 204 : 503, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private Site site(String scenario) throws Exception {
        return new Site(scenario, FreshDatabase.create())
                .with(
                        "callout.outbox.to",
                        "netty-http:http://127.0.0.1:" + receiver.getAddress().getPort()
                                + "/outcomes?requestTimeout=5000");
    }

    private void assertKept(Site site) throws Exception {
        site.awaitAllFinished();
        site.await("empty", () -> site.database().number("SELECT COUNT(*) FROM outcome_outbox") == 0);
        deliveries.assertCompleteAndInOrder(site.database());
        Promises.assertKept(site);
    }

    @Test
    void killedNodesLoseNoOutcomeAndKeepTheOrderOfEachNumber() throws Exception {
        try (Site site = site("outbox, nodes killed")) {
            site.startSwitch();
            site.startDialler("a");
            site.startDialler("b");
            site.database().awaitTables();
            site.database().campaign(Site.size(200, 1200));
            int kills = Site.size(4, 12);
            for (int i = 0; i < kills && !site.database().allFinished(); i++) {
                int before = deliveries.size();
                site.await(
                        "outcomes",
                        () -> deliveries.size() > before + 3 || site.database().allFinished());
                String node = site.random().nextBoolean() ? "a" : "b";
                site.kill(node);
                site.startDialler(node);
            }
            assertKept(site);
        }
    }

    @Test
    void aNodeThatStoodStillSendsNothingOutOfOrderAfterAnotherHasTakenItsTurn() throws Exception {
        try (Site site = site("outbox, sender frozen")) {
            site.startSwitch();
            site.startDialler("a");
            site.database().awaitTables();
            site.database().campaign(Site.size(150, 600));
            site.await("outcomes", () -> deliveries.size() > 5);
            site.startDialler("b");
            site.freeze("a", Duration.ofSeconds(40));
            assertThat(
                            site.database()
                                    .column(
                                            "SELECT n.name FROM outcome_sender AS s JOIN nodes AS n ON n.incarnation = s.owner"))
                    .containsExactly("b");
            assertKept(site);
        }
    }
}
