package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairShareTest {

    @Test
    void whatOneCampaignDoesNotWantGoesToTheOthers() {
        assertThat(FairShare.divide(40, List.of(500, 3, 500), 0)).containsExactly(19, 3, 18);
    }

    @Test
    void whatCannotBeDividedEvenlyGoesRoundInTurn() {
        assertThat(FairShare.divide(1, List.of(9, 9, 9), 0)).containsExactly(1, 0, 0);
        assertThat(FairShare.divide(1, List.of(9, 9, 9), 1)).containsExactly(0, 1, 0);
        assertThat(FairShare.divide(1, List.of(9, 9, 9), 5)).containsExactly(0, 0, 1);
    }

    @Property
    void nothingIsWastedAndNobodyGetsMoreThanASharerWhoWantsMore(
            @ForAll @IntRange(max = 5_000) int capacity,
            @ForAll @Size(max = 50) List<@IntRange(max = 1_000) Integer> wanted,
            @ForAll int first) {
        int[] shares = FairShare.divide(capacity, wanted, first);
        int wantedInAll = wanted.stream().mapToInt(Integer::intValue).sum();

        assertThat(IntStream.of(shares).sum()).isEqualTo(Math.min(capacity, wantedInAll));
        for (int i = 0; i < shares.length; i++) {
            assertThat(shares[i]).isBetween(0, wanted.get(i));
            for (int j = 0; j < shares.length; j++) {
                assertThat(shares[i] < wanted.get(i) && shares[j] > shares[i] + 1)
                        .as("%d starves beside %d", i, j)
                        .isFalse();
            }
        }
    }
}
