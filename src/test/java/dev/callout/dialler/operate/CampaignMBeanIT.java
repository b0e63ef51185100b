package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** What {@code dialer start|stop|pause|status|show|delete} has become. */
class CampaignMBeanIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void aCampaignIsStartedPausedResumedStoppedAndDeletedByItsMBean() throws Exception {
        ObjectName name = new ObjectName("dev.callout:type=Campaign,name=sales");
        // The first call stays up until the operator ends it.
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> call.number().equals("1000000")
                        ? CalleePlan.answers(Duration.ofMillis(20))
                        : CalleePlan.answers(Duration.ofMillis(20), Duration.ofSeconds(1))))
                .start()) {
            long campaign = callout.campaign("sales", Map.of("paused", 1, "max_concurrent_calls", 4));
            callout.numbers(campaign, "100", 1000);
            await().atMost(PATIENCE).until(() -> server.isRegistered(name));
            assertThat(server.getAttribute(name, "WhyIdle")).isEqualTo("paused");
            assertThat((long) server.getAttribute(name, "NumbersDue")).isEqualTo(1000);
            assertThat((long) server.getAttribute(name, "NumbersFinished")).isZero();
            assertThat((Date) server.getAttribute(name, "RunStarted")).isNull();

            assertThat(server.invoke(name, "start", null, null)).isEqualTo("");
            await().atMost(PATIENCE).until(() -> (long) server.getAttribute(name, "CallsAnswered") > 4);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat((int) server.getAttribute(name, "CallsUp")).isBetween(1, 4);
                assertThat((String) server.getAttribute(name, "WhyIdle"))
                        .isEqualTo("max_concurrent_calls calls are up");
                assertThat((long) server.getAttribute(name, "CallsMade"))
                        .isGreaterThan(4)
                        .isEqualTo((long) (int) server.getAttribute(name, "CallsPerMinute"));
            });
            assertThatThrownBy(() -> server.invoke(name, "delete", null, null))
                    .isInstanceOf(MBeanException.class)
                    .hasRootCauseMessage(
                            "Campaign sales still has calls in progress: stop it, and wait until they have ended");

            server.invoke(name, "pause", null, null);
            Operator.hangUpAll(callout);
            awaitNothingInProgress(callout);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(server.getAttribute(name, "CallsUp")).isEqualTo(0);
                assertThat((long) server.getAttribute(name, "CallsOfRun"))
                        .isEqualTo(callout.ledger().calls().size());
            });
            long made = callout.ledger().calls().size();
            assertThat((long) server.getAttribute(name, "TalkSeconds")).isPositive();

            server.invoke(name, "resume", null, null);
            await().atMost(PATIENCE).until(() -> (long) server.getAttribute(name, "CallsOfRun") > made);
            server.invoke(name, "stop", null, null);
            awaitNothingInProgress(callout);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat((String) server.invoke(name, "show", null, null))
                    .contains(
                            "campaign            sales (i_campaign " + campaign + ")",
                            "state               paused",
                            "why idle            its run has ended"));
            callout.execute("UPDATE campaign_phones SET finished = 1");
            server.invoke(name, "start", null, null);
            assertThat(callout.number("SELECT calls_made FROM campaigns"))
                    .as("of the new run")
                    .isZero();
            callout.execute("UPDATE campaigns SET i_schedule = 77");
            assertThat((String) server.invoke(name, "resume", null, null)).contains("there is no schedule 77");
            callout.execute("UPDATE campaigns SET i_schedule = NULL");
            server.invoke(name, "stop", null, null);

            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> server.invoke(name, "delete", null, null));
            await().atMost(PATIENCE).until(() -> !server.isRegistered(name));
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones")).isEqualTo(1000);
        }
        assertThat(server.queryNames(new ObjectName("dev.callout:type=Campaign,*"), null))
                .isEmpty();
    }

    private static void awaitNothingInProgress(Installation callout) {
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);
    }

    @Test
    void everyIdleCampaignSaysWhyAndWhatItsNumbersWaitFor() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_TIMEZONE", "UTC")
                .simulated(sim -> sim.gateway("gw").callees(call -> CalleePlan.refuses(486, Duration.ofMillis(10))))
                .start()) {
            callout.execute("INSERT INTO schedules (name) VALUES ('empty')");
            Map<String, Map<String, Object>> campaigns = Map.of(
                    "wrong",
                    Map.of("max_attempts", -1, "username", "u", "md5secret", "s3cret"),
                    "scheduled",
                    Map.of("i_schedule", 1),
                    "paused",
                    Map.of("paused", 1),
                    "later",
                    Map.of("datetime_start", "2100-01-01"),
                    "busy",
                    Map.of("backoff_sec", 3600),
                    "slow",
                    Map.of("time_between_calls", 600),
                    "refused",
                    Map.of("profile_gateway", "none"),
                    "silent",
                    Map.of("action_on_answer", ""));
            for (Map.Entry<String, Map<String, Object>> one : campaigns.entrySet()) {
                callout.numbers(callout.campaign(one.getKey(), one.getValue()), "100", 3);
            }
            Map<String, String> reasons = Map.of(
                    "wrong",
                    "max_attempts is -1",
                    "scheduled",
                    "the schedule has no schedule_records",
                    "paused",
                    "paused",
                    "later",
                    "outside its schedule until 2100-01-01T00:00:00Z",
                    "busy",
                    "no number is due until 20",
                    "slow",
                    "time_between_calls has not passed",
                    "refused",
                    "INVALID_GATEWAY",
                    "silent",
                    "nothing to play or run");
            Map<String, String> numbers = Map.of(
                    "wrong",
                    "setting wrong 3",
                    "scheduled",
                    "setting wrong 3",
                    "paused",
                    "paused 3",
                    "later",
                    "schedule 3",
                    "busy",
                    "not due 3",
                    "slow",
                    "rate 2",
                    "refused",
                    "in progress 0",
                    "silent",
                    "setting wrong 3");
            reasons.forEach((campaign, reason) -> await(campaign)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        ObjectName name = new ObjectName("dev.callout:type=Campaign,name=" + campaign);
                        assertThat((String) server.getAttribute(name, "WhyIdle"))
                                .contains(reason)
                                .doesNotContain("s3cret");
                        assertThat((String) server.invoke(name, "show", null, null))
                                .contains(numbers.get(campaign));
                    }));
            callout.simulated().stopListening();
            callout.simulated().dropConnections();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            server.getAttribute(new ObjectName("dev.callout:type=Campaign,name=busy"), "WhyIdle"))
                    .isEqualTo("no switch answers"));
        }
    }

    @Test
    void whyIsToldOfTheCampaignThatIsResumedAndAResumeThatIsWrittenDoesNotFailForIt() throws Exception {
        try (Installation callout = Installation.builder().start();
                LogCapture log = new LogCapture()) {
            callout.campaign("first", Map.of());
            long second = callout.campaign("second", Map.of("paused", 1));
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> callout.control().status(second).whyIdle().equals("paused"));
            callout.execute("UPDATE campaigns SET i_schedule = 77 WHERE i_campaign = " + second);
            callout.control().resume(second);
            assertThat(callout.control().whyIdle(second)).contains("there is no schedule 77");

            callout.control().pause(second);
            callout.execute("RENAME TABLE schedules TO schedules_gone");
            callout.control().resume(second);
            assertThat(callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + second))
                    .isZero();
            assertThat(log.messages())
                    .anyMatch(message -> message.startsWith("Campaign " + second + " has been changed"));
        }
    }

    @Test
    void capAndPaceAreSetInTheTableAndOperationsTellTheirImpact() throws Exception {
        try (Installation callout = Installation.builder().start()) {
            callout.campaign("set", Map.of("paused", 1));
            ObjectName name = new ObjectName("dev.callout:type=Campaign,name=set");
            await().atMost(PATIENCE).until(() -> server.isRegistered(name));
            server.setAttribute(name, new Attribute("MaxConcurrentCalls", 7));
            server.setAttribute(name, new Attribute("TimeBetweenCalls", 0.25));
            assertThat(server.getAttribute(name, "MaxConcurrentCalls")).isEqualTo(7);
            assertThat(server.getAttribute(name, "TimeBetweenCalls")).isEqualTo(0.25);
            assertThat(callout.column("SELECT CONCAT_WS(' ', max_concurrent_calls, time_between_calls) FROM campaigns"))
                    .containsExactly("7 0.250");
            assertThatThrownBy(() -> server.setAttribute(name, new Attribute("MaxConcurrentCalls", 0)))
                    .hasRootCauseMessage("max_concurrent_calls must be at least 1, not 0");
            assertThatThrownBy(() -> server.setAttribute(name, new Attribute("TimeBetweenCalls", Double.NaN)))
                    .hasRootCauseMessage("time_between_calls must be 0 to 9999999 s, not NaN");

            callout.control().start(callout.control().idOf("set"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat((Date) server.getAttribute(name, "RunStarted"))
                    .isCloseTo(new Date(), 60_000));
            Map<String, Integer> impacts = Stream.of(server.getMBeanInfo(name).getOperations())
                    .filter(operation ->
                            Set.of("show", "start", "pause", "delete").contains(operation.getName()))
                    .collect(Collectors.toMap(MBeanOperationInfo::getName, MBeanOperationInfo::getImpact));
            assertThat(impacts)
                    .isEqualTo(Map.of(
                            "show",
                            MBeanOperationInfo.INFO,
                            "start",
                            MBeanOperationInfo.ACTION_INFO,
                            "pause",
                            MBeanOperationInfo.ACTION,
                            "delete",
                            MBeanOperationInfo.ACTION));
        }
    }

    @Test
    void leaseGatewaysAndOutcomesHaveNamesThatStayAndThreadsThatOfTheContext() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.refuses(486, Duration.ofMillis(10))))
                .start()) {
            callout.numbers(callout.campaign("one", Map.of("max_attempts", 1)), "100", 1);
            callout.awaitAllFinished(PATIENCE);
            String parts = "org.apache.camel:context=callout,type=callout,name=";
            ObjectName lease = new ObjectName(parts + "\"lease\"");
            assertThat(server.getAttribute(lease, "Held")).isEqualTo(true);
            assertThat((String) server.getAttribute(lease, "Incarnation")).isNotEmpty();
            TabularData gateways =
                    (TabularData) server.getAttribute(new ObjectName(parts + "\"gateways\""), "Gateways");
            assertThat(gateways.values()).hasSize(1).first().satisfies(row -> {
                assertThat(((CompositeData) row).get("switch")).isEqualTo("sim");
                assertThat(((CompositeData) row).get("rests")).isEqualTo(false);
            });
            assertThat((long) server.getAttribute(new ObjectName(parts + "\"outcomes\""), "Unheard"))
                    .isEqualTo(1);
            assertThat(server.queryNames(new ObjectName("org.apache.camel:context=callout,type=services,*"), null))
                    .noneMatch(name -> name.toString().contains("Outcomes"));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .anyMatch(name -> name.startsWith("Camel (callout) thread #"))
                    .noneMatch(name -> name.startsWith("Camel (camel-"));
        }
    }

    @Test
    void aCampaignCalledAsAnothersKeyIsNotTakenForIt() throws Exception {
        try (Installation callout = Installation.builder().start()) {
            long sale = callout.campaign("sale", Map.of());
            long number = callout.campaign(Long.toString(sale), Map.of());
            ObjectName name = new ObjectName("dev.callout:type=Campaign,name=sale");
            await().atMost(PATIENCE).until(() -> server.isRegistered(name));
            assertThat(server.getAttribute(name, "Name")).isEqualTo("sale");
            server.invoke(name, "pause", null, null);
            assertThat(callout.column("SELECT i_campaign FROM campaigns WHERE paused = 1"))
                    .containsExactly(Long.toString(sale));
            assertThat(callout.control().idOf(Long.toString(sale))).isEqualTo(sale);
            assertThatThrownBy(() -> callout.control().idOf("sale ")).hasMessage("There is no campaign sale ");
            callout.execute("DELETE FROM campaigns WHERE name = 'sale'");
            assertThatThrownBy(() -> callout.control().idOf(Long.toString(sale)))
                    .isInstanceOf(CampaignNameException.class)
                    .hasMessage("Name the campaign by its i_campaign: " + sale + " is the name of [" + number + "]");
        }
    }

    @Test
    void campaignsOfOneNameAreToldApartByTheirId() throws Exception {
        try (Installation callout = Installation.builder().start()) {
            long first = callout.campaign("twin", Map.of());
            long second = callout.campaign("twin", Map.of());
            await().atMost(PATIENCE)
                    .until(() -> server.queryNames(new ObjectName("dev.callout:type=Campaign,name=twin,*"), null)
                                    .size()
                            == 2);
            server.invoke(
                    new ObjectName("dev.callout:type=Campaign,name=twin,i_campaign=" + second), "pause", null, null);
            assertThat(callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + first))
                    .isZero();
            assertThat(callout.number("SELECT paused FROM campaigns WHERE i_campaign = " + second))
                    .isEqualTo(1);
        }
    }
}
