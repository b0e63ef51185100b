package dev.callout.api.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import dev.callout.store.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is counted of the latest attempts when clocks and rows are not as they should be. */
class RecentAttemptsIT {

    private static void attempt(TestDatabase database, String call, String status) throws Exception {
        database.run("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                + " disconnect_time, status) VALUES ('" + call
                + "', 1, 1, '1', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), '"
                + status + "')");
    }

    private static int counted(RecentAttempts recent, StepCounts.Kind kind) throws Exception {
        RecentAttempts.Reading reading = recent.counts();
        return reading.of(null).upTo(reading.last(), kind).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Test
    void attemptsCountAfterTheClockWasSetBackAndBesideARowWithAStatusOfSomebodyElse() throws Exception {
        try (TestDatabase database = TestDatabase.withTables()) {
            AtomicLong nanos = new AtomicLong();
            DatabaseClock clock = new DatabaseClock(database.dataSource(), nanos::get, InstantSource.system());
            clock.measure();
            RecentAttempts recent = new RecentAttempts(new Statements(database.dataSource()), clock);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(counted(recent, StepCounts.Kind.SUCCESS)).isZero();
            nanos.addAndGet(-Duration.ofHours(1).toNanos());

            attempt(database, "one", "success");
            attempt(database, "two", "mine");

            await().untilAsserted(() ->
                    assertThat(counted(recent, StepCounts.Kind.SUCCESS)).isEqualTo(1));
            assertThat(counted(recent, StepCounts.Kind.FAILURE)).isEqualTo(1);
        }
    }
}
