package dev.callout.esl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callout.esl.wire.EslEvent;
import dev.callout.esl.wire.EslReply;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** How a connection is made, kept and lost. */
class EslConnectionIT extends EslClientFixture {

    private static final String[] LOGIN = {
        "auth " + ScriptedSwitch.PASSWORD,
        "event json BACKGROUND_JOB HEARTBEAT",
        "filter variable_callout callout",
        "filter Event-Name HEARTBEAT",
        "api global_getvar core_uuid",
        "auth " + ScriptedSwitch.PASSWORD,
        "api global_getvar core_uuid"
    };

    @Test
    void everyConnectionLogsInSubscribesAndFiltersBeforeItIsReady() {
        startReady();
        assertThat(fs.told()).containsExactly(LOGIN);
        assertThat(client.coreUuid()).isEqualTo(ScriptedSwitch.CORE);

        fs.dropConnections();
        awaitReady(2);

        assertThat(fs.told()).hasSize(2 * LOGIN.length).endsWith(LOGIN);
        assertThat(listener.down).singleElement().asString().contains("fs1 (127.0.0.1:" + fs.port() + ")", "closed");
        assertThat(client.reconnects()).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsSaidOnceWithoutThePasswordAndTriedAgain() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.callout.esl.client");
        Level level = logger.getLevel();
        logger.setLevel(Level.TRACE);
        log.start();
        logger.addAppender(log);
        try {
            fs.on("auth " + ScriptedSwitch.PASSWORD, ScriptedSwitch.reply("-ERR invalid"));
            start(listener, SILENCE_LIMIT);
            await().until(() -> fs.connections() >= 4);
            assertThat(listener.down).singleElement().asString().contains("refused the password");
            assertThat(client.isReady()).isFalse();

            fs.on("auth " + ScriptedSwitch.PASSWORD, ScriptedSwitch.reply("+OK accepted"));
            awaitReady(1);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(level);
        }
        assertThat(log.list).filteredOn(line -> line.getLevel() == Level.WARN).hasSize(1);
        assertThat(log.list).isNotEmpty().allSatisfy(line -> {
            assertThat(line.getFormattedMessage()).doesNotContain(ScriptedSwitch.PASSWORD);
            assertThat(line.getThrowableProxy()).isNull();
        });
        assertThat(client.lastError() + client + settings("fs", 1, SILENCE_LIMIT))
                .doesNotContain(ScriptedSwitch.PASSWORD);
    }

    @Test
    void anAddressThatTheSwitchRefusesIsSaidToBeItsAcl() {
        fs.greet(ScriptedSwitch.frame("text/rude-rejection", "Access Denied, go away.\n"));
        start(listener, SILENCE_LIMIT);
        await().until(() -> fs.connections() >= 2);
        assertThat(listener.down).singleElement().asString().contains("Access Denied", "apply-inbound-acl");
    }

    @Test
    void aServerThatDoesNotGreetIsGivenUp() {
        commandTimeout = SHORT;
        fs.greet("HTTP/1.1 400 Bad Request\n\n");
        start(listener, SILENCE_LIMIT);
        await().untilAsserted(() ->
                assertThat(listener.down).singleElement().asString().contains("no auth/request"));
    }

    @Test
    void aSwitchThatIsNotThereIsSaidOnceAndFoundWhenItComes() throws IOException {
        int port = fs.port();
        fs.close();
        start(listener, SILENCE_LIMIT);
        await().until(() -> client.lastError() != null);
        try (ServerSocket later = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            later.setSoTimeout(30_000);
            later.accept().close();
        }
        assertThat(listener.down.get(0)).contains("cannot connect").contains("refused");
    }

    @Test
    void aSocketThatCannotBeMadeIsTriedAgainAndByReconnectAtOnce() {
        AtomicBoolean descriptorsShort = new AtomicBoolean();
        sockets = () -> {
            if (descriptorsShort.get()) {
                throw new ChannelException("Failed to open a socket.", new SocketException("Too many open files"));
            }
            return new NioSocketChannel();
        };
        startReady();
        descriptorsShort.set(true);
        fs.dropConnections();
        awaitDown("cannot connect: Too many open files");
        descriptorsShort.set(false);
        awaitReady(2);

        client.close();
        reconnectFirst = Duration.ofHours(1);
        descriptorsShort.set(true);
        start(listener, SILENCE_LIMIT);
        await().until(() -> client.lastError() != null);
        descriptorsShort.set(false);
        client.reconnect();
        awaitReady(3);
    }

    @Test
    void aLookUpThatFailsIsTriedAgain() {
        lookUps.refuse = true;
        start("localhost", listener, SILENCE_LIMIT);
        awaitDown("cannot connect");
        lookUps.refuse = false;
        awaitReady(1);
    }

    @Test
    void aConnectionThatWasSteadyIsMadeAgainAtOnceWhenItIsCut() {
        reconnectFirst = Duration.ofHours(1);
        startReady();
        await().during(Duration.ofMillis(1100)).until(() -> client.isReady());
        fs.dropConnections();
        awaitReady(2);
    }

    @Test
    void whatTheSwitchSaidBeforeAResetIsReadThoughAWriteFailsFirst() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(heldAtTheFirstEvent(busy, goOn), SILENCE_LIMIT);
        awaitReady(1);
        fs.send(ScriptedSwitch.event("{\"Event-Name\":\"HEARTBEAT\"}"));
        awaitOn(busy);
        fs.send(ScriptedSwitch.event("{\"Event-Name\":\"CHANNEL_HANGUP_COMPLETE\"}"));
        fs.resetConnections();
        client.api("echo");
        goOn.countDown();

        awaitReady(2);
        assertThat(listener.events).extracting(EslEvent::name).containsExactly("HEARTBEAT", "CHANNEL_HANGUP_COMPLETE");
    }

    @Test
    void aSwitchMayBeGivenByNameAndAnUnknownNameIsSaidSo() {
        start("localhost", listener, SILENCE_LIMIT);
        awaitReady(1);
        client.close();
        connectTimeout = SHORT;
        start("no-such-host.invalid", listener, SILENCE_LIMIT);
        await().untilAsserted(() ->
                assertThat(listener.down).singleElement().asString().contains("name is not known"));
    }

    @Test
    void aNameIsLookedUpWhereTheCallerSaysOnceForEachConnection() {
        start("localhost", listener, SILENCE_LIMIT);
        awaitReady(1);
        client.reconnect();
        awaitReady(2);
        assertThat(lookUps.asked).hasValue(2);
    }

    @Test
    void aLookUpThatHangsIsNotAskedForOnceMore() {
        lookUps.away = true;
        connectTimeout = SHORT;
        start("localhost", listener, SILENCE_LIMIT);
        await().until(() -> client.lastError() != null);
        client.reconnect();

        await().during(Duration.ofMillis(200)).until(() -> lookUps.asked.get() == 1);
        assertThat(listener.down).first().asString().contains("name is not known");
    }

    @Test
    void whatHasNotLeftThisMachineWhenTheConnectionIsGivenUpNeverDoes() {
        commandTimeout = SHORT;
        startReady();
        fs.stall();
        // A reply would meet a closed socket and so end the connection from this side.
        fs.fallSilent();
        for (int i = 0; i < 1_000; i++) {
            client.bgapi("originate " + "x".repeat(1_000), "job-" + i, Duration.ofSeconds(10));
        }
        awaitDown("no reply to 'bgapi originate'");
        client.close();

        fs.readOn();
        await().until(() -> fs.sessions() == 0);
        assertThat(fs.told()).noneMatch(told -> told.endsWith("job-999"));
    }

    @Test
    void aFrameOverTheLimitClosesTheConnectionAndSaysWhy() {
        startReady();
        fs.send("Content-Type: text/event-json\nContent-Length: 5000\n\n{");
        awaitReady(2);
        assertThat(listener.down).singleElement().asString().contains("5000 bytes", "4096");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: minus\n\n", "Content-Type: command/reply\nReply-Text: +OK\n\n"})
    void aBrokenProtocolClosesTheConnection(String bytes) {
        startReady();
        fs.send(bytes);
        awaitReady(2);
        assertThat(listener.down).hasSize(1);
    }

    @Test
    void aRefusedSubscriptionIsNotTakenForReady() {
        fs.on("filter ", ScriptedSwitch.reply("-ERR invalid syntax"));
        start(listener, SILENCE_LIMIT);
        await().until(() -> fs.connections() >= 2);
        assertThat(listener.down)
                .singleElement()
                .asString()
                .contains("filter variable_callout callout", "-ERR invalid syntax");
        assertThat(listener.ready).isEmpty();
    }

    @Test
    void theCoreUuidIsLearntFromAnEventIfTheSwitchDoesNotTellIt() {
        fs.on("api global_getvar core_uuid", ScriptedSwitch.frame("api/response", "-ERR no reply\n"));
        start(listener, SILENCE_LIMIT);
        await().until(() -> fs.told().contains("api global_getvar core_uuid"));
        assertThat(client.isReady()).isFalse();
        fs.send(ScriptedSwitch.event("{\"Event-Name\":\"HEARTBEAT\",\"Core-UUID\":\"c-2\"}"));
        awaitReady(1);
        assertThat(listener.ready).containsExactly("c-2");
    }

    @Test
    void aSilentSwitchIsAskedAndKeptIfItAnswers() {
        start(listener, Duration.ofMillis(100));
        await().until(() -> fs.told().stream().filter("api uptime"::equals).count() >= 3);
        assertThat(client.isReady()).isTrue();
        assertThat(listener.down).isEmpty();
    }

    @Test
    void aHalfOpenConnectionIsDropped() {
        commandTimeout = SHORT;
        start(listener, Duration.ofMillis(100));
        awaitReady(1);
        fs.fallSilent();
        awaitDown("no reply to 'api uptime' within 400 ms");
        fs.speakAgain();
        awaitReady(2);
    }

    @Test
    void whileEventsComeALateReplyCostsTheConnectionOnlyAfterSixTimeouts() {
        commandTimeout = SHORT;
        fs.on("filter slow", ScriptedSwitch.SILENCE);
        startReady();
        AtomicReference<CompletableFuture<EslReply>> slow = new AtomicReference<>(client.command("filter slow"));
        await().atMost(LONG).until(() -> {
            fs.send(ScriptedSwitch.event("{\"Event-Name\":\"HEARTBEAT\"}"));
            // This machine may stand still for longer than a time-out: then no event came.
            if (slow.get().isDone()) {
                slow.set(client.command("filter slow"));
            }
            return listener.down.stream().anyMatch(reason -> reason.contains("no reply to 'filter' within 2400 ms"));
        });
    }

    @Test
    void reconnectDropsTheConnectionAndBeginsAgain() {
        startReady();
        client.reconnect();
        awaitReady(2);
        assertThat(fs.connections()).isEqualTo(4);
        assertThat(listener.down).singleElement().asString().endsWith("reconnect was requested");
    }

    @Test
    void strangeFramesAndUndecodableEventsArePassedOver() {
        startReady();
        fs.send(ScriptedSwitch.frame("log/data", "x") + "X-Only: 1\n\n\n" + ScriptedSwitch.event("{\"broken\":")
                + ScriptedSwitch.event("{\"Event-Name\":\"NEW_KIND\"}"));
        await().until(() -> !listener.events.isEmpty());
        assertThat(listener.events).singleElement().hasToString("NEW_KIND (25 bytes)");
        assertThat(listener.down).isEmpty();
    }

    @Test
    void aListenerThatThrowsDoesNotHarmTheConnection() {
        CompletableFuture<EslEvent> second = new CompletableFuture<>();
        start(
                new EslListener() {
                    @Override
                    public void onReady(String coreUuid) {
                        throw new IllegalStateException("faulty onReady");
                    }

                    @Override
                    public void onEvent(EslEvent event) {
                        if (event.name().equals("SECOND")) {
                            second.complete(event);
                        }
                        throw new IllegalStateException("faulty onEvent");
                    }

                    @Override
                    public void onDown(String reason) {
                        throw new IllegalStateException("faulty onDown");
                    }
                },
                SILENCE_LIMIT);
        await().until(client::isReady);
        fs.send(ScriptedSwitch.event("{\"Event-Name\":\"FIRST\"}")
                + ScriptedSwitch.event("{\"Event-Name\":\"SECOND\"}"));
        assertThat(get(second).name()).isEqualTo("SECOND");
        fs.dropConnections();
        await().until(() -> client.reconnects() == 1 && client.isReady());
    }

    @Test
    void closeSaysExitAndDoesNotConnectAgain() {
        startReady();
        CompletableFuture<EslReply> pending = client.command("silent one");
        client.close(LONG);
        await().until(() -> fs.told().contains("exit"));
        assertThat(pending).isDone();
        assertThat(client.isReady()).isFalse();
        assertFailure(client.api("status"))
                .isInstanceOf(EslNotSentException.class)
                .hasMessageContaining("closed");
        assertThat(fs.connections()).isEqualTo(2);
        assertThat(listener.down).isEmpty();
    }
}
