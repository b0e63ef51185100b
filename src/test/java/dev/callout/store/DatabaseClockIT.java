package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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

    @Test
    void firstSlowAnswerIsNotTheOnlyOne() throws Exception {
        try (TestDatabase database = TestDatabase.empty()) {
            Trips trips = new Trips();
            DatabaseClock clock = new DatabaseClock(database.dataSource(), trips, InstantSource.system());
            trips.of(300, 1, 1, 1, 1);
            Instant before = Instant.now();
            clock.measure();
            // The clock of this test stands still after a trip. So the first answer would set it ahead, by half a trip.
            assertThat(clock.now())
                    .isBetween(before.minusMillis(50), Instant.now().plusMillis(50));
        }
    }

    @Test
    void slowAnswerChangesTheDistanceOnlyIfItDisagrees() throws Exception {
        try (TestDatabase database = TestDatabase.empty()) {
            Trips trips = new Trips();
            DatabaseClock clock = new DatabaseClock(database.dataSource(), trips, InstantSource.system());
            trips.of(0, 0, 0, 0, 0);
            clock.measure();
            Instant known = clock.now();
            trips.of(10_000);
            clock.measure();
            assertThat(clock.now()).isEqualTo(known.plusSeconds(10));

            trips.nanos += Duration.ofMinutes(1).toNanos();
            trips.of(1000);
            clock.measure();
            assertThat(Duration.between(clock.now(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(20));
        }
    }

    /** A clock that stands still but for the round trips to the database: it is read before, after and between them. */
    private static final class Trips implements LongSupplier {
        private final Deque<Long> ahead = new ArrayDeque<>();
        private long nanos = 1;

        void of(long... millis) {
            ahead.clear();
            ahead.add(0L);
            for (int i = 0; i < millis.length; i++) {
                if (i > 0) {
                    ahead.add(0L);
                }
                ahead.add(0L);
                ahead.add(Duration.ofMillis(millis[i]).toNanos());
            }
        }

        @Override
        public long getAsLong() {
            Long further = ahead.poll();
            nanos += further == null ? 0 : further;
            return nanos;
        }
    }
}
