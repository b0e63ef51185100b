package dev.callout.esl;

import dev.callout.esl.call.EslCall;
import dev.callout.esl.call.SwitchCalls;
import dev.callout.esl.wire.Captures;
import dev.callout.esl.wire.EslEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays what a real switch sent about its calls to the registered calls, as the connection would. */
public final class CaptureReplay {

    private static final Pattern ORIGINATE =
            Pattern.compile("bgapi originate \\{origination_uuid=([0-9a-f-]+).*\\nJob-UUID: ([0-9a-f-]+)");

    final SettableClock clock = new SettableClock();
    final List<String> questions = new ArrayList<>();
    final SwitchCalls calls;
    /** Calls by uuid, in the order in which they were originated. */
    final Map<String, EslCall> registered = new LinkedHashMap<>();

    private final Map<String, EslCall> byJob = new HashMap<>();

    CaptureReplay() {
        calls = new SwitchCalls(
                "fs1",
                question -> {
                    questions.add(question);
                    return new CompletableFuture<>();
                },
                CompletableFuture::new,
                clock,
                call -> {});
        calls.connected("core-1");
    }

    /** Registers every call that the capture's client originated. A uuid used twice is registered once. */
    CaptureReplay originate(String capture) {
        String sent = new String(Captures.bytes(capture + ".sent"), StandardCharsets.UTF_8);
        Matcher originate = ORIGINATE.matcher(sent);
        while (originate.find()) {
            EslCall call = registered.computeIfAbsent(
                    originate.group(1), uuid -> calls.originating(uuid, originate.group(2), Long.MAX_VALUE));
            byJob.put(originate.group(2), call);
        }
        return this;
    }

    static List<EslEvent> events(String capture) {
        return eventsOf(capture + ".recv");
    }

    /** The events of a file of that name. */
    static List<EslEvent> eventsOf(String file) {
        return Captures.frames(file).stream()
                .map(frame -> Captures.event(frame.headers().getOrDefault("Content-Type", ""), frame.body()))
                .filter(Objects::nonNull)
                .toList();
    }

    CaptureReplay play(List<EslEvent> events) {
        events.forEach(event -> {
            EslCall call = byJob.get(event.get("Job-UUID"));
            if (call != null) {
                calls.jobEnded(call, event.body(), null);
            }
            calls.onEvent(event);
        });
        return this;
    }

    /** Lets all graces run out. */
    CaptureReplay wait(Duration duration) {
        clock.advance(duration);
        calls.sweep();
        return this;
    }

    /** The states of the call and how it ended, such as {@code CREATED ENDED USER_BUSY}. */
    public static String story(EslCall call) {
        StringBuilder story = new StringBuilder();
        call.reached().forEach(state -> story.append(state).append(' '));
        return story.append(call.end() == null ? "" : call.end().cause())
                .toString()
                .strip();
    }
}
