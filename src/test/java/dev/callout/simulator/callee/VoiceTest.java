package dev.callout.simulator.callee;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the applications listen to a callee who is silent, speaks from 500 to 1100 ms, and is silent. */
class VoiceTest {

    @ParameterizedTest
    @CsvSource({
        // application, arguments, from ms, after ms, in vain: read in switch_ivr_play_say.c
        "detect_audio, 256 5 2500, 0, 620, false",
        "detect_audio, 256 5 600, 0, 600, true",
        "detect_audio, 2000 5 2500, 0, 2500, true",
        "detect_audio, 256 30 2500, 0, 2500, true",
        "detect_silence, 256 30 900, 620, 900, true",
        "detect_silence, 256 30 4100, 620, 1100, false",
        "wait_for_silence, 256 30 0 4100, 620, 1580, false",
        "wait_for_silence, 256 30 40 4100, 0, 4100, true"
    })
    void anApplicationEndsWithTheFrameThatIsEnoughOrWithItsTime(
            String application, String arguments, long from, long after, boolean timeout) {
        assertThat(Voice.HELLO.hear(application, arguments, Duration.ofMillis(from)))
                .hasValueSatisfying(heard -> {
                    assertThat(heard.after()).hasMillis(after);
                    assertThat(heard.timeout()).isEqualTo(timeout);
                });
    }
}
