package dev.callout.dialler.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.store.DatabaseSurvey;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each route there is, and the whole context, suspended, resumed, stopped and started over JMX while calls are up that end when
 * somebody hangs them up: no sooner. Each test goes on where the one before it ended.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SuspensionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CALLS = 5;
    /** What Camel waits for exchanges in flight. Whatever waits for a call takes longer, as no call ends by itself. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

    private static final String CONTEXT = "type=context,name=\"callout\"";

    private static Installation callout;
    private static int dialled;

    @BeforeAll
    static void start() throws Exception {
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(FreePort.next()))
                .property("camel.main.shutdown-timeout", Long.toString(SHUTDOWN_TIMEOUT.toSeconds()))
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .start();
        long campaign = callout.campaign("up", Map.of("max_concurrent_calls", CALLS));
        callout.numbers(campaign, "100", 1000);
        dialled = CALLS;
        awaitCallsUp();
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    static Stream<String> routes() {
        return callout.camelContext().getRoutes().stream().map(Route::getId);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routes")
    @Order(1)
    void aRouteThatIsSuspendedTouchesNoCallAndGoesOnWhenItIsResumed(String id) throws Exception {
        assertThat(timed(() -> jmx(routeNamed(id), "suspend"))).isLessThan(SHUTDOWN_TIMEOUT);
        assertThat(state(id)).isEqualTo("Suspended");
        assertNoCallIsTouchedWhileItIsHalted(id, "resume");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routes")
    @Order(2)
    void aRouteThatIsStoppedTouchesNoCallAndGoesOnWhenItIsStarted(String id) throws Exception {
        assertThat(timed(() -> jmx(routeNamed(id), "stop"))).isLessThan(SHUTDOWN_TIMEOUT);
        assertThat(state(id)).isEqualTo("Stopped");
        assertNoCallIsTouchedWhileItIsHalted(id, "start");
    }

    private static void assertNoCallIsTouchedWhileItIsHalted(String id, String goOn) throws Exception {
        assertThat(callout.ledger().callsUp()).isEqualTo(CALLS);
        if (callout.camelContext().getRoute(id).isCreatedByRestDsl()) {
            jmx(routeNamed(id), goOn);
        } else {
            // The calls end while it is halted, or right behind.
            Operator.hangUpAll(callout, "MANAGER_REQUEST");
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().calls().stream()
                                    .filter(LedgerCall::ended)
                                    .count()
                            >= dialled);
            jmx(routeNamed(id), goOn);
            dialled += CALLS;
        }
        assertThat(state(id)).isEqualTo("Started");
        awaitCallsUp();
    }

    @Test
    @Order(3)
    void aSuspendedContextDialsNothingWritesWhatEndsAndGoesOnWhenItIsResumed() throws Exception {
        assertThat(timed(() -> jmx(CONTEXT, "suspend"))).isLessThan(SHUTDOWN_TIMEOUT);
        assertThat(callout.camelContext().isSuspended()).isTrue();
        assertThat(routes().filter(id -> !state(id).equals("Started")))
                .containsExactlyInAnyOrder(
                        "scan", "claim", "lists", "dial", "import", "audit", "telephones", "rules", "test-call");
        Operator.hangUpAll(callout, "MANAGER_REQUEST");
        awaitWritten(dialled);
        await().during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> callout.ledger().size() == dialled);
        assertThat(callout.number("SELECT COUNT(*) FROM nodes WHERE expires > UTC_TIMESTAMP(3)"))
                .isEqualTo(1);

        jmx(CONTEXT, "resume");
        assertThat(routes()).allMatch(id -> state(id).equals("Started"));
        dialled += CALLS;
        awaitCallsUp();
    }

    @Test
    @Order(4)
    void claimIsSuspendedAtOnceThoughSomebodyHoldsTheCampaignAndDialsNothingWhenItIsFreeAgain() throws Exception {
        try (Connection other = DriverManager.getConnection(callout.url(), "root", "");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM campaigns FOR UPDATE");
            Operator.hangUpAll(callout, "MANAGER_REQUEST");
            assertThat(timed(() -> jmx(routeNamed("claim"), "suspend"))).isLessThan(SHUTDOWN_TIMEOUT.dividedBy(2));
            other.rollback();
        }
        awaitWritten(dialled);
        await().during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> callout.ledger().size() == dialled);
        jmx(routeNamed("claim"), "resume");
        dialled += CALLS;
        awaitCallsUp();
    }

    @Test
    @Order(5)
    void aRouteIsNotStoppedWhileWhatIsInFlightInItWouldBeLost() throws Exception {
        try (Connection other = DriverManager.getConnection(callout.url(), "root", "");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM campaign_phones FOR UPDATE");
            Operator.hangUpAll(callout, "MANAGER_REQUEST");
            await().atMost(PATIENCE)
                    .until(() -> callout.camelContext().getInflightRepository().size("write-batch") > 0);
            RouteController routes = callout.camelContext().getRouteController();
            assertThatThrownBy(() -> routes.stopRoute("write-batch", 1, TimeUnit.SECONDS))
                    .hasMessageContaining("Route write-batch is not stopped and continues");
            assertThat(state("write-batch")).isEqualTo("Started");
            other.rollback();
        }
        dialled += CALLS;
        awaitCallsUp();
    }

    @Test
    @Order(6)
    void whatIsHaltedIsToldAsReasonInHealthAndByCheck() throws Exception {
        jmx(routeNamed("claim"), "suspend");
        assertThat(callout.control().whyIdle(1)).matches("route claim is suspended since 20.*Z");
        await().atMost(PATIENCE).until(() -> new DatabaseSurvey(callout.dataSource())
                .haltedRoutes()
                .toString()
                .contains("route claim is suspended since "));
        assertThat(health()).as("an operator may want that").isEqualTo("UP");
        jmx(routeNamed("retry"), "suspend");
        assertThat(health()).matches("route retry is suspended since 20.*Z");

        jmx(routeNamed("retry"), "resume");
        jmx(routeNamed("claim"), "resume");
        assertThat(health()).isEqualTo("UP");
        await().atMost(PATIENCE)
                .until(() ->
                        new DatabaseSurvey(callout.dataSource()).haltedRoutes().isEmpty());
        assertThat(callout.control().whyIdle(1)).isEmpty();
    }

    /** What is down, or UP. */
    private static String health() {
        return HealthCheckHelper.invokeReadiness(callout.camelContext()).stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN)
                .map(result -> result.getMessage().orElse("DOWN"))
                .findFirst()
                .orElse("UP");
    }

    @Test
    @Order(7)
    void whatSuspendedRoutesHoldIsWrittenWhenTheNodeStops() throws Exception {
        for (String id : List.of("retry", "status")) {
            jmx(routeNamed(id), "suspend");
        }
        jmx(CONTEXT, "suspend");
        Operator.hangUpAll(callout, "MANAGER_REQUEST");
        await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() == 0);
        callout.stop();
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE status = 'success'"))
                .isEqualTo(dialled);
        assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                .isZero();

        callout.start();
        dialled += CALLS;
        awaitCallsUp();
    }

    /** The calls that are up are as many as there are lines, and all that were before are in the tables. */
    private static void awaitCallsUp() throws Exception {
        await().atMost(PATIENCE)
                .until(() -> callout.ledger().size() >= dialled
                        && callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == CALLS);
        awaitWritten(dialled - CALLS);
        assertThat(callout.ledger().calls())
                .hasSize(dialled)
                .allMatch(LedgerCall::accepted)
                .extracting(LedgerCall::number)
                .doesNotHaveDuplicates();
        assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', status, hangup_cause) FROM call_attempts"
                        + " WHERE disconnect_time IS NOT NULL"))
                .isSubsetOf("success MANAGER_REQUEST");
    }

    private static void awaitWritten(int ends) {
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'success'"
                                + " AND call_count = 1 AND finished = 1")
                        == ends);
    }

    /** Something that an operator does. */
    private interface Action {
        void run() throws Exception;
    }

    private static Duration timed(Action action) throws Exception {
        long began = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String routeNamed(String id) {
        return "type=routes,name=\"" + id + "\"";
    }

    private static String state(String id) {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer().getAttribute(mbean(routeNamed(id)), "State");
        } catch (Exception e) {
            throw new AssertionError("Route " + id + " is not in JMX", e);
        }
    }

    private static void jmx(String name, String operation) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        server.invoke(mbean(name), operation, null, null);
    }

    private static ObjectName mbean(String name) throws Exception {
        return new ObjectName("org.apache.camel:context=callout," + name);
    }
}
