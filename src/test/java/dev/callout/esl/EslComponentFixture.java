package dev.callout.esl;

import static org.awaitility.Awaitility.await;

import dev.callout.esl.call.CallState;
import dev.callout.esl.client.ScriptedSwitch;
import dev.callout.esl.wire.Captures;
import dev.callout.esl.wire.EslEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Camel context with a dialling route, a consumer of calls and a scripted switch, for each test. */
abstract class EslComponentFixture {

    /** Longer than any machine stands still. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final String AUTH = "auth " + ScriptedSwitch.PASSWORD;

    final SettableClock clock = new SettableClock();
    CamelContext context;
    EslComponent component;
    ScriptedSwitch fs;

    @BeforeEach
    void startSwitchAndContext() throws Exception {
        fs = new ScriptedSwitch();
        createContext(registry -> {});
    }

    /** @param beans puts beans into the registry before the component is made */
    void createContext(Consumer<Registry> beans) throws Exception {
        context = new DefaultCamelContext();
        beans.accept(context.getRegistry());
        component = context.getComponent("esl", EslComponent.class);
        component.setClock(clock);
        component.setClosingGrace(PATIENCE);
        component.setSwitches(Map.of("fs1", configuration(fs.port())));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(CallDetachedException.class).handled(true).stop();
                from("direct:dial").routeId("dial").to("esl:originate").to("mock:done");
                from("esl:calls").routeId("calls").to("mock:calls");
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        context.stop();
        fs.close();
    }

    static EslConfiguration configuration(int port) {
        EslConfiguration configuration = new EslConfiguration();
        configuration.setHost("127.0.0.1");
        configuration.setPort(port);
        configuration.setPassword(ScriptedSwitch.PASSWORD);
        configuration.setReconnectDelay(20);
        configuration.setMaxReconnectDelay(100);
        return configuration;
    }

    void start() {
        context.start();
    }

    void startConnected() {
        start();
        awaitConnected();
    }

    void awaitConnected() {
        await().until(() -> component.switchNamed("fs1").isConnected());
    }

    /** Makes the switch refuse to log anybody in and drops the connection. */
    void goAway() {
        fs.on(AUTH, ScriptedSwitch.reply("-ERR invalid"));
        fs.dropConnections();
        await().until(() -> !component.switchNamed("fs1").isConnected());
    }

    void comeBack() {
        fs.on(AUTH, ScriptedSwitch.reply("+OK accepted"));
        awaitConnected();
    }

    /** A call's two uuids and the exchange that waits for its end. */
    record Dialled(String uuid, String job, CompletableFuture<Exchange> exchange) {

        /** The exchange once it has ended. */
        Exchange ended() {
            return within(exchange);
        }
    }

    static <T> T within(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    Dialled dial(Map<String, Object> headers) throws Exception {
        String uuid = UUID.randomUUID().toString();
        String job = UUID.randomUUID().toString();
        Endpoint dial = context.getEndpoint("direct:dial");
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        exchange.getMessage().setHeader(EslConstants.CALL_UUID, uuid);
        exchange.getMessage().setHeader(EslConstants.JOB_UUID, job);
        exchange.getMessage()
                .setBody("{origination_uuid=" + uuid + ",callout=callout}sofia/gateway/gw/5551234 &park()");
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        dial.createAsyncProducer().process(exchange, sync -> done.complete(exchange));
        return new Dialled(uuid, job, done);
    }

    /** Dials and waits until the switch has read it. */
    Dialled dialled() throws Exception {
        Dialled call = dial(Map.of());
        await().until(() -> fs.told().stream().anyMatch(command -> command.contains(call.uuid())));
        return call;
    }

    /** What a real switch sent about a captured call, up to {@code last}, as if it were this one. */
    void send(Dialled call, String capture, String last) {
        String uuid = CaptureReplay.events(capture + "-json").stream()
                .map(event -> event.get("Unique-ID"))
                .filter(found -> found != null)
                .findFirst()
                .orElse("none");
        for (Captures.Frame frame : Captures.frames(capture + "-json.recv")) {
            if ("text/event-json".equals(frame.headers().get("Content-Type"))) {
                EslEvent event = EslEvent.json(frame.body());
                String text = new String(frame.body(), StandardCharsets.UTF_8).replace(uuid, call.uuid());
                if (event.get("Job-UUID") != null) {
                    text = text.replace(event.get("Job-UUID"), call.job());
                }
                fs.send(ScriptedSwitch.event(text));
                if (event.name().equals(last)) {
                    return;
                }
            }
        }
    }

    MockEndpoint mock(String name) {
        return context.getEndpoint("mock:" + name, MockEndpoint.class);
    }

    /** The states that a consumer was told about a call, in order. */
    List<CallState> told(String mock, String uuid) {
        return mock(mock).getReceivedExchanges().stream()
                .map(Exchange::getMessage)
                .filter(message -> uuid.equals(message.getHeader(EslConstants.CALL_UUID)))
                .map(message -> message.getHeader(EslConstants.CALL_STATE, CallState.class))
                .collect(Collectors.toList());
    }
}
