package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.esl.call.CallState;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.client.ScriptedSwitch;
import dev.callout.esl.wire.EslEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What consumers get from a scripted switch. */
class EslConsumersIT extends EslComponentFixture {

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
                from("esl:events?names=CHANNEL_CREATE,BACKGROUND_JOB,CHANNEL_BRIDGE")
                        .to("mock:events");
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
                .map(exchange -> exchange.getMessage().getBody(EslEvent.class))
                .toList();
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
                from("esl:events?names=HEARTBEAT&bufferSize=5")
                        .process(e -> stuck.await())
                        .to("mock:events");
            }
        });
        startConnected();
        IntStream.range(0, 20).forEach(i -> fs.send(ScriptedSwitch.event("{\"Event-Name\":\"HEARTBEAT\"}")));
        await().until(() -> component.switchNamed("fs1").getMissedByConsumers() >= 14);
        stuck.countDown();

        await().until(() -> mock("events").getReceivedExchanges().size()
                        + component.switchNamed("fs1").getMissedByConsumers()
                == 20);
        assertThat(mock("events").getReceivedExchanges()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void eventsThatNobodyHearsAnyMoreAreNoLongerSent() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("esl:events?names=CHANNEL_BRIDGE,CHANNEL_PARK,CHANNEL_CREATE")
                        .routeId("leaving")
                        .to("mock:events");
                from("esl:events?names=CHANNEL_BRIDGE").routeId("staying").to("mock:events");
            }
        });
        startConnected();
        await().until(() -> fs.told().contains("event json CHANNEL_BRIDGE CHANNEL_PARK"));
        context.getRouteController().suspendRoute("leaving");
        await().until(() -> fs.told().contains("nixevent CHANNEL_PARK"));

        component.switchNamed("fs1").reconnect();
        await().until(() -> fs.told().contains("event json CHANNEL_BRIDGE"));
        context.getRouteController().resumeRoute("leaving");
        await().until(() -> fs.told().get(fs.told().size() - 1).equals("event json CHANNEL_PARK"));
        assertThat(fs.told())
                .filteredOn(command -> command.startsWith("nixevent"))
                .containsExactly("nixevent CHANNEL_PARK");
    }

    @Test
    void consumersHearSwitchesThatComeLaterAndComeAgain() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("esl:events?names=DTMF").routeId("all").to("mock:all");
            }
        });
        startConnected();
        try (ScriptedSwitch later = new ScriptedSwitch()) {
            Map<String, EslConfiguration> both =
                    Map.of("fs1", configuration(fs.port()), "fs2", configuration(later.port()));
            for (int times = 1; times <= 2; times++) {
                int received = times;
                component.changeSwitches(both);
                await().until(() -> component.switchNamed("fs2").isConnected());
                if (times == 1) {
                    context.addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("esl:events?names=DTMF&switchName=fs2")
                                    .routeId("one")
                                    .to("mock:one");
                        }
                    });
                }
                later.send(ScriptedSwitch.event("{\"Event-Name\":\"DTMF\"}"));
                await().until(() -> mock("all").getReceivedCounter() == received
                        && mock("one").getReceivedCounter() == received);

                component.changeSwitches(Map.of("fs1", configuration(fs.port())));
                await().until(() -> later.told().get(later.told().size() - 1).equals("exit"));
                assertThatThrownBy(() -> component.switchNamed("fs2")).isInstanceOf(EslNotSentException.class);
            }
            context.getRouteController().stopRoute("one");
        }
        assertThat(component.switchNamed("fs1").getReconnects()).isZero();
    }

    @Test
    void switchesThatCannotBeUsedChangeNothing() throws Exception {
        component.setDefaultSwitch("fs1");
        startConnected();
        for (Map<String, EslConfiguration> wrong : List.of(
                Map.of("fs2", configuration(1)), Map.of("fs1", configuration(fs.port()), "fs2", configuration(0)))) {
            assertThatThrownBy(() -> component.changeSwitches(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(component.getSwitches()).containsOnlyKeys("fs1");
        assertThat(component.switchNamed(null).isConnected()).isTrue();
        assertThat(component.switchNamed(null).isLeaving()).isFalse();
    }

    @Test
    void subclassesOfCustomAreAskedForByNameAndLetThroughTheFilters() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("esl:events?names=avmd::beep,CHANNEL_CREATE,DTMF")
                        .routeId("machines")
                        .to("mock:machines");
                from("esl:events?names=callcenter::info,avmd::beep")
                        .routeId("queue")
                        .to("mock:queue");
            }
        });
        startConnected();
        await().until(() -> fs.told()
                .containsAll(List.of(
                        "filter Event-Subclass callcenter::info",
                        "filter Event-Subclass avmd::beep",
                        "filter Event-Name DTMF")));
        component.switchNamed("fs1").reconnect();
        await().until(() -> fs.told().contains("event json DTMF CUSTOM avmd::beep callcenter::info"));
        awaitConnected();
        assertThat(fs.told()).doesNotContain("filter Event-Name CHANNEL_CREATE");
        for (String subclass : List.of("avmd::beep", "callcenter::info", "conference::maintenance")) {
            fs.send(ScriptedSwitch.event("{\"Event-Name\":\"CUSTOM\",\"Event-Subclass\":\"" + subclass + "\"}"));
        }
        await().until(() -> mock("queue").getReceivedCounter() == 2);
        await().until(() -> mock("machines").getReceivedCounter() == 1);
        assertThat(heard("queue", "Event-Subclass")).containsExactly("avmd::beep", "callcenter::info");
        assertThat(heard("machines", "Event-Subclass")).containsExactly("avmd::beep");

        context.getRouteController().suspendRoute("machines");
        await().until(() -> fs.told().contains("filter delete Event-Name DTMF"));
        context.getRouteController().suspendRoute("queue");
        await().until(() -> fs.told().contains("filter delete Event-Subclass callcenter::info"));
        assertThat(fs.told())
                .contains(
                        "nixevent DTMF",
                        "nixevent CUSTOM avmd::beep callcenter::info",
                        "filter delete Event-Subclass avmd::beep");
    }

    @Test
    void theSecondEndOfACallIsSentOnlyWhileAConsumerNamesIt() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("esl:events?names=CHANNEL_DESTROY").routeId("ends").to("mock:ends");
            }
        });
        startConnected();
        await().until(() -> fs.told().contains("filter delete Channel-State-Number -12"));
        assertThat(fs.told()).contains("filter Event-Name CHANNEL_DESTROY", "filter Channel-State-Number -12");
        component.switchNamed("fs1").reconnect();
        await().until(() -> Collections.frequency(fs.told(), "filter delete Channel-State-Number -12") == 2);

        context.getRouteController().suspendRoute("ends");
        await().until(() -> Collections.frequency(fs.told(), "filter Channel-State-Number -12") == 3);
    }

    private List<String> heard(String mock, String field) {
        return mock(mock).getReceivedExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(EslEvent.class).get(field))
                .toList();
    }

    @Test
    void withoutFiltersTheSwitchIsAskedForNone() throws Exception {
        component.setFilterEnabled(false);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("esl:events?names=avmd::beep").to("mock:events");
            }
        });
        startConnected();
        await().until(() -> fs.told().contains("event json CUSTOM avmd::beep"));
        Dialled call = dialled();
        send(call, "originate-remotehangup", "CHANNEL_DESTROY");

        await().until(call.exchange()::isDone);
        assertThat(fs.told()).noneMatch(command -> command.startsWith("filter"));
    }

    @Test
    void aSuspendedConsumerDeliversNoEventThatWaitedForItUntilItGoesOn() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("esl:events?names=HEARTBEAT")
                        .routeId("beats")
                        .process(e -> {
                            first.countDown();
                            stuck.await();
                        })
                        .to("mock:beats");
            }
        });
        startConnected();
        for (String number : List.of("1", "2", "3")) {
            fs.send(ScriptedSwitch.event("{\"Event-Name\":\"HEARTBEAT\",\"Number\":\"" + number + "\"}"));
        }
        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
        EslEventsConsumer consumer =
                (EslEventsConsumer) context.getRoute("beats").getConsumer();
        await().until(() -> consumer.waiting() == 2);
        consumer.suspend();
        stuck.countDown();
        await().until(() -> mock("beats").getReceivedCounter() == 1);
        fs.send(ScriptedSwitch.event("{\"Event-Name\":\"HEARTBEAT\",\"Number\":\"4\"}"));
        context.createProducerTemplate().requestBody("esl:api", "status");
        assertThat(consumer.waiting()).isEqualTo(2);
        assertThat(heard("beats", "Number")).containsExactly("1");

        consumer.resume();
        await().until(() -> mock("beats").getReceivedCounter() == 3);
        assertThat(heard("beats", "Number")).containsExactly("1", "2", "3");
    }

    @Test
    void anEventBecomesAMapOrJson() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("esl:events?names=HEARTBEAT").convertBodyTo(Map.class).to("mock:map");
                from("esl:events?names=HEARTBEAT").convertBodyTo(String.class).to("mock:text");
                from("esl:events?names=HEARTBEAT")
                        .convertBodyTo(JsonObject.class)
                        .to("mock:json");
            }
        });
        startConnected();
        String beat = "{\"Event-Name\":\"HEARTBEAT\",\"Up-Time\":\"1 \\\"day\\\"\",\"Several\":[\"a\",\"b\"]}";
        fs.send(ScriptedSwitch.event(beat));
        for (String mock : List.of("map", "text", "json")) {
            await().until(() -> mock(mock).getReceivedCounter() == 1);
        }
        Map<String, String> fields =
                Map.of("Event-Name", "HEARTBEAT", "Up-Time", "1 \"day\"", "Several", "ARRAY::a|:b");
        assertThat(body("map")).isEqualTo(fields);
        assertThat(body("json")).isInstanceOf(JsonObject.class).isEqualTo(fields);
        assertThat(new ObjectMapper().readValue((String) body("text"), Object.class))
                .isEqualTo(fields);
    }

    private Object body(String mock) {
        return mock(mock).getReceivedExchanges().get(0).getMessage().getBody();
    }
}
