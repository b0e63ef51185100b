package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockIT {
    @Test
    void clockFollowsTheDatabaseWhateverThisMachineSays() throws Exception {
        Instant wrong = Instant.parse("2001-01-01T00:00:00Z");
        AtomicLong nanos = new AtomicLong(-5_000_000_000L);
        try (TestDatabase database = TestDatabase.empty()) {
            DatabaseClock clock = new DatabaseClock(database.dataSource(), nanos::get, () -> wrong);
            assertThatThrownBy(clock::now).isInstanceOf(IllegalStateException.class);

            Instant before = Instant.now();
            clock.measure();

            Instant measured = clock.now();
            assertThat(measured).isBetween(before.minusSeconds(5), Instant.now().plusSeconds(5));
            assertThat(clock.ofLocalMillis(wrong.minusSeconds(3).toEpochMilli()))
                    .isEqualTo(measured.minusSeconds(3));
            nanos.addAndGet(1_500_000_000L);
            assertThat(clock.now()).isEqualTo(measured.plusMillis(1500));
        }
    }

    @Test
    void offsetIsAsGoodAsTheRoundTripWasShort() throws Exception {
        try (TestDatabase database = TestDatabase.empty()) {
            DatabaseClock clock = new DatabaseClock(database.dataSource());
            clock.measure();
            // The embedded server reads the same clock as this test.
            Instant before = Instant.now();
            Instant now = clock.now();
            assertThat(now).isBetween(before.minusMillis(50), Instant.now().plusMillis(50));
        }
    }
}
