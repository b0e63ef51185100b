package dev.callout.esl.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.esl.wire.EslEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The causes are those of record_callback and switch_ivr_record_session_event in FreeSWITCH 1.10.12. */
class SecondLegTest {

    private static SecondLeg ended(String completion) {
        return SecondLeg.of(
                EslEvent.json(("{\"variable_answer_uepoch\":\"1000000\",\"variable_callout_recording\":\"/r/x.wav\""
                                + completion + "}")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static String cause(String cause) {
        return ",\"variable_record_completion_cause\":\"" + cause + "\"";
    }

    @ParameterizedTest
    @ValueSource(strings = {"uri-failure", "empty-file", "input-too-short"})
    void aFileThatTheSwitchHasNotKeptIsNoRecording(String cause) {
        assertThat(ended(cause(cause)).recording()).isNull();
    }

    @Test
    void aFileThatItHasKeptIsTheRecording() {
        assertThat(ended(cause("no-input-timeout")).recording()).isEqualTo("/r/x.wav");
        assertThat(ended("").recording()).isEqualTo("/r/x.wav");
    }
}
