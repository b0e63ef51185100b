package dev.callout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.esl.wire.Captures;
import dev.callout.esl.wire.EslEvent;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.IncomingCall;
import dev.callout.simulator.callee.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sent to a real FreeSWITCH is sent to the simulated one, and the events are held against the recorded ones. */
class RecordedCallsIT {

    private static final Path CAPTURES = Path.of("src/test/resources/esl-captures");
    /** The fields that Callout reads, beside all the instants of the caller's profile. */
    private static final Pattern READ =
            Pattern.compile("Event-Name|Unique-ID|Job-UUID|Hangup-Cause|Answer-State|Playback-Status"
                    + "|Caller-Channel-.*-Time|variable_(hangup_cause.*|sip_term_status|sip_hangup_disposition|billmsec|playback_ms"
                    + "|current_application_response|originate_timeout|dialer_.*)|_body");
    /** Fields whose values are the same whatever the time. */
    private static final Pattern SAME = Pattern.compile(
            "Event-Name|Unique-ID|Job-UUID|Hangup-Cause|Answer-State|Playback-Status"
                    + "|Channel-.*|Event-Calling-.*|Caller-(Caller|Callee|Orig|Destination).*|Playback-File-.*|Job-Command.*"
                    + "|variable_(hangup_cause.*|sip_term_.*|callout_prompt|sip_hangup_disposition|sip_invite_failure_.*|playback_ms"
                    + "|current_application.*|originate.*|endpoint_disposition|dialer_.*|caller_id|ep_codec_string)|_body");

    /** What the calls of one recorded switch had by its SIP profile and its languages. */
    private static final Set<String> OF_ITS_CONFIGURATION =
            Set.of("variable_rtp_use_timer_name", "variable_sound_prefix");

    /** What the callees of one recorded switch said of themselves: it was a FreeSWITCH. */
    private static final Pattern OF_ITS_CALLEE =
            Pattern.compile("variable_(sip_allow|sip_user_agent|rtp_2833_(recv|send)_payload)");

    /** The name that such a callee gave, and the state in which the originate was when it did so at once. */
    private static final Pattern TOLD_BY_ITS_CALLEE =
            Pattern.compile("Caller-(Caller|Callee)-ID-Name|variable_caller_id|Channel-State(-Number)?");

    /** The machine that one recorded switch called: its greeting ended just before its beep. */
    private static final Voice GREETING = Voice.SILENT.says(1700, 5200).beeps(7000, 1500);

    private static final String APPLICATION = "variable_current_application";

    private SimulatedSwitch fs;

    @BeforeEach
    void start() {
        fs = SimulatedSwitch.builder()
                .callees(RecordedCallsIT::callee)
                .gateway("answer")
                .gateway("busy")
                .gateway("reject")
                .gateway("notfound")
                .gateway("unavail")
                .gateway("decline")
                .gateway("noanswer")
                .gateway("remotehangup")
                .gateway("earlymedia")
                .gateway("ring3")
                .gateway("dead")
                .gateway("carrier")
                .prompt("en CURRENCY PRONOUNCED 12.50", Duration.ofMillis(2282))
                .timeScale(5)
                .start();
        fs.bePunctual();
        fs.gatewayFails("dead", 503, 1);
    }

    @AfterEach
    void stop() {
        fs.close();
    }

    /** The callees that stood behind the recorded switch's gateways. */
    private static CalleePlan callee(IncomingCall call) {
        return switch (call.gateway()) {
            case "answer" -> CalleePlan.answers(Duration.ofMillis(200)).saying(Voice.SILENT);
            case "carrier" ->
                CalleePlan.answers(Duration.ofMillis(200))
                        .saying(call.number().endsWith("0000") ? Voice.HELLO : GREETING);
            case "ring3" -> CalleePlan.answers(Duration.ofSeconds(3));
            case "remotehangup" -> CalleePlan.answers(Duration.ofMillis(200), Duration.ofMillis(1500));
            case "earlymedia" -> CalleePlan.earlyMedia(Duration.ofSeconds(1));
            case "busy" -> CalleePlan.ringsThenRefuses(486, Duration.ofMillis(20));
            case "decline" -> CalleePlan.ringsThenRefuses(603, Duration.ofMillis(20));
            case "reject" -> CalleePlan.refuses(403, Duration.ZERO);
            case "notfound" -> CalleePlan.refuses(404, Duration.ZERO);
            case "unavail" -> CalleePlan.refuses(503, Duration.ZERO);
            default -> CalleePlan.ringsForEver();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "originate-answer",
                "originate-answer-json",
                "originate-remotehangup",
                "originate-remotehangup-json",
                "originate-earlymedia",
                "originate-earlymedia-json",
                "originate-busy",
                "originate-busy-json",
                "originate-reject",
                "originate-reject-json",
                "originate-notfound",
                "originate-notfound-json",
                "originate-unavail",
                "originate-unavail-json",
                "originate-decline",
                "originate-decline-json",
                "originate-noanswer",
                "originate-noanswer-json",
                "originate-invalid-gateway",
                "originate-invalid-gateway-json",
                "originate-dead-gateway",
                "originate-duplicate-uuid",
                "originate-duplicate-uuid-json",
                "originate-cancel-before-answer",
                "originate-transfer-on-answer",
                "originate-playback-json",
                "originate-tone-playback",
                "originate-utf8-callerid",
                "originate-utf8-json",
                "originate-paused-json",
                "originate-syntax-error",
                "prompt-cut-by-callee-json",
                "prompt-cut-by-us-json",
                "prompt-missing-file-json",
                "prompt-file-json",
                "prompt-file-cut-by-us-json",
                "prompt-file-cut-by-callee-json",
                "prompt-pieces-json",
                "prompt-pieces-cut-json",
                "prompt-pieces-missing-json",
                "prompt-pieces-no-engine-json",
                "amd-human-json",
                "amd-machine-json",
                "amd-message-json",
                "amd-silent-json"
            })
    void aCallIsToldAsFreeSwitchToldIt(String capture) throws IOException {
        List<EslEvent> recorded = recordedEvents(capture);
        try (RawListener listener = new RawListener(fs.port())) {
            // In one piece: a callee rings at once, and what was said then is said before it answers.
            listener.send(Files.readString(CAPTURES.resolve(capture + ".sent")).strip());
            listener.await(frame -> listener.events().size() >= recorded.size());

            assertThat(listener.eventNames())
                    .isEqualTo(recorded.stream().map(EslEvent::name).toList());
            for (int i = 0; i < recorded.size(); i++) {
                compare(recorded.get(i).toMap(), listener.events().get(i).toMap(), capture);
            }
        }
    }

    private static void compare(Map<String, String> real, Map<String, String> simulated, String capture) {
        String event = capture + ", " + real.get("Event-Name");
        Set<String> fields = new TreeSet<>(simulated.keySet());
        if (capture.equals("originate-dead-gateway")) {
            // There the switch itself made the 503, having reached nobody; the simulator's comes from the gateway.
            fields.removeAll(Set.of("Caller-Network-Addr", "variable_sip_network_ip", "variable_sip_reply_host"));
        }
        Set<String> recorded = new TreeSet<>(real.keySet());
        recorded.removeAll(OF_ITS_CONFIGURATION);
        boolean heardOfCallee = capture.startsWith("amd-");
        if (heardOfCallee) {
            recorded.removeIf(OF_ITS_CALLEE.asMatchPredicate());
        }
        assertThat(fields).as("fields of " + event).isEqualTo(recorded);
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        real.forEach((field, value) -> {
            if (OF_ITS_CONFIGURATION.contains(field) || value.startsWith("file_string://")) {
                // The simulator has one sound for a value that is said: it does not know the files of a module.
                return;
            }
            if (capture.equals("prompt-cut-by-us-json") && field.equals("variable_current_application_response")) {
                // That switch had no timer for RTP. With one, it answers as in prompt-file-cut-by-us-json.
                return;
            }
            if (heardOfCallee && TOLD_BY_ITS_CALLEE.matcher(field).matches()) {
                return;
            }
            boolean said = field.equals("variable_playback_ms")
                    && real.get(APPLICATION).equals("say");
            if (SAME.matcher(field).matches() && !said) {
                expected.put(field, timeless(value));
                found.put(field, timeless(simulated.get(field)));
            } else if (READ.matcher(field).matches()) {
                expected.put(field, form(value));
                found.put(field, form(simulated.get(field)));
            }
        });
        assertThat(found).as(event).isEqualTo(expected);
    }

    /** Without the instants that the switch has put into a note. */
    private static String timeless(String value) {
        return value == null ? null : value.replaceAll("@\\d{16}", "@instant");
    }

    /** Next to nothing is 0, a time in microseconds becomes "instant", any other number "number". */
    private static String form(String value) {
        if (value.matches("1?\\d")) {
            return "0";
        }
        if (!value.chars().allMatch(Character::isDigit)) {
            return value;
        }
        return value.length() == 16 ? "instant" : "number";
    }

    private static List<EslEvent> recordedEvents(String capture) {
        return Captures.frames(capture + ".recv").stream()
                .map(frame -> Captures.event(frame.headers().getOrDefault("Content-Type", ""), frame.body()))
                .filter(event -> event != null && !event.name().equals("HEARTBEAT"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-replies", "auth-fail", "bad-commands"})
    void commandsAreAnsweredWordForWord(String capture) throws IOException {
        try (RawListener listener = new RawListener(fs.port())) {
            listener.send(Files.readString(CAPTURES.resolve(capture + ".sent")).strip());
            String recorded = Files.readString(CAPTURES.resolve(capture + ".recv"));
            int frames = recorded.split("Content-Type: ").length - 1;
            listener.await(frame -> listener.frames().size() >= frames);

            StringBuilder text = new StringBuilder();
            for (RawListener.Frame frame : listener.frames()) {
                frame.headers()
                        .forEach((name, value) ->
                                text.append(name).append(": ").append(value).append('\n'));
                text.append('\n').append(frame.text());
            }
            assertThat(withoutStatus(text.toString())).isEqualTo(withoutStatus(recorded));
        }
    }

    /** The answer to "status" is all numbers. */
    private static String withoutStatus(String text) {
        return text.replaceAll("Content-Length: 3\\d\\d\n\nUP [^\0]*?8192K\n", "");
    }

    @Test
    void aListingAndADumpHaveTheSameFieldsAndState() throws IOException {
        ObjectMapper json = new ObjectMapper();
        String recorded = Files.readString(CAPTURES.resolve("show-channels.recv"));
        JsonNode realList = json.readTree(recorded.substring(recorded.indexOf("{\"row_count\"")));
        JsonNode realDump = json.readTree(recorded.substring(recorded.indexOf("{\"Event-Name\":\"CHANNEL_DATA\"")));
        String commands = Files.readString(CAPTURES.resolve("show-channels.sent"));
        try (RawListener listener = new RawListener(fs.port())) {
            // In one piece, so that they are carried out while the callee rings.
            listener.send(commands.strip());
            listener.await(frame -> answers(listener).size() >= 3);
            JsonNode list = json.readTree(answers(listener).get(0).text());
            JsonNode dump = json.readTree(answers(listener).get(2).text());

            assertThat(names(list)).isEqualTo(names(realList));
            assertThat(names(list.at("/rows/0"))).isEqualTo(names(realList.at("/rows/0")));
            for (String field : List.of("uuid", "name", "state", "callstate", "dest", "callee_num", "cid_num")) {
                assertThat(list.at("/rows/0/" + field)).as(field).isEqualTo(realList.at("/rows/0/" + field));
            }
            assertThat(names(dump)).containsExactlyInAnyOrderElementsOf(names(realDump));
            for (String field : List.of(
                    "Unique-ID",
                    "Channel-State",
                    "Channel-State-Number",
                    "Answer-State",
                    "Channel-Call-State",
                    "Caller-Channel-Answered-Time",
                    "variable_dialer_campaign")) {
                assertThat(dump.get(field)).as(field).isEqualTo(realDump.get(field));
            }
        }
    }

    private static List<RawListener.Frame> answers(RawListener listener) {
        return listener.frames().stream()
                .filter(frame -> frame.type().equals("api/response"))
                .toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = "heartbeat")
    void aHeartbeatHasTheSameFields(String capture) throws IOException {
        String recorded = Files.readString(CAPTURES.resolve(capture + ".recv"));
        Set<String> fields = new TreeSet<>();
        for (String line :
                recorded.substring(recorded.indexOf("Event-Name")).strip().split("\n")) {
            fields.add(line.substring(0, line.indexOf(": ")));
        }
        fs.heartbeat(Duration.ofMillis(20));
        try (RawListener listener = RawListener.to(fs, "plain HEARTBEAT")) {
            assertThat(listener.awaitEvent("HEARTBEAT").toMap().keySet()).containsExactlyInAnyOrderElementsOf(fields);
        }
    }
}
