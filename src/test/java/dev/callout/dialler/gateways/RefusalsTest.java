package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final Refusals refusals = new Refusals();

    @Test
    void aBurstThatIsRefusedTogetherIsNotAll() {
        for (int i = 0; i < 100; i++) {
            assertThat(refusals.refused(START.plusMillis(20L * i))).isFalse();
        }
        assertThat(refusals.all(START.plusSeconds(2))).isFalse();
    }

    @Test
    void refusalsWithoutACallThatIsTakenAreAllAndToldOnce() {
        refusals.refused(START);
        assertThat(refusals.refused(START.plusSeconds(5))).isTrue();
        assertThat(refusals.refused(START.plusSeconds(6))).isFalse();
        assertThat(refusals.all(START.plusSeconds(66))).isTrue();
        assertThat(refusals.all(START.plusSeconds(67)))
                .as("nobody knows, a minute after the last try")
                .isFalse();
        assertThat(refusals.refused(START.plusSeconds(600)))
                .as("still the same")
                .isFalse();

        assertThat(refusals.taken()).isTrue();
        assertThat(refusals.all(START.plusSeconds(601))).isFalse();
        assertThat(refusals.taken()).isFalse();
    }

    @Test
    void aCallThatIsTakenBetweenRefusalsSpeaksForTheSwitch() {
        for (int second = 0; second < 60; second += 4) {
            assertThat(refusals.refused(START.plusSeconds(second))).isFalse();
            assertThat(refusals.taken()).isFalse();
        }
    }

    @Test
    void aRefusalLongBeforeDoesNotCount() {
        refusals.refused(START);
        assertThat(refusals.refused(START.plusSeconds(3600))).isFalse();
    }
}
