package dev.callout.esl.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockOffsetTest {

    private static final long SWITCH = 5_000_000;

    private final ClockOffset offset = new ClockOffset();

    @Test
    void isWhatTheFastestEventOfAMinuteTook() {
        assertThat(offset.of(SWITCH, 2_400)).isEqualTo(2_400 - SWITCH);
        assertThat(offset.of(SWITCH + 1_000, 1_003)).isEqualTo(3 - SWITCH);
        assertThat(offset.of(SWITCH + 50_000, 52_000)).as("a late one").isEqualTo(3 - SWITCH);
        assertThat(offset.of(0, 52_500)).as("one without a time").isEqualTo(3 - SWITCH);
        assertThat(offset.of(SWITCH + 90_000, 90_020))
                .as("a minute after the fastest")
                .isEqualTo(20 - SWITCH);
    }

    @Test
    void followsAStepOfTheSwitchsClockAtOnce() {
        offset.of(SWITCH, 5);
        assertThat(offset.of(SWITCH + 60_000, 1_005)).as("forward by a minute").isEqualTo(1_005 - SWITCH - 60_000);
        assertThat(offset.of(SWITCH + 59_700, 1_006))
                .as("an event that was overtaken")
                .isEqualTo(1_005 - SWITCH - 60_000);
        assertThat(offset.of(SWITCH + 2_000, 2_005)).as("and back").isEqualTo(5 - SWITCH);
        offset.forget();
        assertThat(offset.of(SWITCH + 3_000, 3_500))
                .as("of another incarnation")
                .isEqualTo(500 - SWITCH);
    }
}
