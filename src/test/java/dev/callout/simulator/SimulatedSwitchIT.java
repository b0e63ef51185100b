package dev.callout.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.wire.EslEvent;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.CalleeTable;
import dev.callout.simulator.ledger.Ledger;
import dev.callout.simulator.ledger.LedgerCall;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatedSwitchIT extends SwitchUnderTest {

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
    void aFilterByStateHoldsBackTheSecondEndOfACallButNotThatOfOneThatWasNeverSetUp() {
        fs.gateway("none", GatewayState.UNKNOWN);
        try (RawListener listener = RawListener.to(fs, CALLS)) {
            listener.send("filter variable_callout callout");
            listener.send("filter Channel-State-Number -12");
            listener.send("filter Event-Name CHANNEL_DESTROY");
            listener.send(originate("u1", ",callout=callout", "gw/100"));
            listener.awaitEvent("CHANNEL_ANSWER");
            listener.send("bgapi uuid_kill u1");
            listener.awaitEvent("CHANNEL_HANGUP_COMPLETE");
            listener.send(originate("u2", ",callout=callout", "none/101"));

            assertThat(listener.awaitEvent("CHANNEL_DESTROY").get("Unique-ID")).isEqualTo("u2");
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
}
