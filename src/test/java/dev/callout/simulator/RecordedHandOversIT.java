package dev.callout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.esl.wire.Captures;
import dev.callout.esl.wire.EslEvent;
import dev.callout.simulator.callee.CalleePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was sent to a real FreeSWITCH to hand a callee over is sent to the simulated one, and what Callout reads of the end
 * is held against the recorded end.
 */
class RecordedHandOversIT {

    private static final String END = "CHANNEL_HANGUP_COMPLETE";
    private static final String[] SAME = {
        "Hangup-Cause",
        "variable_bridge_channel",
        "variable_cc_agent",
        "variable_cc_queue",
        "variable_cc_cause",
        "variable_cc_cancel_reason",
        "variable_originate_disposition",
        "variable_callout_hand_over",
        "variable_callout_prompt"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hand-over-answered-json",
                "hand-over-nobody-json",
                "hand-over-queue-json",
                "hand-over-queue-empty-json"
            })
    void theEndOfAHandedOverCallIsAsRecorded(String capture) throws IOException {
        try (SimulatedSwitch fs = SimulatedSwitch.builder()
                        .gateway("answer")
                        .gateway("remotehangup")
                        .callees(call -> CalleePlan.answers(Duration.ofMillis(200)))
                        .agents(agent -> agent.contains("empty")
                                ? null
                                : CalleePlan.answers(Duration.ofMillis(200), Duration.ofMillis(1500)))
                        .start();
                RawListener listener = new RawListener(fs.port())) {
            listener.send(Files.readString(Path.of("src/test/resources/esl-captures", capture + ".sent"))
                    .strip());
            listener.await(frame -> listener.eventNames().contains(END));

            EslEvent simulated = listener.events().get(listener.eventNames().indexOf(END));
            EslEvent recorded = Captures.frames(capture + ".recv").stream()
                    .map(frame -> Captures.event(frame.headers().getOrDefault("Content-Type", ""), frame.body()))
                    .filter(event -> event != null && event.name().equals(END))
                    .findFirst()
                    .orElseThrow();
            assertThat(read(simulated)).isEqualTo(read(recorded));
        }
    }

    /** Without instants; of the bridge, only whether there was one. */
    private static Map<String, String> read(EslEvent event) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : SAME) {
            String value = event.get(field);
            fields.put(field, value == null ? null : value.replaceAll("\\d{16}", "instant"));
        }
        fields.put("bridged", Boolean.toString(event.number("variable_bridge_uepoch", 0) > 0));
        return fields;
    }
}
