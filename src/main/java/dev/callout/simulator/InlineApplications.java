package dev.callout.simulator;

import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.callee.Voice;
import dev.callout.simulator.events.Call;
import dev.callout.simulator.ledger.Expansion;
import dev.callout.simulator.ledger.Words;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An extension of the dialplan {@code inline}: a list of applications that run one after the other, as
 * {@code inline_dialplan_hunt} and {@code switch_core_standard_on_execute} do it (captured). The
 * list goes on after an application that failed; at its end, the call is hung up.
 */
final class InlineApplications {

    private static final Pattern OTHER_SEPARATOR = Pattern.compile("m:(.):(.*)", Pattern.DOTALL);

    private static final int SAY_WORDS = 4;
    /** Applications of modules that a switch need not have. */
    private static final Map<String, String> MODULES =
            Map.of("avmd_start", "mod_avmd", "avmd_stop", "mod_avmd", "amd", "mod_amd");

    private final SwitchCore core;
    private final Call call;
    private final CallFlow flow;
    private final Applications applications;
    private final Expansion expansion = new Expansion(this::variable, this::function);

    InlineApplications(SwitchCore core, Call call, CallFlow flow, Applications applications) {
        this.core = core;
        this.call = call;
        this.flow = flow;
        this.applications = applications;
    }

    void run(String extension) {
        Matcher other = OTHER_SEPARATOR.matcher(extension);
        run(other.matches() ? Words.by(other.group(1).charAt(0), other.group(2)) : Words.by(',', extension), 0);
    }

    /** Without {@code continue_on_fail}, a second leg that cannot be reached ends the call with its cause. */
    private void afterFailure(Runnable next) {
        if (call.secondLegFailed == null
                || call.variable("continue_on_fail", "false").equals("true")) {
            next.run();
        } else {
            flow.end(call.secondLegFailed);
        }
    }

    private void run(List<String> steps, int index) {
        if (call.cause != null) {
            return;
        }
        if (index == steps.size()) {
            flow.end(HangupCause.NORMAL_CLEARING);
            return;
        }
        String[] parts = steps.get(index).split(":", 2);
        // Before the application begins: ${current_application_response} is that of the one before.
        String data = parts.length > 1 ? expansion.of(parts[1]) : "";
        String module = MODULES.get(parts[0]);
        if (Applications.missing(parts[0]) || module != null && !core.modules.contains(module)) {
            flow.end(HangupCause.DESTINATION_OUT_OF_ORDER);
            return;
        }
        applications.begin(parts[0], data.isEmpty() ? null : data);
        Runnable next = () -> run(steps, index + 1);
        switch (parts[0]) {
            case "playback" -> applications.playFile(data, next);
            case "say" -> say(data, next);
            case "speak" -> speak(data, next);
            case "set" -> {
                String[] pair = data.split("=", 2);
                call.set(pair[0], pair.length > 1 ? pair[1] : "");
                next.run();
            }
            case "unset" -> {
                call.set(data, "");
                call.transferForgotten |= data.equals("transfer_history");
                next.run();
            }
            case "sleep" -> flow.cancellable(Duration.ofMillis(Long.parseLong(data)), next);
            case "detect_audio", "detect_silence", "wait_for_silence" -> listen(parts[0], data, next);
            case "avmd_start" -> detectBeeps(next);
            case "transfer" -> transfer(data, next);
            case "bridge" -> applications.secondLegs().bridge(data, () -> afterFailure(next));
            case "execute_extension" ->
                applications
                        .secondLegs()
                        .extension(Words.byBlank(data, SAY_WORDS).get(0), () -> afterFailure(next));
            case "callcenter" -> applications.secondLegs().queue(data, next);
            case "hangup" -> flow.end(HangupCause.named(data));
            default -> next.run();
        }
    }

    /** Plays the module's files, one for all as mod_say_en does. An application that says gives no response. */
    private void say(String data, Runnable next) {
        List<String> words = Words.byBlank(data, SAY_WORDS + 1);
        if (words.size() < SAY_WORDS || !core.modules.contains("mod_say_" + words.get(0))) {
            next.run();
            return;
        }
        applications.playFor(core.prompts.said(data, words.get(words.size() - 1)), null, next);
    }

    /** Listens for what the callee says or does not say, and notes in a variable whether it was in vain. */
    private void listen(String name, String data, Runnable next) {
        Optional<Voice.Heard> heard = flow.voice().hear(name, data, sinceAnswer());
        if (heard.isEmpty()) {
            next.run();
            return;
        }
        flow.cancellable(heard.get().after(), () -> {
            call.set(name + "_timeout", Boolean.toString(heard.get().timeout()));
            if (heard.get().timeout()) {
                call.set(name + "_hits", Integer.toString(heard.get().hits()));
            }
            next.run();
        });
    }

    /** The detector listens in the background, and sets a variable. */
    private void detectBeeps(Runnable next) {
        flow.voice()
                .beepAfterMs(sinceAnswer())
                .ifPresent(after -> flow.at(Duration.ofMillis(after), () -> {
                    call.set("avmd_detect", "TRUE");
                    call.set("avmd_total_time", "[" + after + "]");
                }));
        next.run();
    }

    private Duration sinceAnswer() {
        return Duration.ofNanos((core.clock.micros() - call.answered) * 1000);
    }

    /** Text that an engine speaks has no events. */
    private void speak(String data, Runnable next) {
        String[] parts = data.split("\\|", 3);
        String engine = parts.length == 3 ? parts[0] : call.variable("tts_engine", null);
        if (engine == null) {
            flow.end(HangupCause.DESTINATION_OUT_OF_ORDER);
            return;
        }
        if (core.modules.contains("mod_" + engine)) {
            applications.untilKey(Prompts.spoken(parts[parts.length - 1]), heard -> next.run());
        } else {
            next.run();
        }
    }

    /** Goes to another extension. Without one it does nothing; what the callee has pressed is forgotten on the way. */
    private void transfer(String data, Runnable next) {
        List<String> words = Words.byBlank(data, SAY_WORDS);
        if (words.isEmpty()) {
            next.run();
            return;
        }
        int left = Integer.parseInt(call.variable("max_forwards", "70")) - 1;
        if (left <= 0) {
            flow.end(HangupCause.EXCHANGE_ROUTING_ERROR);
            return;
        }
        call.set("max_forwards", Integer.toString(left));
        call.keys.clear();
        call.transferForgotten = false;
        core.loop.execute(() -> {
            if (call.cause == null) {
                applications.runTarget(words.get(0), words.size() > 1 ? words.get(1) : "XML");
            }
        });
    }

    private String variable(String name) {
        String response = call.response == null ? "" : call.response;
        return name.equals("current_application_response") ? response : call.variable(name, "");
    }

    private String function(String name, String argument) {
        return switch (name) {
            case "strmicroepoch" -> Long.toString(core.clock.micros());
            case "url_decode" -> urlDecoded(argument);
            default -> core.api.result(name + " " + argument);
        };
    }

    /** As switch_url_decode: a plus stays a plus. */
    private static String urlDecoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
