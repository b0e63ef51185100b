package dev.callout.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the simulated switch does when connections fail, and when it is told to fail. */
class SimulatedConnectionIT extends SwitchUnderTest {

    @Test
    void aCallOutlivesItsConnectionAndItsJobGoesToTheNext() {
        fs.callees(call -> CalleePlan.ringsForEver());
        try (RawListener first = RawListener.to(fs, CALLS)) {
            first.send(originate(ID, NO_TIMEOUT, "gw/100"));
            first.awaitEvent("CHANNEL_CREATE");
            assertThat(fs.dropConnections()).isEqualTo(1);
            first.awaitEnd();
        }
        try (RawListener second = RawListener.to(fs, CALLS)) {
            assertThat(second.api("show channels as json")).contains("\"row_count\":1", "\"uuid\":\"" + ID + "\"");
            assertThat(second.api("uuid_dump " + ID + " json")).contains("\"Answer-State\":\"ringing\"");
            assertThat(second.api("uuid_kill " + ID + " ORIGINATOR_CANCEL")).isEqualTo("+OK\n");
            assertThat(second.awaitEvent("BACKGROUND_JOB")).satisfies(job -> {
                assertThat(job.get("Job-UUID")).isEqualTo("job-" + ID);
                assertThat(job.body()).isEqualTo("-ERR ORIGINATOR_CANCEL\n");
            });
            assertThat(second.awaitEvent("CHANNEL_HANGUP_COMPLETE").get("Unique-ID"))
                    .isEqualTo(ID);
        }
    }

    @Test
    void aRestartForgetsItsCallsAndChangesTheCoreUuid() {
        String before = fs.coreUuid();
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate(ID));
            listener.awaitEvent("CHANNEL_ANSWER");
            fs.restart();
            listener.awaitEnd();
            assertThat(listener.eventNames()).doesNotContain("CHANNEL_HANGUP_COMPLETE");
        }
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            assertThat(listener.api("global_getvar core_uuid"))
                    .isEqualTo(fs.coreUuid())
                    .isNotEqualTo(before);
            assertThat(listener.api("uuid_exists " + ID)).isEqualTo("false");
            assertThat(listener.api("uuid_kill " + ID)).isEqualTo("-ERR No such channel!\n");
        }
        assertThat(fs.ledger().calls()).extracting(LedgerCall::endedBy).containsExactly(LedgerCall.EndedBy.RESTART);
    }

    @Test
    void aSilentConnectionStaysOpenAndSaysNothing() {
        fs.callees(call -> CalleePlan.ringsForEver());
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate(ID, NO_TIMEOUT, "gw/100"));
            listener.awaitEvent("CHANNEL_PROGRESS");
            fs.goSilent();
            int heard = listener.frames().size();
            listener.send("api status");
            try (RawListener other = RawListener.to(fs, CALLS)) {
                other.send("bgapi uuid_kill " + ID);
                other.awaitEvent("CHANNEL_DESTROY");
            }
            assertThat(listener.frames()).hasSize(heard);
            assertThat(fs.connections()).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void stalledReadingLeavesCommandsUnansweredUntilItEnds() {
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            fs.stallReading(true);
            listener.send("api uuid_exists none");
            assertThat(listener.quietFor(Duration.ofMillis(100))).isTrue();
            fs.stallReading(false);
            listener.await(frame -> frame.text().equals("false"));
        }
    }

    @Test
    void aSwitchThatStopsListeningRefusesConnectionsUntilItListensAgain() {
        fs.stopListening();
        assertThatThrownBy(() -> new RawListener(fs.port())).hasMessageContaining("refused");
        fs.listenAgain();
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            assertThat(listener.api("uuid_exists none")).isEqualTo("false");
        }
    }

    @Test
    void aRefusedPasswordEndsTheConnection() {
        fs.refuseAuth(true);
        try (RawListener listener = new RawListener(fs.port())) {
            listener.send("auth ClueCon");
            listener.awaitEnd();
            assertThat(listener.frames().get(1).replyText()).isEqualTo("-ERR invalid");
        }
    }

    @Test
    void jobsCanComeLateAndCreateAfterTheEnd() {
        fs.delayJobs(Duration.ofMillis(300));
        fs.hangupBeforeCreate(true);
        fs.callees(call -> CalleePlan.refuses(404, Duration.ZERO));
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate(ID));
            listener.awaitEvent("BACKGROUND_JOB");
            assertThat(listener.eventNames())
                    .containsExactly("CHANNEL_HANGUP_COMPLETE", "CHANNEL_CREATE", "CHANNEL_DESTROY", "BACKGROUND_JOB");
        }
    }

    @Test
    void aScheduledCommandIsCarriedOutThoughItsConnectionIsGone() {
        fs.callees(call -> CalleePlan.ringsForEver());
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate(ID, NO_TIMEOUT, "gw/100"));
            listener.awaitEvent("CHANNEL_PROGRESS");
            assertThat(listener.api("sched_api +1 none uuid_kill " + ID + " ORIGINATOR_CANCEL"))
                    .isEqualTo("+OK Added: 1\n");
        }
        await().until(() -> fs.ledger().calls().get(0).ended());
        assertThat(fs.ledger().calls().get(0).cause()).isEqualTo("ORIGINATOR_CANCEL");
    }

    @Test
    void aListenerThatDoesNotReadIsGivenUpAndTheCallsGoOn() throws IOException {
        fs.sessionsPerSecond(1_000_000);
        fs.maxSessions(1_000_000);
        fs.callees(call -> CalleePlan.answers(Duration.ofMillis(100), Duration.ofMillis(100)));
        try (Socket deaf = new Socket("127.0.0.1", fs.port())) {
            OutputStream out = deaf.getOutputStream();
            out.write("auth ClueCon\n\nevent json ALL\n\n".getBytes(StandardCharsets.UTF_8));
            try {
                for (int i = 0; i < 4000; i++) {
                    out.write((originate(UUID.randomUUID().toString()) + "\n\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (SocketException givenUpWhileItStillWrote) {
                // As soon as that.
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> fs.ledger().size() > 0 && fs.connections() == 0);
            await().atMost(Duration.ofSeconds(60)).until(() -> fs.callsUp() == 0);
        }
        assertThat(fs.ledger().calls()).isNotEmpty().allMatch(LedgerCall::ended);
    }

    @Test
    void closingTellsTheListeners() {
        try (RawListener listener = RawListener.to(fs, CALLS + " CHANNEL_HANGUP")) {
            listener.send(originate(ID));
            listener.awaitEvent("CHANNEL_ANSWER");
            fs.close();
            listener.awaitEnd();
            assertThat(listener.awaitEvent("CHANNEL_HANGUP_COMPLETE").get("Hangup-Cause"))
                    .isEqualTo("SYSTEM_SHUTDOWN");
            assertThat(listener.eventNames()).containsSubsequence("SHUTDOWN", "CHANNEL_HANGUP");
            assertThat(listener.frames())
                    .last()
                    .extracting(RawListener.Frame::type)
                    .isEqualTo("text/disconnect-notice");
        }
    }
}
