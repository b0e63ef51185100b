package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.call.CallState;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.client.ScriptedSwitch;
import dev.callout.esl.switches.EslSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Dialling through a scripted switch on a loopback socket: how the exchange ends. */
class EslOriginateIT extends EslComponentFixture {

    @Test
    void theExchangeIsHeldUntilTheCallHangsUp() throws Exception {
        startConnected();
        Dialled call = dialled();
        send(call, "originate-remotehangup", "CHANNEL_ANSWER");
        await().until(() -> told("calls", call.uuid()).contains(CallState.ANSWERED));
        assertThat(call.exchange()).isNotDone();

        send(call, "originate-remotehangup", "CHANNEL_DESTROY");
        Exchange done = call.ended();

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeaders())
                .containsEntry(EslConstants.CALL_STATE, "ENDED")
                .containsEntry(EslConstants.HANGUP_CAUSE, "NORMAL_CLEARING")
                .containsEntry(EslConstants.Q850, 16)
                .containsEntry(EslConstants.SIP_STATUS, 200)
                .containsEntry(EslConstants.BILL_MS, 1_520L)
                .containsEntry(EslConstants.SWITCH, "fs1")
                .containsEntry(EslConstants.CALL_UUID, call.uuid())
                .containsKeys(
                        EslConstants.CREATED_AT,
                        EslConstants.RINGING_AT,
                        EslConstants.ANSWERED_AT,
                        EslConstants.ENDED_AT)
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
                .containsEntry(EslConstants.CALL_STATE, "RINGING")
                .containsKey(EslConstants.RINGING_AT)
                .doesNotContainKeys(EslConstants.ANSWERED_AT, EslConstants.ENDED_AT, EslConstants.HANGUP_CAUSE);
    }

    @Test
    void aRefusedCallIsAResultAndNoException() throws Exception {
        startConnected();
        Dialled call = dialled();
        send(call, "originate-paused", "BACKGROUND_JOB");
        Exchange done = call.ended();

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeaders())
                .containsEntry(EslConstants.CALL_STATE, "REFUSED")
                .containsEntry(EslConstants.REFUSAL, "-ERR DESTINATION_OUT_OF_ORDER")
                .containsEntry(EslConstants.HANGUP_CAUSE, "DESTINATION_OUT_OF_ORDER");
        await().until(() -> told("calls", call.uuid()).equals(List.of(CallState.REFUSED)));
    }

    @Test
    void nothingOfARouteRunsOnTheConnectionsThread() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:watched")
                        .to("esl:originate")
                        .process(e -> threads.add(Thread.currentThread().getName()));
                from("esl:calls?switchName=fs1")
                        .process(e -> threads.add(Thread.currentThread().getName()));
            }
        });
        startConnected();
        Dialled call = dialled();
        send(call, "originate-busy", "CHANNEL_DESTROY");
        call.ended();
        await().until(() -> told("calls", call.uuid()).size() == 3);

        assertThat(threads).isNotEmpty().allMatch(name -> name.contains("EslWorker") || name.contains("Esl[calls]"));
    }

    @Test
    void withTheSwitchAwayNothingIsSentAndNothingIsTold() throws Exception {
        goAwayBeforeStart();
        start();
        assertThat(context.getRouteController().getRouteStatus("dial").isStarted())
                .isTrue();
        Exchange failed = dial(Map.of()).ended();

        assertThat(failed.getException())
                .isInstanceOf(EslNotSentException.class)
                .hasMessageContaining("fs1");
        assertThat(component.switchNamed("fs1").getCallsUp()).isZero();
        assertThat(mock("calls").getReceivedExchanges()).isEmpty();
    }

    @Test
    void anOriginateWhoseTimeToBeSentIsOverIsNotSentAndAnotherOneIs() throws Exception {
        startConnected();
        long now = component.getClock().millis();
        Dialled late = dial(Map.of(EslConstants.SEND_BEFORE, now));
        Dialled inTime = dial(Map.of(EslConstants.SEND_BEFORE, now + 3_600_000));

        assertThat(late.ended().getException())
                .isInstanceOf(EslNotSentException.class)
                .hasMessageContaining(late.uuid());
        await().until(() -> fs.told().stream().anyMatch(command -> command.contains(inTime.uuid())));
        assertThat(fs.told()).noneMatch(command -> command.contains(late.uuid()));
        assertThat(component.switchNamed("fs1").getCallsUp()).isEqualTo(1);
    }

    private void goAwayBeforeStart() {
        fs.on(AUTH, ScriptedSwitch.reply("-ERR invalid"));
    }

    @Test
    void anUnknownSwitchIsNamedTogetherWithThoseThereAre() throws Exception {
        startConnected();
        Exchange failed = dial(Map.of(EslConstants.SWITCH, "fs9")).ended();

        assertThat(failed.getException())
                .isInstanceOf(EslNotSentException.class)
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
        context.getShutdownStrategy().setTimeout(300);
        long begin = System.nanoTime();
        context.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.ended().getException()).isNull();
            assertThat(call.ended().getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(CallDetachedException.class);
        });
        assertThat(fs.told()).contains("exit").noneMatch(command -> command.contains("uuid_kill"));
    }

    @Test
    void whatWasSentIsReadByTheSwitchBeforeTheContextHasStopped() throws Exception {
        startConnected();
        EslSwitch fs1 = component.switchNamed("fs1");
        fs.stall();
        for (int i = 0; i < 50; i++) {
            dial(Map.of());
        }
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(context::stop);
        await().until(() -> !fs1.isConnected());
        assertThat(stopping).isNotDone();
        fs.readOn();
        within(stopping);

        assertThat(fs.told())
                .filteredOn(command -> command.startsWith("bgapi originate"))
                .hasSize(50);
        assertThat(fs.told()).endsWith("exit");
    }

    @Test
    void aStoppedRouteLetsTheCallGoOnAndItsEndIsStillTold() throws Exception {
        startConnected();
        Dialled call = dialled();
        long begin = System.nanoTime();
        context.getRouteController().stopRoute("dial", 300, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
        call.ended();
        send(call, "originate-busy", "CHANNEL_DESTROY");

        await().until(() -> told("calls", call.uuid()).contains(CallState.ENDED));
    }
}
