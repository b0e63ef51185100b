package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestedCountsTest {

    private final AtomicLong now = new AtomicLong();
    private final List<Long> counted = new ArrayList<>();

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void countingRestsTenTimesAsLongAsCountingAllTook() throws SQLException {
        RestedCounts<Integer> counts = new RestedCounts<>(
                campaign -> {
                    counted.add(campaign);
                    pass(Duration.ofSeconds(2));
                    return counted.size();
                },
                now::get);

        assertThat(counts.of(1)).isEqualTo(1);
        assertThat(counts.of(2)).isEqualTo(2);
        pass(Duration.ofSeconds(37));
        assertThat(counts.of(1)).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(counts.of(1)).isEqualTo(3);
        counts.forget(2);
        assertThat(counts.of(2)).isEqualTo(4);
        assertThat(counted).containsExactly(1L, 2L, 1L, 2L);
    }

    @Test
    void whatCostsNothingIsCountedOnceASecond() throws SQLException {
        RestedCounts<Integer> counts = new RestedCounts<>(
                campaign -> {
                    counted.add(campaign);
                    return counted.size();
                },
                now::get);

        assertThat(counts.of(1)).isEqualTo(1);
        pass(Duration.ofMillis(999));
        assertThat(counts.of(1)).isEqualTo(1);
        pass(Duration.ofMillis(1));
        assertThat(counts.of(1)).isEqualTo(2);
    }
}
