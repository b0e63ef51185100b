package dev.callout.simulator;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.callee.IncomingCall;
import dev.callout.simulator.events.Call;
import dev.callout.simulator.events.EventType;
import dev.callout.simulator.ledger.LedgerCall.EndedBy;
import dev.callout.simulator.ledger.OriginateLine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One call from its INVITE to CHANNEL_DESTROY. It runs the callee's plan by the clock, the line's hooks, and the
 * application.
 */
final class CallFlow {

    /**
     * Applications that {@code execute_on_answer} may name. Only sched_hangup and hangup have an effect here. Any other
     * name is unknown to FreeSWITCH and ends the call (measured).
     */
    private static final Set<String> HOOKS = Set.of(
            """
            sched_hangup hangup set export unset log info sleep answer playback record_session start_dtmf
            stop_dtmf event park echo bridge transfer sched_transfer
            """
                    .split("\\s+"));

    private final SwitchCore core;
    private final Call call;
    private final long entry;
    private final CalleePlan plan;
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
        executeOnAnswer();
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
        String target = call.line.target();
        if (target.startsWith("&")) {
            int end = target.indexOf(')');
            String text = target.substring(1, end < 0 ? target.length() : end);
            int open = text.indexOf('(');
            String argument = open < 0 || open == text.length() - 1 ? null : text.substring(open + 1);
            run(open < 0 ? text : text.substring(0, open), argument);
        } else if (missing(target)) {
            end(HangupCause.NO_ROUTE_DESTINATION);
        } else {
            begin("park", null);
        }
    }

    private void run(String application, String argument) {
        if (missing(application)) {
            end(HangupCause.DESTINATION_OUT_OF_ORDER);
            return;
        }
        begin(application, argument);
        if (application.equals("playback") && argument != null) {
            play(argument);
        } else if (application.equals("hangup")) {
            end(HangupCause.named(argument));
        } else if (application.equals("bridge")) {
            bridge(argument);
        } else if (application.equals("ivr") && missing(argument)) {
            // FreeSWITCH logs "Unable to find menu" and continues with the dialplan, of which nothing is left.
            end(HangupCause.NORMAL_CLEARING);
        }
    }

    /**
     * A second leg that cannot start ends the call with its cause. Any other second leg counts as answered and stays.
     */
    private void bridge(String destination) {
        OriginateLine.parse((destination == null ? "" : destination) + " &park()")
                .map(line ->
                        Originator.mistake(core.gateways, line.destinations().get(0)))
                .ifPresent(this::end);
    }

    private void begin(String application, String argument) {
        call.application = application;
        call.argument = argument;
    }

    /**
     * Whether the name stands for an extension, application or menu that does not exist. If an extension or application
     * is missing, the hook remains the last application that ran (measured).
     */
    private static boolean missing(String name) {
        return name != null && (name.contains("missing") || name.contains("no-such"));
    }

    private void play(String file) {
        Optional<Duration> length = core.prompts.length(file);
        if (length.isEmpty()) {
            call.response = "FILE NOT FOUND";
            end(HangupCause.NORMAL_CLEARING);
            return;
        }
        call.playing = true;
        call.playbackStarted = core.clock.micros();
        core.events.channel(EventType.PLAYBACK_START, call);
        at(length.get(), () -> {
            stopPlaying(length.get().toMillis(), "FILE PLAYED");
            end(HangupCause.NORMAL_CLEARING);
        });
    }

    private void stopPlaying(long milliseconds, String response) {
        call.playing = false;
        call.playbackMs = milliseconds;
        core.events.channel(EventType.PLAYBACK_STOP, call);
        call.response = response;
    }

    private void executeOnAnswer() {
        for (Map.Entry<String, String> hook : new TreeMap<>(call.variables()).entrySet()) {
            String name = hook.getKey();
            if (call.cause == null && (name.equals("execute_on_answer") || name.startsWith("execute_on_answer_"))) {
                execute(hook.getValue());
            }
        }
    }

    private void execute(String hook) {
        String[] parts =
                hook.contains("::") ? hook.split("::", 2) : hook.strip().split(" ", 2);
        String arguments = parts.length > 1 ? parts[1].strip() : "";
        if (!HOOKS.contains(parts[0])) {
            end(HangupCause.DESTINATION_OUT_OF_ORDER);
            return;
        }
        begin(parts[0], arguments.isEmpty() ? null : arguments);
        if (parts[0].equals("sched_hangup")) {
            String[] words = arguments.split(" +", 2);
            scheduleHangup(words[0], words.length > 1 ? words[1] : HangupCause.ALLOTTED_TIMEOUT.name());
        } else if (parts[0].equals("hangup")) {
            end(HangupCause.named(arguments));
        }
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

    /** Ends the call by command. */
    void kill(HangupCause cause) {
        end(cause, EndedBy.COMMAND, 0);
    }

    /** The application or a hook ends the call. */
    private void end(HangupCause cause) {
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
            stopPlaying(
                    Prompts.wholePortions((call.hangup - call.playbackStarted) / 1000 + 1)
                            .toMillis(),
                    "PLAYBACK ERROR");
        }
        // Runs in a later turn of the event loop, so that the result of the command that ended the call comes in
        // between, as captured.
        core.loop.execute(() -> core.clock.stillAt(call.hangup, this::finish));
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
    private void at(Duration delay, Runnable action) {
        if (delay == null || call.cause != null) {
            return;
        }
        if (delay.isZero()) {
            action.run();
        } else {
            call.timers.add(core.after(core.clock.realNanos(delay), action));
        }
    }

    private void cancelTimers() {
        call.timers.forEach(timer -> timer.cancel(false));
        call.timers.clear();
    }
}
