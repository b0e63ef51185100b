package dev.callout.simulator.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SwitchClockTest {

    @Test
    void whatBelongsToAnEndSeesItsTimeOnAClockThatIsFasterThanRealTime() {
        assertThat(seenWithin(new SwitchClock(10))).isEqualTo(1_000_000);
    }

    @Test
    void aRealClockRunsOn() {
        assertThat(seenWithin(new SwitchClock(1))).isGreaterThan(1_000_000_000_000_000L);
    }

    private static long seenWithin(SwitchClock clock) {
        AtomicLong seen = new AtomicLong();
        clock.stillAt(1_000_000, () -> seen.set(clock.micros()));
        assertThat(clock.micros()).isGreaterThan(1_000_000_000_000_000L);
        return seen.get();
    }
}
