package dev.callout.dialler.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void whatWasCountedOfCampaignsThatAreGoneIsForgottenWhenANewOneComes() {
        Set<Long> known = new HashSet<>(Set.of(1L, 2L));
        Traffic traffic = new Traffic(() -> 0, known::contains);
        traffic.dialled(1);
        traffic.dialled(2);
        known.remove(1L);
        known.add(3L);
        traffic.dialled(3);

        assertThat(traffic.size()).isEqualTo(2);
        assertThat(traffic.counts(2).made()).isEqualTo(1);
        assertThat(traffic.counts(3).made()).isEqualTo(1);
    }
}
