package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.gateways.Switches;
import dev.callout.esl.EslComponent;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.simulator.callee.Callee;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Switches that are added, removed and reached otherwise while calls are up, which end when somebody hangs them up: no sooner.
 * The ledgers of both switches tell what was dialled.
 */
class SwitchChangeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SLOW = "0.01";
    private static final String FAST = "1000";

    private SimulatedSwitch other;
    private Installation callout;
    private long campaign;
    private int numbers;

    @BeforeEach
    void start() throws Exception {
        other = SimulatedSwitch.builder()
                .sessionsPerSecond(100_000)
                .maxSessions(100_000)
                .callees(call -> CalleePlan.answers(Duration.ofMillis(20)))
                .start();
        callout = Installation.builder()
                .property("camel.component.esl.switches[sim].command-timeout", "9000")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .start();
        campaign = callout.campaign("kept", Map.of("max_concurrent_calls", 1000, "backoff_sec", 0));
    }

    @AfterEach
    void stop() {
        callout.close();
        other.close();
    }

    @Test
    void aSwitchIsAddedRemovedAndAddedAgainAndItsCallsAreFollowedToTheirEnds() throws Exception {
        dial(10);
        addOther(FAST);
        slow("SIM");
        dial(10);
        int onOther = other.callsUp();
        assertThat(onOther).as("calls on the switch that was added").isGreaterThanOrEqualTo(9);

        removeOther();
        assertThat(attribute("other", "Leaving")).isEqualTo(true);
        assertThat(switchesOf("callout.switch.up")).containsExactly("sim");
        callout.change("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", FAST);
        dial(10);
        assertThat(other.ledger().size())
                .as("new calls for the switch that was removed")
                .isEqualTo(onOther);
        assertThat(other.connections()).as("its calls are followed").isEqualTo(2);

        addOther(FAST);
        slow("SIM");
        dial(10);
        assertThat(other.callsUp()).as("added again").isGreaterThan(onOther);
        assertThat(attribute("other", "Reconnects")).isEqualTo(0L);
        assertThat(switchesOf("callout.switch.up")).containsExactlyInAnyOrder("sim", "other");

        removeOther();
        Operator.hangUpAll(other, "NORMAL_CLEARING");
        await().atMost(PATIENCE).until(() -> other.connections() == 0);
        assertThatThrownBy(() -> attribute("other", "Leaving")).isInstanceOf(JMException.class);
        assertThat(switchesOf("esl.connected")).containsExactly("sim");
        assertThat(attribute("sim", "Reconnects")).as("untouched").isEqualTo(0L);
        assertEachCalledOnceAndEnded();
    }

    @Test
    void numbersThatWaitForASwitchThatIsRemovedGoToAnother() throws Exception {
        addOther("2");
        slow("SIM");
        add(40);
        await().atMost(PATIENCE).until(() -> other.ledger().size() > 1);
        removeOther();
        int before = other.ledger().size();
        callout.change("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", FAST);
        awaitUp();

        assertThat(meters().get("callout.numbers.given.back").counter().count()).isPositive();
        assertThat(other.ledger().size())
                .as("calls for the switch that was removed")
                .isLessThanOrEqualTo(before + 1);
        assertEachCalledOnceAndEnded();
    }

    @Test
    void noCallIsLostOrMadeTwiceHoweverOftenASwitchComesAndGoes() throws Exception {
        Callee talks = Installation.talking(Duration.ofMillis(20), Duration.ofMillis(300));
        callout.simulated().callees(talks);
        other.callees(talks);
        // Slow enough that numbers are left for the other switch each time that it comes.
        callout.change("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "20");
        add(400);
        int times = 0;
        for (; times < 4 || callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 0") > 0; times++) {
            addOther("50");
            int before = other.ledger().size();
            await().atMost(PATIENCE)
                    .until(() -> other.ledger().size() > before + 10
                            || callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 0") == 0);
            removeOther();
        }
        callout.awaitAllFinished(PATIENCE);
        await().atMost(PATIENCE).until(() -> other.connections() == 0);

        assertThat(other.ledger().size()).isGreaterThan(40);
        assertEachCalledOnceAndEnded();
    }

    @Test
    void aSwitchThatIsReachedOtherwiseIsConnectedAnewAndItAlone() throws Exception {
        addOther(FAST);
        dial(20);
        callout.change("CALLOUT_SWITCH_OTHER_PASSWORD", "wrong");
        await().atMost(PATIENCE)
                .until(() -> attribute("other", "Connected").equals(false) && other.connections() == 0
                        || attribute("other", "LastError").toString().contains("password"));
        dial(5);
        assertThat(attribute("other", "CallsUp")).as("calls are kept").isEqualTo(other.callsUp());
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE disconnect_time IS NOT NULL"))
                .isZero();

        callout.change(Map.of("CALLOUT_SWITCH_OTHER_PASSWORD", "ClueCon", "CALLOUT_SWITCH_OTHER_HOST", "localhost"));
        await().atMost(PATIENCE).until(() -> attribute("other", "Connected").equals(true));
        assertThat(attribute("other", "Address")).isEqualTo("localhost:" + other.port());
        slow("SIM");
        dial(5);
        assertThat(attribute("sim", "Reconnects")).isEqualTo(0L);
        assertEachCalledOnceAndEnded();
    }

    @Test
    void callsOfARemovedSwitchThatDoesNotAnswerWaitForIt() throws Exception {
        addOther(FAST);
        dial(20);
        other.stopListening();
        other.dropConnections();
        await().atMost(PATIENCE).until(() -> attribute("other", "Connected").equals(false));
        assertThat(health()).isEqualTo(HealthCheck.State.DOWN);
        removeOther();
        assertThat(health()).as("a removed switch is not missed").isEqualTo(HealthCheck.State.UP);
        dial(5);
        assertThat(attribute("other", "CallsUp")).isEqualTo(other.callsUp());

        other.listenAgain();
        await().atMost(PATIENCE).until(() -> attribute("other", "Connected").equals(true));
        assertEachCalledOnceAndEnded();
        await().atMost(PATIENCE).until(() -> other.connections() == 0);
    }

    @Test
    void aRateConcernsItsSwitchAlone() throws Exception {
        addOther(FAST);
        dial(10);
        callout.change("CALLOUT_SWITCH_OTHER_CALLS_PER_SECOND", SLOW);
        assertThat(callout.camelContext()
                        .getComponent("esl", EslComponent.class)
                        .getSwitches()
                        .get("sim")
                        .getCommandTimeout())
                .as("a property of Camel")
                .isEqualTo(9000);
        int onOther = other.ledger().size();
        long begun = System.nanoTime();
        dial(40);

        assertThat(other.ledger().size() - onOther).isLessThanOrEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("40 calls at the other's rate take an hour")
                .isLessThan(PATIENCE);
        assertThat(Stream.of(attribute("sim", "Reconnects"), attribute("other", "Reconnects")))
                .containsOnly(0L);
        assertEachCalledOnceAndEnded();
    }

    private void addOther(String callsPerSecond) throws Exception {
        assertThat(callout.change(Map.of(
                                "CALLOUT_SWITCHES",
                                "sim,other",
                                "CALLOUT_SWITCH_OTHER_PORT",
                                Integer.toString(other.port()),
                                "CALLOUT_SWITCH_OTHER_CALLS_PER_SECOND",
                                callsPerSecond))
                        .restart())
                .isEmpty();
        await().atMost(PATIENCE).until(() -> switches().answering().contains("other"));
    }

    private void removeOther() throws Exception {
        assertThat(callout.change(Map.of(
                                "CALLOUT_SWITCHES",
                                "sim",
                                "CALLOUT_SWITCH_OTHER_PORT",
                                "",
                                "CALLOUT_SWITCH_OTHER_HOST",
                                "",
                                "CALLOUT_SWITCH_OTHER_PASSWORD",
                                "",
                                "CALLOUT_SWITCH_OTHER_CALLS_PER_SECOND",
                                ""))
                        .restart())
                .isEmpty();
    }

    private void slow(String name) throws Exception {
        callout.change("CALLOUT_SWITCH_" + name + "_CALLS_PER_SECOND", SLOW);
    }

    private void dial(int more) throws Exception {
        add(more);
        awaitUp();
    }

    private void add(int more) throws Exception {
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign + ", CONCAT('10', " + numbers
                + " + seq) FROM seq_1_to_" + more);
        numbers += more;
    }

    private void awaitUp() {
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == numbers);
    }

    private void assertEachCalledOnceAndEnded() throws Exception {
        Operator.hangUpAll(callout);
        Operator.hangUpAll(other, "NORMAL_CLEARING");
        callout.awaitAllFinished(PATIENCE);
        assertThat(callout.column(
                        "SELECT DISTINCT CONCAT_WS(' ', status, call_count, hangup_cause) FROM campaign_phones"))
                .containsExactly("success 1 NORMAL_CLEARING");
        List<LedgerCall> calls = Stream.of(callout.ledger(), other.ledger())
                .flatMap(ledger -> ledger.calls().stream())
                .toList();
        assertThat(calls)
                .hasSize(numbers)
                .allMatch(LedgerCall::accepted)
                .extracting(LedgerCall::number)
                .doesNotHaveDuplicates();
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(numbers);
    }

    private Switches switches() {
        return callout.camelContext().getRegistry().lookupByNameAndType("switches", Switches.class);
    }

    private List<String> switchesOf(String gauge) {
        return meters().find(gauge).meters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag("switch"))
                .toList();
    }

    private MeterRegistry meters() {
        return callout.camelContext().getRegistry().lookupByNameAndType("meterRegistry", MeterRegistry.class);
    }

    private HealthCheck.State health() {
        return HealthCheckRegistry.get(callout.camelContext())
                .getCheck("component:esl")
                .orElseThrow()
                .call()
                .getState();
    }

    private static Object attribute(String name, String attribute) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        return server.getAttribute(
                new ObjectName("org.apache.camel:context=callout,type=switches,name=\"" + name + "\""), attribute);
    }
}
