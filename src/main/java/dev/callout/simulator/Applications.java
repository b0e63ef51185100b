package dev.callout.simulator;

import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.events.Call;
import dev.callout.simulator.events.EventType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the switch runs in one call that is up: the target of the originate line, and the line's hooks. */
final class Applications {

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

    private static final String USED = "playback_terminator_used";

    private final SwitchCore core;
    private final Call call;
    private final CallFlow flow;
    private final SecondLegs secondLegs;
    /** Lets the application that runs read the keys; null: none runs that does. */
    private Runnable readKey;

    /** @param flow ends the call when an application does */
    Applications(SwitchCore core, Call call, CallFlow flow) {
        this.core = core;
        this.call = call;
        this.flow = flow;
        this.secondLegs = new SecondLegs(core, call, flow);
    }

    SecondLegs secondLegs() {
        return secondLegs;
    }

    /** Runs what the line's target names: an application, or an extension of the dialplan. */
    void runTarget() {
        runTarget(call.line.target(), call.line.dialplan());
    }

    /** Runs an application behind {@code &}, or an extension of a dialplan. */
    void runTarget(String target, String dialplan) {
        if (target.startsWith("&")) {
            int end = target.indexOf(')');
            String text = target.substring(1, end < 0 ? target.length() : end);
            int open = text.indexOf('(');
            String argument = open < 0 || open == text.length() - 1 ? null : text.substring(open + 1);
            run(open < 0 ? text : text.substring(0, open), argument);
        } else if (dialplan.equalsIgnoreCase("inline")) {
            new InlineApplications(core, call, flow, this).run(target);
        } else if (missing(target)) {
            flow.end(HangupCause.NO_ROUTE_DESTINATION);
        } else {
            begin("park", null);
            secondLegs.extension(target, () -> flow.end(call.secondLegFailed));
        }
    }

    private void run(String application, String argument) {
        if (missing(application)) {
            flow.end(HangupCause.DESTINATION_OUT_OF_ORDER);
            return;
        }
        begin(application, argument);
        if (application.equals("playback") && argument != null) {
            play(argument);
        } else if (application.equals("hangup")) {
            flow.end(HangupCause.named(argument));
        } else if (application.equals("bridge")) {
            secondLegs.bridge(argument, () -> flow.end(call.secondLegFailed));
        } else if (application.equals("ivr") && missing(argument)) {
            // FreeSWITCH logs "Unable to find menu" and continues with the dialplan, of which nothing is left.
            flow.end(HangupCause.NORMAL_CLEARING);
        }
    }

    /** An application begins. FreeSWITCH then forgets the response of the one before. */
    void begin(String application, String argument) {
        call.application = application;
        call.argument = argument;
        call.response = null;
    }

    /**
     * Whether the name stands for an extension, application or menu that does not exist. If an extension or application
     * is missing, the hook remains the last application that ran (measured).
     */
    static boolean missing(String name) {
        return name != null && (name.contains("missing") || name.contains("no-such"));
    }

    private void play(String file) {
        playFile(file, () -> flow.end(HangupCause.NORMAL_CLEARING));
    }

    /** Plays a file, if it can be opened, and continues. */
    void playFile(String file, Runnable next) {
        Optional<Duration> length = core.prompts.length(file);
        if (length.isEmpty()) {
            call.response = "FILE NOT FOUND";
            next.run();
            return;
        }
        playFor(length.get(), "FILE PLAYED", next);
    }

    /** Plays files of this length, and continues. */
    void playFor(Duration length, String response, Runnable next) {
        call.playing = true;
        call.broken = false;
        call.playbackStarted = core.clock.micros();
        core.events.channel(EventType.PLAYBACK_START, call);
        untilKey(length, heard -> {
            call.broken = heard.compareTo(length) < 0;
            stopPlaying(heard.toMillis(), response);
            next.run();
        });
    }

    /**
     * Does something that lasts this long, unless a key ends it that {@code playback_terminators} allows. The application
     * reads what was pressed before it, and leaves alone what is pressed behind that key (on_dtmf of mod_dptools).
     *
     * @param then gets how long it has lasted
     */
    void untilKey(Duration length, Consumer<Duration> then) {
        call.set(USED, "");
        long began = core.clock.micros();
        Runnable cancel = flow.cancellable(length, () -> {
            readKey = null;
            then.accept(length);
        });
        readKey = () -> {
            String terminators = call.variable("playback_terminators", "*");
            while (!call.keys.isEmpty()) {
                String key = call.keys.poll().toString();
                if (terminators.equals("any") || !terminators.equals("none") && terminators.contains(key)) {
                    readKey = null;
                    cancel.run();
                    call.set(USED, key);
                    then.accept(Duration.ofNanos((core.clock.micros() - began) * 1000));
                    return;
                }
            }
        };
        // Later: the callers below are not to grow with the keys that were pressed before.
        core.loop.execute(this::readKeys);
    }

    /** The callee presses a key. */
    void press(char key) {
        if (call.cause == null && secondLegs.leaves(key)) {
            return;
        }
        call.keys.add(key);
        readKeys();
    }

    private void readKeys() {
        if (call.cause == null && readKey != null) {
            readKey.run();
        }
    }

    /** Ends the playback, after this time. The call goes on. */
    void stopPlaying(long milliseconds, String response) {
        call.playing = false;
        call.playbackMs = milliseconds;
        core.events.channel(EventType.PLAYBACK_STOP, call);
        call.response = response;
    }

    /** Runs the hooks of the line. The callee has answered. */
    void executeOnAnswer() {
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
            flow.end(HangupCause.DESTINATION_OUT_OF_ORDER);
            return;
        }
        begin(parts[0], arguments.isEmpty() ? null : arguments);
        if (parts[0].equals("sched_hangup")) {
            String[] words = arguments.split(" +", 2);
            flow.scheduleHangup(words[0], words.length > 1 ? words[1] : HangupCause.ALLOTTED_TIMEOUT.name());
        } else if (parts[0].equals("hangup")) {
            flow.end(HangupCause.named(arguments));
        }
    }
}
