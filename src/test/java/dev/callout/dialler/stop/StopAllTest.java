package dev.callout.dialler.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.NotNowException;
import dev.callout.store.stop.Stop;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** By which readings calls may leave, and for how long. */
class StopAllTest {

    private static final Stop STOP = new Stop(Instant.EPOCH, "token night", "fire", false);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private Optional<Stop> stop = Optional.empty();
    private SQLException fault;
    /** What happens in the database, and how much time passes, while it is read. */
    private Runnable meanwhile = () -> {};

    private final StopAll stopAll = new StopAll(this::source, nanos::get);

    private Optional<Stop> source() throws SQLException {
        Optional<Stop> read = stop;
        Runnable once = meanwhile;
        meanwhile = () -> {};
        once.run();
        if (fault != null) {
            throw fault;
        }
        return read;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void callsLeaveForASecondAfterTheBeginningOfAReading() throws Exception {
        assertThatThrownBy(stopAll::leaves).isInstanceOf(NotNowException.class);
        meanwhile = () -> pass(Duration.ofMillis(300));
        stopAll.read();
        pass(Duration.ofMillis(500));
        assertThat(stopAll.leaves()).isEqualTo(Duration.ofMillis(200));
        pass(Duration.ofMillis(200));
        assertThatThrownBy(stopAll::leaves).hasMessageContaining("not been read in time");
        assertThat(stopAll.mayClaim()).as("a claim reads for itself").isTrue();
        assertThat(stopAll.leaves()).isEqualTo(StopAll.GOOD_FOR);
    }

    @Test
    void nothingLeavesAndNothingIsClaimedAfterAReadingThatFoundAStopOrFailed() throws Exception {
        stopAll.read();
        fault = new SQLException("Table 'stop_all' was locked", "HY000", 1205);
        assertThatThrownBy(stopAll::read).isSameAs(fault);
        assertThatThrownBy(stopAll::leaves).hasMessageContaining("cannot be read whether everything is stopped");
        assertThat(stopAll.mayClaim()).isFalse();
        assertThat(stopAll.stop()).isEmpty();
        fault = null;
        stop = Optional.of(STOP);
        assertThat(stopAll.mayClaim()).as("read again, and found").isFalse();
        assertThatThrownBy(stopAll::leaves)
                .isInstanceOf(NotNowException.class)
                .hasMessage("everything is stopped since 1970-01-01T00:00:00Z by token night: fire");
        stop = Optional.empty();
        stopAll.read();
        assertThat(stopAll.mayClaim()).isTrue();
        assertThat(stopAll.leaves()).isPositive();
    }

    @Test
    void aReadingThatBeganLaterIsNotForgottenForASlowerOne() throws Exception {
        meanwhile = () -> {
            pass(Duration.ofMillis(1));
            stop = Optional.of(STOP);
            stopAll.look();
        };
        stopAll.read();
        assertThat(stopAll.stop()).contains(STOP);
        assertThatThrownBy(stopAll::leaves).isInstanceOf(NotNowException.class);
    }
}
