package dev.callout.dialler.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.api.ApiClient;
import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.store.audit.Actor;
import dev.callout.store.stop.Stop;
import dev.callout.testbed.ChildProcess;
import dev.callout.testbed.CommitGate;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves, ends and goes on while everything is stopped. The ledgers of the switches are the witnesses. */
class StopAllIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SEVERAL_SCANS = Duration.ofSeconds(2);
    /** The second by which every node obeys, and the way to a switch of a busy machine. */
    private static final Duration IN_FORCE = Duration.ofMillis(1500);

    @TempDir
    Path folder;

    private static Installation.Builder chatty() {
        return Installation.builder()
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(100))));
    }

    private static StopAllControl control(Installation node) {
        return node.camelContext().getRegistry().lookupByNameAndType("stopAllControl", StopAllControl.class);
    }

    private static Stop stop(Installation node, String why, boolean hangUp) throws Exception {
        return Actor.<Stop, Exception>as(
                new Actor("token night", null), () -> control(node).stop(why, hangUp));
    }

    private static void awaitQuiet(Installation node) {
        await("every number is back, or its call written")
                .atMost(PATIENCE)
                .until(() -> node.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
    }

    private static void holds(Callable<Boolean> condition) {
        await().atMost(PATIENCE).during(SEVERAL_SCANS).until(condition);
    }

    private static void awaitStopped(Installation node, long campaign, String why) {
        await().atMost(PATIENCE).until(() -> node.control().whyIdle(campaign).endsWith(why));
    }

    @Test
    void noNodeMakesACallASecondAfterTheStopAndThoseCampaignsGoOnThatRan() throws Exception {
        try (Installation one = chatty().start();
                Installation two = chatty().with("CALLOUT_DB_URL", one.url())
                        .with("CALLOUT_NODE", "two")
                        .start()) {
            long running = one.campaign("running", Map.of("max_attempts", 1));
            long warning = one.campaign("warning", Map.of("max_attempts", 1, "emergency", "the mayor: flood"));
            long resting = one.campaign("resting", Map.of("paused", 1));
            one.numbers(running, "100", 9000);
            one.numbers(warning, "200", 9000);
            one.numbers(resting, "300", 5);
            await().atMost(PATIENCE)
                    .until(() -> one.ledger().size() > 50 && two.ledger().size() > 50);

            Stop stop = stop(one, "fire", false);
            Instant committed = Instant.now();
            awaitQuiet(one);
            awaitStopped(two, running, "fire");
            int made = one.ledger().size() + two.ledger().size();
            holds(() -> one.ledger().size() + two.ledger().size() == made);

            for (Installation node : new Installation[] {one, two}) {
                assertThat(node.ledger().calls())
                        .extracting(LedgerCall::at)
                        .allMatch(at -> at.isBefore(committed.plus(IN_FORCE)));
                assertThat(node.control().whyIdle(running))
                        .isEqualTo(stop.toString())
                        .startsWith("everything is stopped since 2")
                        .endsWith("Z by token night: fire");
                assertThat(node.control().whyIdle(warning)).isEqualTo(stop.toString());
                assertThat(node.control().whyIdle(resting)).isEqualTo("paused");
            }
            assertThat(one.number("SELECT SUM(call_count) FROM campaign_phones"))
                    .as("charged for calls that were made, and no others")
                    .isEqualTo(made);
            assertThat(one.column("SELECT paused FROM campaigns ORDER BY i_campaign"))
                    .containsExactly("0", "0", "1");

            assertThat(control(two).resume()).isTrue();
            await().atMost(PATIENCE)
                    .until(() -> one.ledger().size() > made
                            && two.ledger().size() > 60
                            && one.control().whyIdle(running).isEmpty());
            assertThat(one.number("SELECT SUM(call_count) FROM campaign_phones WHERE i_campaign = " + resting))
                    .isZero();
            assertThat(control(two).resume()).as("again").isFalse();
            assertThat(one.column("SELECT CONCAT_WS(' ', who, action, object, changes) FROM audit"
                            + " WHERE object = 'installation' ORDER BY i_audit"))
                    .containsExactly(
                            "token night installation.stop installation {\"why\":\"fire\",\"hangup\":false}",
                            "Callout installation.resume installation");
        }
    }

    @Test
    void withHangUpCallsNotAnsweredComeBackUnchargedAndAnsweredOnesKeepResultAndChargeOnWhicheverNode()
            throws Exception {
        // No scan, and so no claim, tells the node that dials: the route stop-all does.
        try (Installation dials = Installation.builder()
                        .with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "600")
                        .simulated(sim -> sim.callees(call -> call.number().startsWith("1")
                                ? CalleePlan.ringsForEver()
                                : CalleePlan.answers(Duration.ofMillis(20), Duration.ofHours(1))))
                        .build();
                Installation asked = Installation.builder()
                        .with("CALLOUT_DB_URL", dials.url())
                        .with("CALLOUT_NODE", "asked")
                        .build()) {
            long plain = dials.campaign("plain", Map.of());
            long brief = dials.campaign("too short", Map.of("threshold_msec", 600_000));
            long warning = dials.campaign("warning", Map.of("emergency", "the mayor: flood"));
            dials.numbers(plain, "100", 2);
            dials.numbers(plain, "200", 2);
            dials.numbers(brief, "300", 2);
            dials.numbers(warning, "110", 1);
            dials.start();
            Operator.awaitFollowed(dials, 7);
            await().atMost(PATIENCE)
                    .until(() ->
                            dials.number("SELECT COUNT(*) FROM campaign_phones WHERE connect_time IS NOT NULL") == 4);
            asked.start();
            stop(asked, null, false);
            holds(() -> dials.ledger().calls().stream().noneMatch(LedgerCall::ended));
            stop(asked, "wrong list", true);
            awaitQuiet(dials);

            assertThat(dials.column("SELECT DISTINCT CONCAT_WS(' ', LEFT(cld, 3), finished, call_count, status)"
                            + " FROM campaign_phones ORDER BY 1"))
                    .containsExactly(
                            "100 0 0 failure", "110 0 0 failure", "200 1 1 success", "300 0 1 premature hangup");
            assertThat(dials.column("SELECT DISTINCT CONCAT_WS(' ', LEFT(number, 3), charged, status, hangup_cause)"
                            + " FROM call_attempts ORDER BY 1"))
                    .containsExactly(
                            "100 0 failure MANAGER_REQUEST",
                            "110 0 failure MANAGER_REQUEST",
                            "200 1 success MANAGER_REQUEST",
                            "300 1 premature hangup MANAGER_REQUEST");
            assertThat(dials.ledger().calls())
                    .extracting(LedgerCall::endedBy)
                    .hasSize(7)
                    .containsOnly(LedgerCall.EndedBy.COMMAND);
            assertThat(asked.column("SELECT CONCAT_WS(' ', stopped_by, why, hang_up) FROM stop_all"))
                    .as("it is still the first stop, and hangs up now")
                    .containsExactly("token night wrong list 1");
        }
    }

    @Test
    void withHangUpCallsEndThoughSomebodyHoldsTheTableOfOtherHangUps() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofHours(1))))
                .start()) {
            callout.numbers(callout.campaign("up", Map.of()), "100", 3);
            Operator.awaitFollowed(callout, 3);
            try (Connection holder = DriverManager.getConnection(callout.url());
                    Statement statement = holder.createStatement()) {
                statement.execute("LOCK TABLES hang_ups WRITE");
                stop(callout, null, true);
                await().atMost(PATIENCE)
                        .until(() -> callout.ledger().calls().stream().allMatch(LedgerCall::ended));
            }
            awaitQuiet(callout);
        }
    }

    @Test
    void aCallWhoseSentMarkIsCommittedAfterTheStopIsNotMade() throws Exception {
        CommitGate gate = new CommitGate("campaign_phones/mark-sent.sql");
        try (Installation callout = chatty().dataSource(gate::around).start()) {
            callout.numbers(callout.campaign("one", Map.of()), "100", 1);
            gate.awaitClosed();
            // By SQL, so that the node reads it not a moment sooner than it must.
            callout.execute("INSERT INTO stop_all (why) VALUES ('by hand')");
            gate.open();
            awaitStopped(callout, 1, " by SQL or unknown: by hand");
            awaitQuiet(callout);
            assertThat(callout.ledger().calls()).isEmpty();
            assertThat(callout.column("SELECT CONCAT_WS(' ', status, call_count, finished) FROM campaign_phones"))
                    .containsExactly("idle 0 0");
            callout.execute("DELETE FROM stop_all");
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().size()).isEqualTo(1);
        }
    }

    @Test
    void theStopOutlivesTheNodeThatWasAskedAndBindsNodesThatStartLater() throws Exception {
        int port = FreePort.next();
        try (Installation later = chatty().with("CALLOUT_NODE", "later").build();
                ChildProcess asked = ChildProcess.ofClasses(
                        folder.resolve("asked.log"),
                        "logback.xml",
                        Map.of(
                                "CALLOUT_DB_URL", later.url(),
                                "CALLOUT_DB_USER", "root",
                                "CALLOUT_NODE", "asked",
                                "CALLOUT_SWITCHES", "sim",
                                "CALLOUT_SWITCH_SIM_PORT",
                                        Integer.toString(later.simulated().port()),
                                "CALLOUT_LEASE_SEC", "3",
                                "CALLOUT_HTTP_PORT", Integer.toString(port)),
                        "run",
                        "--config",
                        Files.createFile(folder.resolve("callout.properties")).toString())) {
            long campaign = later.campaign("goes on", Map.of("max_attempts", 1));
            later.numbers(campaign, "100", 5000);
            await().atMost(PATIENCE).until(() -> later.ledger().size() > 20);
            ApiClient api = new ApiClient(port);
            ApiClient.Reply stopped = api.send("POST", "/api/stop-all", "application/json", "");
            asked.kill();
            assertThat(stopped.status()).as(stopped.text()).isEqualTo(200);
            // What the killed node had sent before is read by then.
            await().pollDelay(IN_FORCE).atMost(PATIENCE).until(() -> true);
            int made = later.ledger().size();

            later.start();
            awaitStopped(later, campaign, " by local");
            holds(() -> later.ledger().size() == made);
            assertThat(control(later).resume()).isTrue();
            await().atMost(PATIENCE).until(() -> later.ledger().size() > made);
        }
    }

    @Test
    void whileNobodyCanReadWhetherEverythingIsStoppedNothingIsDialledAndStoppingNeedsNoAudit() throws Exception {
        try (Installation callout = chatty().start()) {
            long campaign = callout.campaign("on and on", Map.of("max_attempts", 1));
            callout.numbers(campaign, "100", 9000);
            await().atMost(PATIENCE).until(() -> callout.ledger().size() > 20);
            try (Connection holder = DriverManager.getConnection(callout.url());
                    Statement statement = holder.createStatement()) {
                statement.execute("LOCK TABLES stop_all WRITE");
                await().atMost(PATIENCE).until(() -> callout.control()
                        .whyIdle(campaign)
                        .startsWith("it cannot be read whether everything is stopped: "));
                awaitQuiet(callout);
                int made = callout.ledger().size();
                holds(() -> callout.ledger().size() == made);
                statement.execute("LOCK TABLES audit WRITE");
                await().atMost(PATIENCE).until(() -> callout.ledger().size() > made);

                stop(callout, "audit or not", false);
                awaitStopped(callout, campaign, "audit or not");
            }
            awaitQuiet(callout);
            int made = callout.ledger().size();
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones"))
                    .isEqualTo(made);
            holds(() -> callout.ledger().size() == made);
        }
    }
}
