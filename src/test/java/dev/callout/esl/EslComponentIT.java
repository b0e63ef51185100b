package dev.callout.esl;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import dev.callout.esl.wire.EslEvent;
import dev.callout.esl.wire.EslNotSentException;
import dev.callout.esl.wire.ScriptedSwitch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The component against a scripted switch on a loopback socket. */
class EslComponentIT {

    private static final Duration PAST_GRACE = Duration.ofMillis(EslCall.ABSENCE_GRACE_MS);

    static class Originating extends EslComponentFixture {

        @Test
        void theExchangeIsHeldUntilTheCallHangsUp() throws Exception {
            startConnected();
            Dialled call = dialled();
            send(call, "originate-remotehangup", "CHANNEL_ANSWER");
            await().until(() -> told("calls", call.uuid()).contains(CallState.ANSWERED));
            assertThat(call.exchange()).isNotDone();

            send(call, "originate-remotehangup", "CHANNEL_DESTROY");
            Exchange done = call.exchange().get(5, TimeUnit.SECONDS);

            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeaders()).containsEntry(EslConstants.CALL_STATE, "ENDED")
                    .containsEntry(EslConstants.HANGUP_CAUSE, "NORMAL_CLEARING").containsEntry(EslConstants.Q850, 16)
                    .containsEntry(EslConstants.SIP_STATUS, 200).containsEntry(EslConstants.BILL_MS, 1_520L)
                    .containsEntry(EslConstants.SWITCH, "fs1").containsEntry(EslConstants.CALL_UUID, call.uuid())
                    .containsKeys(EslConstants.CREATED_AT, EslConstants.RINGING_AT, EslConstants.ANSWERED_AT, EslConstants.ENDED_AT)
                    .doesNotContainKey(EslConstants.REFUSAL);
            await().until(() -> told("calls", call.uuid()).size() == 4);
            assertThat(told("calls", call.uuid()))
                    .containsExactly(CallState.CREATED, CallState.RINGING, CallState.ANSWERED, CallState.ENDED);
        }

        @Test
        void aStateIsToldWithoutWhatCameLater() throws Exception {
            startConnected();
            Dialled call = dialled();
            send(call, "originate-remotehangup", "CHANNEL_DESTROY");
            await().until(() -> told("calls", call.uuid()).size() == 4);

            assertThat(mock("calls").getReceivedExchanges().get(1).getMessage().getHeaders())
                    .containsEntry(EslConstants.CALL_STATE, "RINGING").containsKey(EslConstants.RINGING_AT)
                    .doesNotContainKeys(EslConstants.ANSWERED_AT, EslConstants.ENDED_AT, EslConstants.HANGUP_CAUSE);
        }

        @Test
        void aRefusedCallIsAResultAndNoException() throws Exception {
            startConnected();
            Dialled call = dialled();
            send(call, "originate-paused", "BACKGROUND_JOB");
            Exchange done = call.exchange().get(5, TimeUnit.SECONDS);

            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeaders()).containsEntry(EslConstants.CALL_STATE, "REFUSED")
                    .containsEntry(EslConstants.REFUSAL, "-ERR DESTINATION_OUT_OF_ORDER")
                    .containsEntry(EslConstants.HANGUP_CAUSE, "DESTINATION_OUT_OF_ORDER");
            await().until(() -> told("calls", call.uuid()).equals(List.of(CallState.REFUSED)));
        }

        @Test
        void nothingOfARouteRunsOnTheConnectionsThread() throws Exception {
            List<String> threads = new ArrayList<>();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:watched").to("esl:originate").process(e -> threads.add(Thread.currentThread().getName()));
                    from("esl:calls?switchName=fs1").process(e -> threads.add(Thread.currentThread().getName()));
                }
            });
            startConnected();
            Dialled call = dialled();
            send(call, "originate-busy", "CHANNEL_DESTROY");
            call.exchange().get(5, TimeUnit.SECONDS);
            await().until(() -> told("calls", call.uuid()).size() == 3);

            assertThat(threads).isNotEmpty().allMatch(name -> name.contains("EslWorker") || name.contains("Esl[calls]"));
        }

        @Test
        void withTheSwitchAwayNothingIsSentAndNothingIsTold() throws Exception {
            goAwayBeforeStart();
            start();
            assertThat(context.getRouteController().getRouteStatus("dial").isStarted()).isTrue();
            Exchange failed = dial(Map.of()).exchange().get(5, TimeUnit.SECONDS);

            assertThat(failed.getException()).isInstanceOf(EslNotSentException.class).hasMessageContaining("fs1");
            assertThat(component.switchNamed("fs1").getCallsUp()).isZero();
            assertThat(mock("calls").getReceivedExchanges()).isEmpty();
        }

        private void goAwayBeforeStart() {
            fs.on(AUTH, ScriptedSwitch.reply("-ERR invalid"));
        }

        @Test
        void anUnknownSwitchIsNamedTogetherWithThoseThereAre() throws Exception {
            startConnected();
            Exchange failed = dial(Map.of(EslConstants.SWITCH, "fs9")).exchange().get(5, TimeUnit.SECONDS);

            assertThat(failed.getException()).isInstanceOf(EslNotSentException.class)
                    .hasMessage("There is no switch named fs9; configured are: fs1");
        }

        @Test
        void aDialStringThatHidesASecondCommandIsNotSent() throws Exception {
            startConnected();
            Exchange exchange = context.createProducerTemplate().request("direct:dial", e -> {
                e.getMessage().setHeader(EslConstants.CALL_UUID, "a-1");
                e.getMessage().setBody("{origination_uuid=a-1}sofia/gateway/gw/1 &park()\n\napi shutdown");
            });

            assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class);
            assertThat(component.switchNamed("fs1").getCallsUp()).isZero();
            assertThat(fs.told()).noneMatch(command -> command.contains("shutdown") || command.contains("originate"));
        }

        @Test
        void heldExchangesEndAtOnceWhenTheContextStops() throws Exception {
            startConnected();
            List<Dialled> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(dialled());
            }
            long begin = System.nanoTime();
            context.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
            assertThat(calls).extracting(Dialled::exchange).allSatisfy(exchange -> {
                assertThat(exchange).isDone();
                assertThat(exchange.join().getException()).isNull();
                assertThat(exchange.join().getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(CallDetachedException.class);
            });
            assertThat(fs.told()).contains("exit").noneMatch(command -> command.contains("uuid_kill"));
        }

        @Test
        void aStoppedRouteLetsTheCallGoOnAndItsEndIsStillTold() throws Exception {
            startConnected();
            Dialled call = dialled();
            long begin = System.nanoTime();
            context.getRouteController().stopRoute("dial", 30, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
            assertThat(call.exchange()).isDone();
            send(call, "originate-busy", "CHANNEL_DESTROY");

            await().until(() -> told("calls", call.uuid()).contains(CallState.ENDED));
        }
    }

    static class Losing extends EslComponentFixture {

        @Test
        void afterAReconnectACallThatIsGoneIsLostOnceAndOneThatIsUpStays() throws Exception {
            startConnected();
            Dialled gone = dialled();
            Dialled up = dialled();
            send(gone, "originate-answer", "CHANNEL_ANSWER");
            send(up, "originate-answer", "CHANNEL_ANSWER");
            await().until(() -> told("calls", up.uuid()).contains(CallState.ANSWERED));
            fs.on("api uuid_exists " + gone.uuid(), ScriptedSwitch.frame("api/response", "false"));
            fs.on("api uuid_exists " + up.uuid(), ScriptedSwitch.frame("api/response", "true"));
            goAway();
            comeBack();
            awaitAsked(gone);
            awaitAsked(up);
            component.switchNamed("fs1").api("status").get(5, TimeUnit.SECONDS);
            assertThat(gone.exchange()).as("within the grace").isNotDone();
            clock.advance(PAST_GRACE);

            assertThat(gone.exchange().get(5, TimeUnit.SECONDS).getMessage().getHeader(EslConstants.HANGUP_CAUSE))
                    .isEqualTo("LOST_RESULT");
            send(gone, "originate-answer", "CHANNEL_DESTROY");
            send(up, "originate-answer", "CHANNEL_DESTROY");
            up.exchange().get(5, TimeUnit.SECONDS);
            await().until(() -> told("calls", up.uuid()).size() == 4);
            assertThat(told("calls", gone.uuid()))
                    .containsExactly(CallState.CREATED, CallState.RINGING, CallState.ANSWERED, CallState.ENDED);
        }

        @Test
        void anAnswerThatWasMissedIsLearntFromTheSwitch() throws Exception {
            startConnected();
            Dialled call = dialled();
            send(call, "originate-answer", "CHANNEL_CREATE");
            await().until(() -> told("calls", call.uuid()).contains(CallState.CREATED));
            EslEvent answered = CaptureReplay.events("originate-answer-json").stream()
                    .filter(event -> event.name().equals("CHANNEL_ANSWER")).findFirst().orElseThrow();
            fs.on("api uuid_dump " + call.uuid() + " json", ScriptedSwitch.frame("api/response", json(answered, call.uuid())));
            goAway();
            comeBack();

            await().until(() -> told("calls", call.uuid())
                    .equals(List.of(CallState.CREATED, CallState.RINGING, CallState.ANSWERED)));
        }

        @Test
        void aRestartOfTheSwitchEndsItsCallsAtOnce() throws Exception {
            startConnected();
            Dialled call = dialled();
            goAway();
            fs.on("api global_getvar core_uuid", ScriptedSwitch.frame("api/response", "another-core"));
            comeBack();

            assertThat(call.exchange().get(5, TimeUnit.SECONDS).getMessage().getHeaders())
                    .containsEntry(EslConstants.CALL_STATE, "ENDED")
                    .containsEntry(EslConstants.HANGUP_CAUSE, "LOST_RESULT")
                    .containsEntry(EslConstants.CORE_UUID, ScriptedSwitch.CORE);
            await().until(() -> told("calls", call.uuid()).equals(List.of(CallState.ENDED)));
        }

        @Test
        void aCallPastItsLatestEndIsFreedEvenIfTheSwitchStillListsIt() throws Exception {
            fs.on("api uuid_exists ", ScriptedSwitch.frame("api/response", "true"));
            startConnected();
            Dialled call = dial(Map.of(EslConstants.LATEST_END, clock.millis() + 60_000));
            await().until(() -> fs.told().stream().anyMatch(command -> command.contains(call.uuid())));
            clock.advance(Duration.ofMillis(60_000 + EslCall.OVERDUE_GRACE_MS));

            assertThat(call.exchange().get(5, TimeUnit.SECONDS).getMessage().getHeader(EslConstants.HANGUP_CAUSE))
                    .isEqualTo("LOST_RESULT");
        }

        @Test
        void anAdoptedCallIsFollowedToItsEnd() throws Exception {
            startConnected();
            EslEvent answered = CaptureReplay.events("originate-answer-json").stream()
                    .filter(event -> event.name().equals("CHANNEL_ANSWER")).findFirst().orElseThrow();
            fs.on("api uuid_dump ", ScriptedSwitch.frame("api/response", json(answered, "x")));
            Dialled call = dial(Map.of(EslConstants.ADOPT, true));
            await().until(() -> told("calls", call.uuid()).contains(CallState.ANSWERED));
            assertThat(call.exchange()).isNotDone();
            send(call, "originate-answer", "CHANNEL_DESTROY");

            assertThat(call.exchange().get(5, TimeUnit.SECONDS).getMessage().getHeader(EslConstants.HANGUP_CAUSE))
                    .isEqualTo("NORMAL_CLEARING");
            assertThat(fs.told()).noneMatch(command -> command.contains("originate"));
        }

        @Test
        void anAdoptedCallOfASwitchThatIsAwayWaitsUntilItIsBack() throws Exception {
            fs.on("api uuid_dump ", ScriptedSwitch.frame("api/response", "-ERR No such channel!\n"));
            startConnected();
            goAway();
            Dialled call = dial(Map.of(EslConstants.ADOPT, true));
            assertThat(call.exchange()).isNotDone();
            comeBack();
            awaitAsked(call);
            component.switchNamed("fs1").api("status").get(5, TimeUnit.SECONDS);
            clock.advance(PAST_GRACE);

            assertThat(call.exchange().get(5, TimeUnit.SECONDS).getMessage().getHeader(EslConstants.HANGUP_CAUSE))
                    .isEqualTo("LOST_RESULT");
        }

        @Test
        void anAdoptedCallOfASwitchThatStaysAwayIsGivenUpAfterItsLatestEnd() throws Exception {
            startConnected();
            goAway();
            Dialled call = dial(Map.of(EslConstants.ADOPT, true, EslConstants.LATEST_END, clock.millis() + 1_000));
            assertThat(call.exchange()).isNotDone();
            clock.advance(Duration.ofMillis(1_000 + EslCall.OVERDUE_GRACE_MS));

            assertThat(call.exchange().get(5, TimeUnit.SECONDS).getMessage().getHeader(EslConstants.CALL_STATE))
                    .isEqualTo("ENDED");
        }

        private void awaitAsked(Dialled call) {
            await().until(() -> fs.told().stream().anyMatch(command -> command.startsWith("api uuid_")
                    && command.contains(call.uuid())));
        }

        private static String json(EslEvent event, String uuid) {
            StringBuilder json = new StringBuilder("{\"Event-Name\":\"CHANNEL_DATA\",\"Unique-ID\":\"" + uuid + "\"");
            for (String field : List.of("Core-UUID", "Event-Date-Timestamp", "Caller-Channel-Created-Time",
                    "Caller-Channel-Progress-Time", "Caller-Channel-Answered-Time")) {
                json.append(",\"").append(field).append("\":\"").append(event.get(field)).append('"');
            }
            return json.append('}').toString();
        }
    }

    static class Listening extends EslComponentFixture {

        @Test
        void aStuckConsumerOfCallsHoldsUpNobodyAndLosesNothing() throws Exception {
            CountDownLatch stuck = new CountDownLatch(1);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("esl:calls?switchName=fs1").process(e -> stuck.await()).to("mock:slow");
                }
            });
            startConnected();
            List<Dialled> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Dialled call = dialled();
                calls.add(call);
                send(call, "originate-remotehangup", "CHANNEL_DESTROY");
            }
            await().untilAsserted(() -> assertThat(calls).allSatisfy(call -> {
                assertThat(call.exchange()).isDone();
                assertThat(told("calls", call.uuid())).hasSize(4);
            }));
            assertThat(mock("slow").getReceivedExchanges()).isEmpty();
            stuck.countDown();

            await().untilAsserted(() -> assertThat(calls).allSatisfy(call -> assertThat(told("slow", call.uuid()))
                    .containsExactly(CallState.CREATED, CallState.RINGING, CallState.ANSWERED, CallState.ENDED)));
        }

        @Test
        void eventsComeInOrderAndWithoutPasswords() throws Exception {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("esl:events?names=CHANNEL_CREATE,BACKGROUND_JOB,CHANNEL_BRIDGE").to("mock:events");
                }
            });
            startConnected();
            await().until(() -> fs.told().contains("event json CHANNEL_BRIDGE"));
            fs.send(ScriptedSwitch.event("{\"Event-Name\":\"CHANNEL_CREATE\",\"Unique-ID\":\"a\","
                    + "\"variable_sip_auth_password\":\"hush\"}"));
            fs.send(ScriptedSwitch.event("{\"Event-Name\":\"CHANNEL_ANSWER\",\"Unique-ID\":\"a\"}"));
            fs.send(ScriptedSwitch.event("{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"j\",\"Job-Command-Arg\":"
                    + "\"{sip_auth_password=hu\\\\,sh,x=1}sofia/gateway/gw/1 &park()\",\"_body\":\"+OK a\\n\"}"));
            await().until(() -> mock("events").getReceivedExchanges().size() == 2);

            List<EslEvent> events = mock("events").getReceivedExchanges().stream()
                    .map(exchange -> exchange.getMessage().getBody(EslEvent.class)).toList();
            assertThat(events).extracting(EslEvent::name).containsExactly("CHANNEL_CREATE", "BACKGROUND_JOB");
            assertThat(events.get(0).get("variable_sip_auth_password")).isEqualTo("xxxxxx");
            assertThat(events.get(1).get("Job-Command-Arg"))
                    .isEqualTo("{sip_auth_password=xxxxxx,x=1}sofia/gateway/gw/1 &park()");
            assertThat(events.get(1).body()).isEqualTo("+OK a\n");
        }

        @Test
        void aFullBufferDiscardsEventsAndCountsThem() throws Exception {
            CountDownLatch stuck = new CountDownLatch(1);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("esl:events?names=HEARTBEAT&bufferSize=5").process(e -> stuck.await()).to("mock:events");
                }
            });
            startConnected();
            IntStream.range(0, 20).forEach(i -> fs.send(ScriptedSwitch.event("{\"Event-Name\":\"HEARTBEAT\"}")));
            await().until(() -> component.switchNamed("fs1").getMissedByConsumers() >= 14);
            stuck.countDown();

            await().until(() -> mock("events").getReceivedExchanges().size()
                    + component.switchNamed("fs1").getMissedByConsumers() == 20);
            assertThat(mock("events").getReceivedExchanges()).hasSizeLessThanOrEqualTo(6);
        }

        @Test
        void commandsAreAnsweredInTheBody() {
            fs.on("api status", ScriptedSwitch.frame("api/response", "UP 0 years\n"));
            startConnected();

            assertThat(context.createProducerTemplate().requestBody("esl:api", "status\n", String.class)).isEqualTo("UP 0 years\n");
        }

        @Test
        void aBackgroundJobIsAnsweredInTheBody() {
            startConnected();
            var reply = context.createProducerTemplate().asyncRequestBodyAndHeader("esl:bgapi", "status",
                    EslConstants.JOB_UUID, "job-1", String.class);
            await().until(() -> fs.told().contains("bgapi status\nJob-UUID: job-1"));
            fs.send(ScriptedSwitch.event("{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"job-1\",\"_body\":\"UP\\n\"}"));

            await().until(reply::isDone);
            assertThat(reply.join()).isEqualTo("UP\n");
        }
    }

    static class Watching extends EslComponentFixture {

        @Test
        void healthIsDownWithTheReasonWhileTheSwitchIsAway() {
            startConnected();
            assertThat(readiness().getState()).isEqualTo(HealthCheck.State.UP);
            goAway();
            await().until(() -> readiness().getState() == HealthCheck.State.DOWN);

            assertThat(readiness().getMessage()).hasValueSatisfying(message -> assertThat(message).contains("fs1")
                    .contains("127.0.0.1").doesNotContain(ScriptedSwitch.PASSWORD));
            comeBack();
            assertThat(readiness().getState()).isEqualTo(HealthCheck.State.UP);
        }

        private HealthCheck.Result readiness() {
            return HealthCheckHelper.invokeReadiness(context).stream()
                    .filter(result -> result.getCheck().getId().equals("component:esl")).findFirst().orElseThrow();
        }

        @Test
        void theSwitchIsSeenAndReconnectedOverJmx() throws Exception {
            startConnected();
            dialled();
            MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName("org.apache.camel:context=" + context.getManagementName()
                    + ",type=switches,name=\"fs1\"");
            assertThat(jmx.getAttribute(name, "Connected")).isEqualTo(true);
            assertThat(jmx.getAttribute(name, "CallsUp")).isEqualTo(1);
            assertThat(jmx.getAttribute(name, "CommandsSent")).isEqualTo(1L);
            jmx.invoke(name, "reconnect", new Object[0], new String[0]);

            await().until(() -> jmx.getAttribute(name, "Reconnects").equals(1L));
            assertThat(jmx.queryNames(new ObjectName("org.apache.camel:type=endpoints,name=\"esl:*\",*"), null)).isNotEmpty()
                    .allSatisfy(endpoint -> assertThat(jmx.getAttribute(endpoint, "CallsUp")).isEqualTo(1));
        }

        @Test
        void optionsAreBoundByName() throws Exception {
            context.getPropertiesComponent().addInitialProperty("port", String.valueOf(fs.port()));
            start();
            EslEndpoint own = context.getEndpoint("esl:api?host=127.0.0.1&port={{port}}&password=" + ScriptedSwitch.PASSWORD
                    + "&commandTimeout=2s", EslEndpoint.class);

            assertThat(own.getConfiguration().getCommandTimeout()).isEqualTo(2_000);
            await().until(own::isConnected);
            assertThat(own.getSwitchName()).isEqualTo("127.0.0.1:" + fs.port());
        }

        @Test
        void switchesAreConfiguredByProperties() throws Exception {
            Main main = new Main();
            main.addInitialProperty("camel.component.esl.switches[a].host", "127.0.0.1");
            main.addInitialProperty("camel.component.esl.switches[a].port", String.valueOf(fs.port()));
            main.addInitialProperty("camel.component.esl.switches[a].password", ScriptedSwitch.PASSWORD);
            main.addInitialProperty("camel.component.esl.switches[b].host", "127.0.0.1");
            main.addInitialProperty("camel.component.esl.default-switch", "a");
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:api").to("esl:api");
                }
            });
            main.start();
            try {
                EslComponent configured = main.getCamelContext().getComponent("esl", EslComponent.class);
                await().until(() -> configured.switchNamed(null).isConnected());
                assertThat(configured.switchNamed("a").getAddress()).isEqualTo("127.0.0.1:" + fs.port());
                assertThat(configured.switchNamed("b").getAddress()).isEqualTo("127.0.0.1:8021");
            } finally {
                main.stop();
            }
        }

        @Test
        void callsNeedNoThreads() throws Exception {
            startConnected();
            long before = ours();
            List<Dialled> calls = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                calls.add(dial(Map.of()));
            }
            await().until(() -> component.switchNamed("fs1").getCommandsSent() == 2_000);

            assertThat(ours() - before).isLessThanOrEqualTo(10);
            assertThat(calls).noneMatch(call -> call.exchange().isDone());
        }

        private static long ours() {
            return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().contains("Esl")).count();
        }
    }
}
