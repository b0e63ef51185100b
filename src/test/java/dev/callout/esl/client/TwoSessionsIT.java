package dev.callout.esl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.wire.EslEvent;
import dev.callout.esl.wire.EslReply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a connection's session for events and its session for commands have to do with each other. */
class TwoSessionsIT extends EslClientFixture {

    @Test
    void commandsAreAnsweredWhileTheSessionForEventsIsNotRead() {
        startReady();
        fs.stallListeners();
        CompletableFuture<EslReply> event = client.command("filter a b");

        assertThat(get(client.api("echo"))).isEqualTo("echo");
        client.bgapi("originate x", "j-1", LONG);
        await().until(() -> fs.told().contains("bgapi originate x\nJob-UUID: j-1"));
        assertThat(event).isNotDone();
        fs.readOn();
        assertThat(get(event).ok()).isTrue();
    }

    @Test
    void aQuestionIsReadBehindTheOriginatesThatWereWrittenBeforeIt() {
        startReady();
        fs.stallOthers();
        client.bgapi("originate x", "j-1", LONG);
        CompletableFuture<String> question = client.api("uuid_exists x");
        assertThat(get(client.command("filter a b")).ok()).isTrue();
        assertThat(question).isNotDone();
        fs.readOn();

        get(question);
        assertThat(fs.told()).endsWith("bgapi originate x\nJob-UUID: j-1", "api uuid_exists x");
    }

    @Test
    void aUserWhoMayNotAskForTheUptimeLearnsWhichEventsHaveBeenReceived() {
        fs.on("api uptime", ScriptedSwitch.reply("-ERR permission denied"));
        startReady();
        get(client.eventsReceived());
        assertThat(listener.down).isEmpty();
    }

    @Test
    void aJobMayEndBeforeItsCommandIsAcknowledged() {
        fs.on("bgapi originate", ScriptedSwitch.SILENCE);
        startReady();
        CompletableFuture<String> job = client.bgapi("originate x", "j-1", LONG);
        await().until(() -> fs.told().contains("bgapi originate x\nJob-UUID: j-1"));
        fs.send(job("j-1", "+OK x"));
        assertThat(get(job)).isEqualTo("+OK x");

        fs.tell(ScriptedSwitch.reply("+OK Job-UUID: j-1"));
        assertThat(get(client.api("echo"))).isEqualTo("echo");
        assertThat(listener.down).isEmpty();
    }

    @Test
    void theEndOfOneSessionEndsBothAndBothAreMadeAgain() {
        startReady();
        fs.dropOthers();
        awaitReady(2);
        assertThat(listener.down)
                .singleElement()
                .asString()
                .contains("the switch closed the connection (session for commands)");
        assertThat(client.reconnects()).isEqualTo(1);
        await().until(() -> fs.sessions() == 2);

        fs.dropListeners();
        awaitReady(3);
        assertThat(listener.down).last().asString().contains("(session for events)");
        await().until(() -> fs.sessions() == 2);
        assertThat(fs.connections()).isEqualTo(6);
    }

    @Test
    void aConnectionThatHasLostASessionSaysAtOnceThatItTakesNoCommands() throws Exception {
        startReady();
        fs.stallListeners();
        fs.dropOthers();

        await().until(() -> !client.isReady());
        assertThat(listener.down).as("its session for events is still read").isEmpty();
        assertThatThrownBy(() -> client.api("echo").get()).hasCauseInstanceOf(EslNotSentException.class);
        fs.readOn();
        awaitReady(2);
        assertThat(client.isReady()).isTrue();
    }

    @Test
    void eventsThatTheSwitchSentBeforeTheEndOfTheSessionForCommandsAreRead() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(heldAtTheFirstEvent(busy, goOn), SILENCE_LIMIT);
        awaitReady(1);
        fs.send(ScriptedSwitch.event("{\"Event-Name\":\"HEARTBEAT\"}"));
        awaitOn(busy);
        fs.dropOthers();
        fs.send(ScriptedSwitch.event("{\"Event-Name\":\"CHANNEL_HANGUP_COMPLETE\"}"));
        goOn.countDown();

        awaitReady(2);
        assertThat(listener.events).extracting(EslEvent::name).containsExactly("HEARTBEAT", "CHANNEL_HANGUP_COMPLETE");
    }

    @Test
    void aSwitchThatWasRestartedBetweenItsTwoSessionsIsConnectedAnew() {
        fs.on("api global_getvar core_uuid", ScriptedSwitch.SILENCE);
        start(listener, SILENCE_LIMIT);
        await().until(() -> fs.told().contains("api global_getvar core_uuid"));
        fs.on("api global_getvar core_uuid", ScriptedSwitch.frame("api/response", "another"));
        fs.send(ScriptedSwitch.frame("api/response", ScriptedSwitch.CORE));
        awaitReady(1);

        assertThat(listener.ready).containsExactly("another");
        assertThat(listener.down).singleElement().asString().contains("was restarted while");
    }

    @Test
    void aSessionForCommandsThatHangsEndsTheConnection() {
        commandTimeout = SHORT;
        startReady();
        fs.stallOthers();
        client.api("echo");
        awaitDown("no reply to 'api echo' within 400 ms (session for commands)");
        fs.readOn();
        awaitReady(2);
    }

    @Test
    void aClientThatSubscribesToNothingHasOneSession() {
        subscription = new EslSettings.Subscription(List.of(), List.of());
        startReady();
        assertThat(get(client.api("echo"))).isEqualTo("echo");
        assertThat(fs.connections()).isEqualTo(1);
    }
}
