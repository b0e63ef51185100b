package dev.callout.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.wire.EslEvent;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.CalleeTable;
import dev.callout.simulator.ledger.Ledger;
import dev.callout.simulator.ledger.LedgerCall;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedSwitchIT {

    private static final String CALLS = "json BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA"
            + " CHANNEL_ANSWER CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY SHUTDOWN";
    private static final String ID = "00000000-0000-4000-8000-000000000001";
    /** 72 minutes of real time: longer than any machine stands still. */
    private static final String NO_TIMEOUT = ",originate_timeout=86400";

    @TempDir
    Path folder;

    private SimulatedSwitch fs;

    @BeforeEach
    void start() {
        fs = SimulatedSwitch.builder()
                .gateway("gw")
                .timeScale(20)
                .callees(call -> CalleePlan.answers(Duration.ofSeconds(2)))
                .sessionsPerSecond(10_000)
                .ledger(folder.resolve("ledger.jsonl"))
                .start();
        fs.bePunctual();
    }

    @AfterEach
    void stop() {
        fs.close();
    }

    private static String originate(String uuid, String variables, String dialled) {
        return "bgapi originate {origination_uuid=" + uuid + ",ignore_early_media=true" + variables + "}sofia/gateway/"
                + dialled + " &park()\nJob-UUID: job-" + uuid;
    }

    private static String originate(String uuid) {
        return originate(uuid, "", "gw/100");
    }

    private static String result(RawListener listener) {
        return listener.awaitEvent("BACKGROUND_JOB").body();
    }

    @Test
    void aLimitOfNCallsASecondAdmitsOneLess() {
        fs.sessionsPerSecond(5);
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            // In one piece, so that all are of the same second.
            listener.send(String.join(
                    "\n\n",
                    Stream.generate(() -> originate(UUID.randomUUID().toString()))
                            .limit(8)
                            .toList()));
            listener.awaitEvents("BACKGROUND_JOB", 8);

            assertThat(fs.ledger().calls()).filteredOn(LedgerCall::accepted).hasSize(4);
            assertThat(fs.ledger().calls())
                    .filteredOn(call -> !call.accepted())
                    .extracting(LedgerCall::refusal)
                    .containsOnly("-ERR DESTINATION_OUT_OF_ORDER")
                    .hasSize(4);
            assertThat(listener.eventNames().stream().filter("CHANNEL_CREATE"::equals))
                    .hasSize(4);
        }
    }

    @Test
    void sessionsBeyondTheMostAreRefused() {
        fs.maxSessions(2);
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate("u1"));
            listener.send(originate("u2"));
            listener.send(originate("u3"));

            assertThat(listener.await(frame -> frame.event() != null
                                    && "job-u3".equals(frame.event().get("Job-UUID")))
                            .event()
                            .body())
                    .isEqualTo("-ERR DESTINATION_OUT_OF_ORDER\n");
            assertThat(fs.ledger().peak()).isEqualTo(2);
        }
    }

    @Test
    void aGatewayThatIsDownRefusesWithALoneDestroy() {
        fs.gateway("gw", GatewayState.DOWN);
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate(ID));

            assertThat(result(listener)).isEqualTo("-ERR GATEWAY_DOWN\n");
            assertThat(listener.eventNames()).containsExactly("CHANNEL_DESTROY", "BACKGROUND_JOB");
            assertThat(listener.events().get(0).get("Unique-ID")).isEqualTo(ID);
        }
    }

    @Test
    void withoutIgnoreEarlyMediaA183CountsAsAnswer() {
        fs.callees(call -> CalleePlan.announcement());
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(
                    "bgapi originate {origination_uuid=" + ID + ",originate_timeout=2}sofia/gateway/gw/100 &park()");
            assertThat(result(listener)).isEqualTo("+OK " + ID + "\n");

            listener.send(originate("u2", ",originate_timeout=2", "gw/100"));
            listener.awaitEvents("BACKGROUND_JOB", 2);
            assertThat(fs.ledger().withUuid("u2").get(0).cause()).isEqualTo("NO_ANSWER");
        }
    }

    @Test
    void aHostThatIsDownIsGivenUpWithoutARinging() {
        fs.callees(call -> CalleePlan.silent());
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate(ID, ",originate_timeout=60", "gw/100"));
            EslEvent end = listener.awaitEvent("CHANNEL_HANGUP_COMPLETE");
            assertThat(end.get("Hangup-Cause")).isEqualTo("RECOVERY_ON_TIMER_EXPIRE");
            assertThat(end.get("variable_sip_term_status")).isEqualTo("408");
            assertThat(listener.eventNames()).doesNotContain("CHANNEL_PROGRESS");
        }
    }

    @Test
    void aHookThatIsNoApplicationEndsTheCallAndANegativeDelayNeverFires() {
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate("u1", ",execute_on_answer='sched_api +1 none uuid_kill u1'", "gw/100"));
            EslEvent end = listener.awaitEvent("CHANNEL_HANGUP_COMPLETE");
            assertThat(end.get("Hangup-Cause")).isEqualTo("DESTINATION_OUT_OF_ORDER");
            listener.awaitEvent("CHANNEL_DESTROY");
            assertThat(listener.eventNames())
                    .as("the result comes between, as from FreeSWITCH 1.10.12")
                    .containsSubsequence("CHANNEL_HANGUP_COMPLETE", "BACKGROUND_JOB", "CHANNEL_DESTROY");

            listener.send(originate(
                    "u2",
                    ",execute_on_answer='sched_hangup +-5 ALLOTTED_TIMEOUT',"
                            + "execute_on_answer_1='sched_hangup +3 alloted_timeout'",
                    "gw/100"));
            listener.awaitEvents("CHANNEL_HANGUP_COMPLETE", 2);
            LedgerCall capped = fs.ledger().withUuid("u2").get(0);
            assertThat(capped.cause()).isEqualTo("NORMAL_CLEARING");
            assertThat(capped.endedBy()).isEqualTo(LedgerCall.EndedBy.SCHEDULE);
            assertThat(capped.talkMs()).isBetween(2000L, 4000L);
        }
    }

    @Test
    void stampsAndDurationsAreOfSimulatedTime() {
        fs.callees(call -> CalleePlan.answers(Duration.ofSeconds(10), Duration.ofSeconds(30)));
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate(ID));
            EslEvent end = listener.awaitEvent("CHANNEL_HANGUP_COMPLETE");

            long answered = end.number("Caller-Channel-Answered-Time", 0);
            assertThat(end.number("variable_billmsec", 0)).isBetween(30_000L, 32_000L);
            assertThat((end.number("Event-Date-Timestamp", 0) - answered) / 1000)
                    .isBetween(30_000L, 32_500L);
            assertThat((answered - end.number("Caller-Channel-Created-Time", 0)) / 1000)
                    .isBetween(10_000L, 12_000L);
            assertThat(end.get("variable_sip_hangup_disposition")).isEqualTo("recv_bye");
        }
    }

    @Test
    void filtersAreJoinedByOrAndDropEventsWithoutTheField() {
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send("filter variable_callout /^call/");
            listener.send(originate("u1", ",callout=callout", "gw/100"));
            listener.send(originate("u2", ",callout=other", "gw/101"));
            listener.awaitEvent("CHANNEL_ANSWER");
            await("the result of the other one is not told later")
                    .until(() -> fs.ledger().withUuid("u2").stream().anyMatch(LedgerCall::answered));
            listener.send("bgapi uuid_kill u1");
            listener.awaitEvent("CHANNEL_DESTROY");
            assertThat(listener.events())
                    .extracting(event -> event.get("Unique-ID"))
                    .containsOnly("u1");

            listener.send("filter Event-Name BACKGROUND_JOB");
            listener.send("bgapi uuid_exists u2\nJob-UUID: j2");
            assertThat(listener.awaitEvent("BACKGROUND_JOB").get("Job-UUID")).isEqualTo("j2");

            listener.send("filter delete all");
            listener.send("bgapi uuid_kill u2");
            listener.await(
                    frame -> frame.event() != null && "u2".equals(frame.event().get("Unique-ID")));
        }
    }

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
    void hangingUpAllEndsOnlyTheCallsOfOneCampaign() {
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate("u1", ",campaign=7", "gw/100"));
            listener.send(originate("u2", ",campaign=8", "gw/101"));
            listener.awaitEvents("CHANNEL_ANSWER", 2);

            assertThat(listener.api("hupall MANAGER_REQUEST campaign 7"))
                    .isEqualTo("+OK hangup all channels matching [campaign]=[7] with cause: MANAGER_REQUEST\n");
            assertThat(listener.awaitEvent("CHANNEL_HANGUP_COMPLETE").get("Unique-ID"))
                    .isEqualTo("u1");
            assertThat(fs.callsUp()).isEqualTo(1);
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
    void anInjectedLineFeedPairIsASecondCommand() {
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send("bgapi uuid_exists x\n\napi fsctl sps 7");
            listener.await(frame -> frame.text().equals("+OK sessions per second: 7\n"));
        }
    }

    @Test
    void whatACalleeDoesMayDependOnHowOftenItWasCalled() {
        fs.callees(new CalleeTable());
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate("u1", "", "gw/55598"));
            assertThat(listener.awaitEvent("CHANNEL_HANGUP_COMPLETE").get("Hangup-Cause"))
                    .isEqualTo("USER_BUSY");
            listener.send(originate("u2", "", "gw/55598"));
            assertThat(listener.awaitEvent("CHANNEL_ANSWER").get("Unique-ID")).isEqualTo("u2");
        }
    }

    @Test
    void theLedgerFileSaysWhatTheSwitchDid() {
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send(originate(ID, ",campaign=7,name=O\\'Brien", "gw/100"));
            listener.awaitEvent("CHANNEL_ANSWER");
            listener.send("bgapi uuid_kill " + ID);
            listener.awaitEvent("CHANNEL_DESTROY");
        }
        LedgerCall call = Ledger.read(folder.resolve("ledger.jsonl")).calls().get(0);
        assertThat(call.variables())
                .containsAllEntriesOf(Map.of("campaign", "7", "name", "O'Brien", "origination_uuid", ID));
        assertThat(call.application()).isEqualTo("park()");
        assertThat(call.answered()).isTrue();
        assertThat(call.endedBy()).isEqualTo(LedgerCall.EndedBy.COMMAND);
        assertThat(call.ringMs()).isBetween(2000L, 4000L);
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
