package dev.callout.esl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EslSettingsTest {

    @Test
    void thePasswordIsNeitherShownNorRepeatedInAnError() {
        assertThat(settings(8021, "secret", "HEARTBEAT")).hasToString("fs1 (switch.example:8021)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(8021, "secret\nexit", "HEARTBEAT"))
                .withMessageContaining("password of switch fs1")
                .withMessageNotContaining("secret");
    }

    @Test
    void whatCouldNotWorkIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(0, "secret", "HEARTBEAT"))
                .withMessageContaining("port");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(8021, "secret", "ALL\n\nexit"))
                .withMessageContaining("event name");
    }

    private static EslSettings settings(int port, String password, String event) {
        Duration second = Duration.ofSeconds(1);
        return new EslSettings(
                "fs1",
                "switch.example",
                port,
                new EslSettings.Account(null, password),
                new EslSettings.Limits(second, second, second, second, second, EslSettings.DEFAULT_MAX_FRAME_BYTES),
                new EslSettings.Subscription(List.of(event), List.of()));
    }
}
