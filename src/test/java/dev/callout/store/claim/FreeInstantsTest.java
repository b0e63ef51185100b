package dev.callout.store.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreeInstantsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration HORIZON = Duration.ofSeconds(2);

    @Test
    void instantsBeginAtTheFirstFreeOneAndEndAtTheHorizon() {
        assertThat(FreeInstants.of(NOW, HORIZON, Duration.ofMillis(300), NOW.plusMillis(200)))
                .isEqualTo(new FreeInstants(NOW.plusMillis(200), Duration.ofMillis(300), 7));
        assertThat(FreeInstants.of(NOW, HORIZON, Duration.ofMillis(300), NOW.minusSeconds(9))
                        .first())
                .isEqualTo(NOW);
    }

    @Test
    void nothingIsFreeWithinTheHorizonOfASlowCampaign() {
        assertThat(FreeInstants.of(NOW, HORIZON, Duration.ofSeconds(60), NOW.plusSeconds(59))
                        .count())
                .isZero();
        assertThat(FreeInstants.of(NOW, HORIZON, Duration.ofSeconds(60), NOW.plusSeconds(2))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void withoutAGapAllMayStartNow() {
        FreeInstants instants = FreeInstants.of(NOW, HORIZON, Duration.ZERO, NOW.plusSeconds(60));

        assertThat(instants.count()).isEqualTo(Integer.MAX_VALUE);
        assertThat(instants.at(1000)).isEqualTo(NOW);
    }

    @Test
    void instantReservedWithALongerGapIsForgotten() {
        assertThat(FreeInstants.of(NOW, HORIZON, Duration.ofSeconds(1), NOW.plusSeconds(3))
                        .first())
                .isEqualTo(NOW.plusSeconds(3));
        assertThat(FreeInstants.of(NOW, HORIZON, Duration.ofSeconds(1), NOW.plusSeconds(60))
                        .first())
                .isEqualTo(NOW.plusSeconds(1));
    }
}
