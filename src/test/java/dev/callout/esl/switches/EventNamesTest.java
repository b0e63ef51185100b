package dev.callout.esl.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callout.esl.wire.EslEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventNamesTest {

    @Test
    void subclassesStandBehindCustom() {
        assertThat(EventNames.of(" callcenter::info,DTMF , avmd::beep, CHANNEL_BRIDGE,")
                        .command("event json"))
                .isEqualTo("event json CHANNEL_BRIDGE DTMF CUSTOM avmd::beep callcenter::info");
        assertThat(EventNames.of("avmd::beep").command("nixevent")).isEqualTo("nixevent CUSTOM avmd::beep");
        assertThat(EventNames.of(" ,").isEmpty()).isTrue();
    }

    @Test
    void whatHoldsNoVariableOfTheChannelNeedsAFilterOfItsOwn() {
        assertThat(EventNames.of("CHANNEL_BRIDGE,CHANNEL_STATE,DTMF,MODULE_LOAD,avmd::beep")
                        .filters())
                .containsExactly(
                        "Event-Name CHANNEL_STATE",
                        "Event-Name DTMF",
                        "Event-Name MODULE_LOAD",
                        "Event-Subclass avmd::beep");
    }

    @Test
    void anEventWithoutSubclassIsOfNoSubclass() {
        EslEvent custom = EslEvent.json("{\"Event-Name\":\"CUSTOM\"}".getBytes(StandardCharsets.US_ASCII));
        assertThat(EventNames.of("avmd::beep").contains(custom)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"channel_answer", "ALL", "CUSTOM", "CHANNEL_ANSWER HEARTBEAT", "avmd::beep\nexit", "-avmd::beep"
            })
    void whatNamesNoEventIsToldWithWhatWould(String names) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventNames.of("HEARTBEAT," + names))
                .withMessageContaining("\"" + names + "\"")
                .withMessageContaining("CHANNEL_ANSWER")
                .withMessageContaining("avmd::beep");
    }
}
