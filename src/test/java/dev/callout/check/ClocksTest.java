package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClocksTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void aClockIsOnlyAsFarOffAsTheTimeThatAskingTookDoesNotExplain() {
        assertThat(ahead(3)).isZero();
        assertThat(ahead(-2)).isEqualTo(Duration.ofSeconds(-2));
        assertThat(ahead(7)).isEqualTo(Duration.ofSeconds(2));
    }

    /** Of a clock that was asked at noon, told so many seconds after noon, and was heard five seconds after noon. */
    private static Duration ahead(int told) {
        return Clocks.ahead(NOON, NOON.plusSeconds(told), NOON.plusSeconds(5));
    }
}
