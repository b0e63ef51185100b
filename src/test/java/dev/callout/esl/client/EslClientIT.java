package dev.callout.esl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.wire.EslReply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a caller's commands and background jobs. */
class EslClientIT extends EslClientFixture {

    @Test
    void pipelinedCommandsGetTheirOwnReplies() {
        startReady();
        List<CompletableFuture<String>> replies =
                IntStream.range(0, 2_000).mapToObj(i -> client.api("echo " + i)).toList();
        for (int i = 0; i < replies.size(); i++) {
            assertThat(get(replies.get(i))).isEqualTo("echo " + i);
        }
        assertThat(client.commandsSent()).isEqualTo(2_000);
    }

    @Test
    void aLateReplyFailsItAndAllBehindItAndCostsTheConnection() {
        commandTimeout = SHORT;
        startReady();
        fs.fallSilent();
        CompletableFuture<String> slow = client.api("slow 5551234");
        CompletableFuture<String> behind = client.api("behind");
        CompletableFuture<EslReply> beside = client.command("filter a b");

        assertFailure(slow)
                .isInstanceOf(EslNoReplyException.class)
                .hasMessageContaining("no reply to 'api slow' within 400 ms")
                .hasMessageNotContaining("5551234");
        assertFailure(behind).isInstanceOf(EslNoReplyException.class);
        assertFailure(beside).isInstanceOf(EslNoReplyException.class);
        fs.speakAgain();
        awaitReady(2);
        // A machine that stands still makes this late, too.
        await().ignoreExceptions().until(() -> get(client.api("echo again")).equals("echo again"));
    }

    @Test
    void aReplyOfTheWrongKindIsNotTakenForAnothersReply() {
        fs.on("api slow", ScriptedSwitch.SILENCE);
        startReady();
        CompletableFuture<String> skipped = client.api("slow");
        client.bgapi("status", "j-1", LONG);
        assertFailure(skipped).isInstanceOf(EslNoReplyException.class).hasMessageContaining("does not fit");
        awaitReady(2);
    }

    @Test
    void aCommandWhoseConnectionBreaksHasAnUnknownOutcomeAndOneWithoutConnectionNone() throws IOException {
        fs.on("api slow", ScriptedSwitch.SILENCE);
        startReady();
        CompletableFuture<String> written = client.api("slow");
        await().until(() -> fs.told().contains("api slow"));
        fs.close();
        assertFailure(written).isInstanceOf(EslNoReplyException.class);
        assertFailure(client.api("status"))
                .isInstanceOf(EslNotSentException.class)
                .hasMessageContaining("no connection");
        assertFailure(client.bgapi("status", "j-1", LONG)).isInstanceOf(EslNotSentException.class);
    }

    @Test
    void aRefusedCommandFailsWithWhatTheSwitchSaid() {
        startReady();
        assertFailure(client.command("nosuch thing"))
                .isInstanceOfSatisfying(
                        EslRejectedException.class,
                        refused -> assertThat(refused.reply().replyText()).isEqualTo("-ERR command not found"));
        assertThat(get(client.command("filter c d")).ok()).isTrue();
        fs.on("api nosuch", ScriptedSwitch.frame("api/response", "-ERR nosuch Command not found!\n"));
        assertThat(get(client.api("nosuch"))).isEqualTo("-ERR nosuch Command not found!\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status\n\nbgapi shutdown", "status\nJob-UUID: x", "a\rb", "a\0b", " ", ""})
    void aCommandThatIsNotOneLineIsRefused(String command) {
        startReady();
        assertThatIllegalArgumentException().isThrownBy(() -> client.api(command));
        assertThatIllegalArgumentException().isThrownBy(() -> client.command(command));
        assertThatIllegalArgumentException().isThrownBy(() -> client.bgapi(command, "j", LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> client.bgapi("status", command, LONG));
    }

    @Test
    void moreCommandsThanMayBePendingAreNotSent() {
        fs.on("api slow", ScriptedSwitch.SILENCE);
        startReady();
        List<CompletableFuture<String>> pending = new ArrayList<>();
        for (int i = 0; i < EslClient.MAX_PENDING_COMMANDS; i++) {
            pending.add(client.api("slow"));
        }
        assertFailure(client.api("status"))
                .isInstanceOf(EslNotSentException.class)
                .hasMessageContaining("10000");
        await().until(() -> client.commandsSent() == EslClient.MAX_PENDING_COMMANDS);
        fs.dropConnections();
        pending.forEach(reply -> assertFailure(reply).isInstanceOf(EslNoReplyException.class));
        awaitReady(2);
        assertThat(get(client.api("echo"))).isEqualTo("echo");
    }

    @Test
    void aJobsResultIsFoundByItsUuid() {
        startReady();
        CompletableFuture<String> first = client.bgapi("originate {a=b}x &park()", "j-1", LONG);
        CompletableFuture<String> second = client.bgapi("status", "j-2", LONG);
        await().until(() -> fs.told().contains("bgapi status\nJob-UUID: j-2"));
        fs.send(job("j-2", "two") + job("unknown", "x") + job("j-1", "-ERR USER_BUSY\\n"));
        assertThat(get(second)).isEqualTo("two");
        assertThat(get(first)).isEqualTo("-ERR USER_BUSY\n");
        await().untilAsserted(() -> assertThat(listener.events).hasSize(3));
    }

    @Test
    void aJobSurvivesAReconnect() {
        startReady();
        CompletableFuture<String> acknowledged = client.bgapi("status", "j-1", LONG);
        await().until(() -> fs.told().contains("bgapi status\nJob-UUID: j-1"));
        fs.on("bgapi ", ScriptedSwitch.SILENCE);
        CompletableFuture<String> without = client.bgapi("status", "j-2", LONG);
        await().until(() -> fs.told().contains("bgapi status\nJob-UUID: j-2"));

        fs.dropConnections();
        awaitReady(2);
        fs.send(job("j-1", "one") + job("j-2", "two"));

        assertThat(get(acknowledged)).isEqualTo("one");
        assertThat(get(without)).isEqualTo("two");
    }

    @Test
    void aSwitchThatIsReachedOtherwiseReadsWhatItWasSentAndItsJobsAreAwaited() throws Exception {
        startReady();
        CompletableFuture<String> job = client.bgapi("originate x", "j-1", LONG);
        try (ScriptedSwitch moved = new ScriptedSwitch()) {
            client.reconnect(settings("127.0.0.1", moved.port(), SILENCE_LIMIT));
            awaitReady(2);
            await().until(() -> fs.told().stream().filter("exit"::equals).count() == 2);
            assertThat(fs.told()).anyMatch(command -> command.startsWith("bgapi originate x"));
            assertThat(listener.down).hasSize(1);
            moved.send(job("j-1", "+OK"));

            assertThat(get(job)).isEqualTo("+OK");
            moved.dropConnections();
            awaitReady(3);
            assertThat(moved.connections())
                    .as("the earlier address is given up")
                    .isEqualTo(4);
        }
    }

    @Test
    void jobsOfASwitchThatWasRestartedFail() {
        startReady();
        CompletableFuture<String> lost = client.bgapi("status", "j-1", LONG);
        await().until(() -> fs.told().contains("bgapi status\nJob-UUID: j-1"));
        fs.on("api global_getvar core_uuid", ScriptedSwitch.frame("api/response", "another"));
        fs.dropConnections();
        assertFailure(lost).isInstanceOf(EslNoReplyException.class).hasMessageContaining("restarted");
        awaitReady(2);
        assertThat(client.coreUuid()).isEqualTo("another");
    }

    @Test
    void ofOriginatesWithoutReplyASwitchThatClosedAndWasRestartedHadReadTheFirstAtMost() {
        startReady();
        CompletableFuture<String> begun = client.bgapi("originate a", "j-1", LONG);
        await().until(() -> fs.told().contains("bgapi originate a\nJob-UUID: j-1"));
        await().untilAsserted(() -> assertThat(get(client.api("echo"))).isEqualTo("echo"));
        fs.on("bgapi originate", ScriptedSwitch.SILENCE);
        CompletableFuture<String> perhaps = client.bgapi("originate b", "j-2", LONG);
        CompletableFuture<String> unread = client.bgapi("originate c", "j-3", LONG);
        await().until(() -> fs.told().contains("bgapi originate c\nJob-UUID: j-3"));
        fs.on("api global_getvar core_uuid", ScriptedSwitch.frame("api/response", "another"));
        fs.dropConnections();

        assertFailure(begun).isInstanceOf(EslNoReplyException.class);
        assertFailure(perhaps).isInstanceOf(EslNoReplyException.class);
        assertFailure(unread).isInstanceOf(EslUnreadException.class).hasMessageContaining("restarted");
    }

    @Test
    void ofOriginatesWithoutReplyNothingIsKnownIfTheSwitchLivesOnOrWasSilentBefore() {
        commandTimeout = SHORT;
        startReady();
        fs.on("bgapi originate", ScriptedSwitch.SILENCE);
        List<CompletableFuture<String>> cut =
                List.of(client.bgapi("originate a", "j-1", LONG), client.bgapi("originate b", "j-2", LONG));
        await().until(() -> fs.told().contains("bgapi originate b\nJob-UUID: j-2"));
        fs.dropConnections();
        awaitReady(2);
        List<CompletableFuture<String>> silent =
                List.of(client.bgapi("originate a", "j-3", LONG), client.bgapi("originate b", "j-4", LONG));
        fs.on("api global_getvar core_uuid", ScriptedSwitch.frame("api/response", "another"));
        fs.fallSilent();
        await().until(() -> !client.isReady());
        fs.speakAgain();

        cut.forEach(job -> assertFailure(job).isInstanceOf(EslNoReplyException.class));
        silent.forEach(job -> assertFailure(job).isInstanceOf(EslNoReplyException.class));
    }

    @Test
    void aJobThatIsLateRefusedOrAwaitedAlreadyFailsAlone() {
        startReady();
        CompletableFuture<String> waiting = client.bgapi("status", "j-1", LONG);
        assertFailure(client.bgapi("status", "j-1", LONG))
                .isInstanceOf(EslNotSentException.class)
                .hasMessageContaining("already");
        assertFailure(client.bgapi("status", "j-2", Duration.ofMillis(50)))
                .isInstanceOf(EslNoReplyException.class)
                .hasMessageContaining("job j-2 within 50 ms");
        fs.on("bgapi ", ScriptedSwitch.reply("-ERR command not found"));
        assertFailure(client.bgapi("status", "j-3", LONG)).isInstanceOf(EslRejectedException.class);

        assertThat(waiting).isNotDone();
        fs.send(job("j-1", "one"));
        assertThat(get(waiting)).isEqualTo("one");
        assertThat(client.isReady()).isTrue();
    }

    @Test
    void aCommandIsLookedAtWhereItIsWrittenHoweverLongItWaitedForTheSocket() {
        startReady();
        List<CompletableFuture<String>> before = fillTheSocket();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<String> late = client.bgapi("originate late", "j-1", LONG, () -> {
            if (over.get()) {
                throw new EslNotSentException("its time is over");
            }
        });
        CompletableFuture<String> behind = client.bgapi("status", "j-2", LONG);
        over.set(true);
        fs.readOn();

        assertFailure(late).isInstanceOf(EslNotSentException.class).hasMessageContaining("its time is over");
        await().until(() -> fs.told().contains("bgapi status\nJob-UUID: j-2"));
        assertThat(fs.told()).noneMatch(command -> command.contains("originate late"));
        before.forEach(reply -> assertThat(get(reply)).isEqualTo("x"));
        fs.send(job("j-2", "two"));
        assertThat(get(behind)).isEqualTo("two");
    }

    @Test
    void whatTheSocketDidNotTakeBeforeItsConnectionEndedWasNotSent() {
        startReady();
        List<CompletableFuture<String>> commands = fillTheSocket();
        CompletableFuture<String> behind = client.bgapi("originate x", "j-1", LONG);
        client.reconnect();

        assertFailure(commands.get(0)).isInstanceOf(EslNoReplyException.class);
        assertFailure(commands.get(commands.size() - 1)).isInstanceOf(EslNotSentException.class);
        assertFailure(behind).isInstanceOf(EslNotSentException.class);
    }

    /** Commands to a switch that reads nothing, more than its socket takes. */
    private List<CompletableFuture<String>> fillTheSocket() {
        fs.on("api fill", ScriptedSwitch.frame("api/response", "x"));
        fs.stall();
        String text = "fill " + "x".repeat(1_000);
        List<CompletableFuture<String>> commands =
                IntStream.range(0, 4_000).mapToObj(i -> client.api(text)).toList();
        await().during(Duration.ofMillis(300)).until(() -> client.commandsSent() > 0 && client.commandsSent() < 4_000);
        return commands;
    }
}
