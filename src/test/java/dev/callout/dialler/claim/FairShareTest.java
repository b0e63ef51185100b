package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.callout.dialler.claim.FairShare.Sharer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairShareTest {

    private final FairShare fairShare = new FairShare();

    /** Campaigns without numbers ahead that want so many each. */
    private static List<Sharer> wanting(List<Integer> weights, List<Integer> wanted) {
        return IntStream.range(0, wanted.size())
                .mapToObj(i -> new Sharer(i, weights.get(i), 0, wanted.get(i)))
                .toList();
    }

    private static List<Sharer> wanting(Integer... wanted) {
        return wanting(Collections.nCopies(wanted.length, 1), List.of(wanted));
    }

    @Test
    void whatOneCampaignDoesNotWantGoesToTheOthers() {
        assertThat(fairShare.divide(40, wanting(500, 3, 500))).containsExactly(19, 3, 18);
    }

    @Test
    void whatCannotBeDividedGoesRoundInProportion() {
        List<Sharer> sharers = wanting(List.of(3, 1), List.of(9, 9));
        int[] calls = new int[2];
        for (int turn = 0; turn < 400; turn++) {
            int[] shares = fairShare.divide(1, sharers);
            calls[0] += shares[0];
            calls[1] += shares[1];
        }
        assertThat(calls).containsExactly(300, 100);
    }

    @Test
    void campaignsShareInProportionToTheirWeights() {
        assertThat(fairShare.divide(40, wanting(List.of(3, 1, 0), List.of(500, 500, 500))))
                .containsExactly(30, 10, 0);
        assertThat(fairShare.divide(40, wanting(List.of(3, 1, 0, 0), List.of(4, 6, 500, 500))))
                .as("weight 0 gets what the others leave")
                .containsExactly(4, 6, 15, 15);
    }

    @Test
    void aCampaignWhoseNumbersAreStuckDoesNotKeepTheOnlyLine() {
        int of = 0;
        for (int turn = 0; turn < 40; turn++) {
            of += fairShare.divide(1, List.of(new Sharer(1, 1, 1, 9), new Sharer(2, 1, 0, 9)))[1];
        }
        assertThat(of).isPositive();
    }

    @Property
    void noLineIsIdleWhileAnybodyHasNumbersAndNobodyHasMoreThanTheirPart(
            @ForAll @IntRange(max = 5_000) int capacity,
            @ForAll @Size(max = 50) List<@IntRange(max = 1_000) Integer> wanted,
            @ForAll @Size(50) List<@IntRange(max = 1_000) Integer> weights) {
        int[] shares = fairShare.divide(capacity, wanting(weights, wanted));

        int wantedInAll = wanted.stream().mapToInt(Integer::intValue).sum();
        assertThat(IntStream.of(shares).sum()).isEqualTo(Math.min(capacity, wantedInAll));
        for (int i = 0; i < shares.length; i++) {
            assertThat(shares[i]).isBetween(0, wanted.get(i));
            for (int j = 0; j < shares.length; j++) {
                boolean hungry = shares[i] < wanted.get(i);
                if (hungry && weights.get(i) == 0) {
                    assertThat(weights.get(j) == 0 && shares[j] > shares[i] + 1)
                            .as("%d starves beside %d", i, j)
                            .isFalse();
                } else if (hungry && weights.get(j) == 0) {
                    assertThat(shares[j]).as("%d takes from %d", j, i).isZero();
                } else if (hungry) {
                    assertThat((shares[j] - 1L) * weights.get(i))
                            .as("%d has more than its part beside %d", j, i)
                            .isLessThanOrEqualTo((shares[i] + 1L) * weights.get(j));
                }
            }
        }
    }

    @Property(tries = 200)
    void callsAreInProportionHoweverShortTheSwitchIs(
            @ForAll @IntRange(min = 1, max = 60) int capacity,
            @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 9) Integer> weights) {
        // The account of the try before is that of another switch.
        FairShare fresh = new FairShare();
        int departures = 3_000;
        Queue<Integer> ahead = new ArrayDeque<>();
        int[] calls = new int[weights.size()];
        for (int step = 0; step < departures; step++) {
            List<Sharer> sharers = new ArrayList<>();
            for (int i = 0; i < weights.size(); i++) {
                sharers.add(new Sharer(i, weights.get(i), Collections.frequency(ahead, i), 1_000));
            }
            int[] shares = fresh.divide(capacity, sharers);
            for (int i = 0; i < shares.length; i++) {
                ahead.addAll(Collections.nCopies(shares[i], i));
            }
            assertThat(ahead.size()).isBetween(capacity, capacity + weights.size());
            calls[ahead.remove()]++;
        }
        double all = weights.stream().mapToInt(Integer::intValue).sum();
        for (int i = 0; i < calls.length; i++) {
            double part = departures * weights.get(i) / all;
            assertThat((double) calls[i])
                    .as("calls of %d among %d", i, departures)
                    .isCloseTo(part, within(0.1 * part + capacity + 10));
        }
    }
}
