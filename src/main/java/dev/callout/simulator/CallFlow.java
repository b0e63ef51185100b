package dev.callout.simulator;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.callee.IncomingCall;
import dev.callout.simulator.callee.Voice;
import dev.callout.simulator.events.Call;
import dev.callout.simulator.events.EventType;
import dev.callout.simulator.ledger.LedgerCall.EndedBy;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One call from its INVITE to CHANNEL_DESTROY. It runs the callee's plan by the clock, and the applications that the line
 * names.
 */
final class CallFlow {

    private final SwitchCore core;
    private final Call call;
    private final long entry;
    private final CalleePlan plan;
    private final Applications applications;
    private Consumer<String> originateReply;

    /**
     * @param entry the call's entry in the ledger
     * @param reply receives the originate command's result, once
     */
    CallFlow(SwitchCore core, Call call, long entry, Consumer<String> reply) {
        this.core = core;
        this.call = call;
        this.entry = entry;
        this.originateReply = reply;
        this.applications = new Applications(core, call, this);
        int gatewayFailure = core.gateways.failure(call.gateway);
        if (gatewayFailure > 0) {
            plan = CalleePlan.refuses(gatewayFailure, Duration.ZERO);
            call.endedBy = EndedBy.GATEWAY;
        } else {
            plan = core.callees.receive(
                    new IncomingCall(call.number, call.gateway, call.variables(), core.ledger.received(call.number)));
        }
    }

    Call call() {
        return call;
    }

    /** What the callee lets the switch hear. */
    Voice voice() {
        return plan.voice();
    }

    void start() {
        core.clock.at(call.created, this::setUp);
    }

    private void setUp() {
        core.calls.put(call.uuid, this);
        call.variables().forEach((name, command) -> {
            if (name.startsWith("api_on_originate")) {
                core.api.execute(command, result -> {});
            }
        });
        if (!core.faults.createdLate) {
            core.events.channel(EventType.CHANNEL_CREATE, call);
        }
        at(plan.ringsAfter(), this::ring);
        at(plan.mediaAfter(), this::earlyMedia);
        at(plan.answersAfter(), this::answer);
        if (plan.refusal() != null) {
            at(plan.refusal().after(), () -> refuse(plan.refusal()));
        }
        if (call.cause == null && call.answered == 0) {
            long limit = ApiCommands.number(call.variable("originate_timeout", "60"), 60);
            call.timers.add(core.at(core.clock.secondsFromNow(Math.max(1, limit)), () -> {
                if (originateReply != null) {
                    end(HangupCause.NO_ANSWER, EndedBy.TIMEOUT, 0);
                }
            }));
        }
    }

    /** A redirection is followed, and answered there, unless the line forbids it (measured). */
    private void refuse(CalleePlan.Refusal refusal) {
        call.unheard = !refusal.sent();
        if (refusal.contact() == null || call.endsOnRedirect()) {
            end(refusal.cause(), EndedBy.CALLEE, refusal.sipStatus());
        } else {
            core.ledger.redirected(call.uuid, refusal.contact(), call.gateway);
            answer();
        }
    }

    private void ring() {
        call.progress = core.clock.micros();
        core.events.channel(EventType.CHANNEL_PROGRESS, call);
    }

    private void earlyMedia() {
        call.media = core.clock.micros();
        core.events.channel(EventType.CHANNEL_PROGRESS_MEDIA, call);
        if (!call.ignoresEarlyMedia()) {
            established();
        }
    }

    private void answer() {
        call.answered = core.clock.micros();
        core.ledger.answered(entry, call.ringMs());
        core.events.channel(EventType.CHANNEL_ANSWER, call);
        applications.executeOnAnswer();
        plan.presses().forEach(press -> at(press.after(), () -> applications.press(press.key())));
        at(plan.hangsUpAfter(), () -> end(HangupCause.NORMAL_CLEARING, EndedBy.CALLEE, 200));
        if (call.cause == null) {
            established();
        }
    }

    /** The originate has succeeded, by an answer or by early media that is not ignored. */
    private void established() {
        if (call.running) {
            return;
        }
        reply("+OK " + call.uuid + "\n");
        call.running = true;
        applications.runTarget();
    }

    /**
     * {@code sched_hangup [+]SECONDS [CAUSE]}: a negative delay never fires (measured), an unknown cause is
     * NORMAL_CLEARING.
     */
    void scheduleHangup(String time, String cause) {
        boolean relative = time.startsWith("+");
        long seconds = ApiCommands.number(relative ? time.substring(1) : time, -1);
        if (relative && seconds < 0) {
            return;
        }
        HangupCause reason = HangupCause.named(cause);
        if (relative && seconds == 0) {
            end(reason, EndedBy.SCHEDULE, 0);
            return;
        }
        long due = relative ? core.clock.secondsFromNow(seconds) : seconds * 1_000_000;
        call.timers.add(core.at(core.clock.schedulerTickFrom(due), () -> end(reason, EndedBy.SCHEDULE, 0)));
    }

    /** The switch takes a key as if the callee had pressed it. */
    void press(char key) {
        applications.press(key);
    }

    /** Ends the call by command. */
    void kill(HangupCause cause) {
        end(cause, EndedBy.COMMAND, 0);
    }

    /** The application or a hook ends the call. */
    void end(HangupCause cause) {
        end(cause, EndedBy.APPLICATION, 0);
    }

    private void end(HangupCause cause, EndedBy by, int sipStatus) {
        if (call.cause != null) {
            return;
        }
        call.cause = cause;
        call.endedBy = call.endedBy == null ? by : call.endedBy;
        call.sipStatus = sipStatus;
        call.hangup = core.clock.micros();
        cancelTimers();
        core.events.channel(EventType.CHANNEL_HANGUP, call);
        if (call.playing) {
            // What was read counts as played: 2,048 ms in calls cut at 500 and 1,540 (captured).
            applications.stopPlaying(
                    Prompts.wholePortions((call.hangup - call.playbackStarted) / 1000 + 1)
                            .toMillis(),
                    responseOfCut(by));
        }
        // Runs in a later turn of the event loop, so that the result of the command that ended the call comes in
        // between, as captured.
        core.loop.execute(() -> core.clock.stillAt(call.hangup, this::finish));
    }

    /** Only a callee who hangs up makes the playback fail; any other hang-up ends it as its last frame does (captured). */
    private String responseOfCut(EndedBy by) {
        if (!call.application.equals("playback")) {
            return null;
        }
        return by == EndedBy.CALLEE ? "PLAYBACK ERROR" : "FILE PLAYED";
    }

    private void finish() {
        if (core.calls.get(call.uuid) != this) {
            return;
        }
        boolean refused = call.sipStatus > 0;
        boolean endedByHook = call.answered > 0 && !call.running;
        if (!refused && !endedByHook) {
            reply("-ERR " + call.cause + "\n");
        }
        core.events.channel(EventType.CHANNEL_HANGUP_COMPLETE, call);
        if (core.faults.createdLate) {
            core.events.channel(EventType.CHANNEL_CREATE, call);
        }
        reply("-ERR " + call.cause + "\n");
        core.calls.remove(call.uuid);
        record();
        core.events.channel(EventType.CHANNEL_DESTROY, call);
        core.callEnded();
    }

    /** The switch was killed. Nobody is notified. */
    void vanish() {
        cancelTimers();
        call.cause = HangupCause.CRASH;
        call.endedBy = EndedBy.RESTART;
        call.hangup = core.clock.micros();
        record();
    }

    private void record() {
        core.ledger.ended(entry, call.cause, call.sipStatus, call.ringMs(), call.talkMs(), call.endedBy);
        if (call.endedBy != EndedBy.GATEWAY) {
            core.gateways.over(call.gateway);
        }
    }

    private void reply(String result) {
        if (originateReply != null) {
            Consumer<String> reply = originateReply;
            originateReply = null;
            reply.accept(result);
        }
    }

    /**
     * Runs an action after a simulated duration. If the duration is zero, it runs at once. If it is null or the call
     * has ended, it never runs.
     */
    void at(Duration delay, Runnable action) {
        if (delay == null || call.cause != null) {
            return;
        }
        if (delay.isZero()) {
            action.run();
        } else {
            call.timers.add(core.after(core.clock.realNanos(delay), action));
        }
    }

    /** The same, and returns what cancels it. */
    Runnable cancellable(Duration delay, Runnable action) {
        if (call.cause != null) {
            return () -> {};
        }
        Future<?> timer = core.after(core.clock.realNanos(delay), action);
        call.timers.add(timer);
        return () -> timer.cancel(false);
    }

    private void cancelTimers() {
        call.timers.forEach(timer -> timer.cancel(false));
        call.timers.clear();
    }
}
