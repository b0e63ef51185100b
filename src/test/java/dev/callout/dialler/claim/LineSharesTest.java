package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The rule alone. Several nodes are simulated: each knows its own lines, its part, and what its claims count. */
class LineSharesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final long CAMPAIGN = 7;

    private final Instant start = Instant.EPOCH;

    /** Nodes on one campaign whose calls end by chance. */
    private static final class Nodes {

        private final Random random;
        private final int lines;
        private final List<LineShares> shares = new ArrayList<>();
        private final int[] own;
        private final boolean[] able;
        private Instant now = Instant.EPOCH;
        private final double[] used;
        private int steps;

        Nodes(int count, int lines, long seed) {
            this.random = new Random(seed);
            this.lines = lines;
            this.own = new int[count];
            this.able = new boolean[count];
            this.used = new double[count];
            for (int i = 0; i < count; i++) {
                able[i] = true;
                LineShares one = new LineShares(() -> PATIENCE);
                one.part(1.0 / count);
                shares.add(one);
            }
        }

        int inUse() {
            return IntStream.of(own).sum();
        }

        /** A call lasts two seconds on average. Calls end anywhere before any node claims. */
        void run(Duration time) {
            for (Instant until = now.plus(time); now.isBefore(until); now = now.plus(STEP)) {
                for (int i = 0; i < own.length; i++) {
                    own[i] -= (int) IntStream.range(0, own[i])
                            .filter(line -> random.nextInt(40) == 0)
                            .count();
                }
                int first = random.nextInt(own.length);
                for (int i = 0; i < own.length; i++) {
                    int node = (first + i) % own.length;
                    if (able[node]) {
                        claim(node);
                    }
                }
                assertThat(inUse()).isLessThanOrEqualTo(lines);
                steps++;
                for (int i = 0; i < own.length; i++) {
                    used[i] += own[i];
                }
            }
        }

        /** Returns how many lines a node has used on average since it was asked last. */
        double[] used() {
            double[] mean = DoubleStream.of(used).map(sum -> sum / steps).toArray();
            Arrays.fill(used, 0);
            steps = 0;
            return mean;
        }

        private void claim(int node) {
            LineShares its = shares.get(node);
            int room = its.room(CAMPAIGN, lines, own[node], now);
            if (room > 0 || its.looks(CAMPAIGN, lines, own[node], now)) {
                int taken = Math.min(room, lines - inUse());
                own[node] += taken;
                its.seen(CAMPAIGN, new LeftLines.Count(lines, own[node], inUse(), taken), now);
            }
        }
    }

    @Test
    void sharesAreInProportionAndLeaveNoLine() {
        assertThat(LineShares.share(300, 1.0 / 3)).isEqualTo(100);
        assertThat(LineShares.share(20, 1.0 / 3)).isEqualTo(7);
        assertThat(LineShares.share(40, 0.75)).isEqualTo(30);
        assertThat(LineShares.share(1, 0.1)).isEqualTo(1);
        assertThat(LineShares.share(20, 0)).isZero();
        assertThat(LineShares.share(20, 1)).isEqualTo(20);
    }

    @Property
    void theSharesOfAllNodesLeaveNoLine(
            @ForAll @IntRange(min = 1, max = 100_000) int lines, @ForAll @IntRange(min = 1, max = 100) int nodes) {
        int share = LineShares.share(lines, 1.0 / nodes);
        assertThat((long) share * nodes).isBetween((long) lines, (long) lines + nodes - 1);
    }

    @Test
    void aNodeThatMakesCallsAloneHasAllLinesAndLooksForNone() {
        LineShares alone = new LineShares(() -> PATIENCE);
        assertThat(alone.room(CAMPAIGN, 50, 20, start)).isEqualTo(30);
        assertThat(alone.lacks(50, 0)).isFalse();
        assertThat(alone.looks(CAMPAIGN, 50, 49, start.plusSeconds(9))).isFalse();
    }

    @Test
    void whatOthersLeaveIsTakenAfterAWhileAndOfferedAgain() {
        LineShares one = new LineShares(() -> PATIENCE);
        one.part(0.5);
        assertThat(one.room(CAMPAIGN, 20, 10, start)).isZero();
        one.seen(CAMPAIGN, new LeftLines.Count(20, 10, 10, 0), start);
        one.seen(CAMPAIGN, new LeftLines.Count(20, 10, 10, 0), start.plusSeconds(1));
        assertThat(one.room(CAMPAIGN, 20, 10, start.plusSeconds(1))).isZero();
        one.seen(CAMPAIGN, new LeftLines.Count(20, 10, 10, 0), start.plusSeconds(2));
        assertThat(one.room(CAMPAIGN, 20, 10, start.plusSeconds(2)))
                .as("half of what is left")
                .isEqualTo(5);
        one.seen(CAMPAIGN, new LeftLines.Count(20, 15, 15, 0), start.plusSeconds(2));
        assertThat(one.room(CAMPAIGN, 20, 15, start.plusSeconds(2))).isEqualTo(3);
        assertThat(one.room(CAMPAIGN, 20, 9, start.plusSeconds(40)))
                .as("later it has its share again")
                .isEqualTo(1);
    }

    @Test
    void linesStayForThoseWhoTakeSome() {
        LineShares one = new LineShares(() -> PATIENCE);
        one.part(0.5);
        for (int second = 0; second < 10; second++) {
            one.seen(CAMPAIGN, new LeftLines.Count(20, 10, 10 + second, 0), start.plusSeconds(second));
            assertThat(one.room(CAMPAIGN, 20, 10, start.plusSeconds(second))).isZero();
        }
    }

    @Test
    void manyCampaignsAreCountedInTurnAndNotAllOften() {
        LineShares one = new LineShares(() -> PATIENCE);
        one.part(0.5);
        List<Long> campaigns = LongStream.range(0, 1000).boxed().toList();
        int[] counted = new int[1000];
        for (int round = 0; round < 5000; round++) {
            Instant now = start.plusMillis(20L * round);
            one.nextLook(
                            campaigns.stream()
                                    .filter(id -> one.looks(id, 2, 1, now))
                                    .toList(),
                            now)
                    .ifPresent(id -> {
                        counted[id.intValue()]++;
                        one.seen(id, new LeftLines.Count(2, 1, 2, 0), now);
                    });
        }
        assertThat(IntStream.of(counted).sum()).as("in 100 s").isBetween(1600, 2000);
        assertThat(IntStream.of(counted)).allMatch(times -> times > 0);
    }

    @Property(tries = 40)
    void whoComesLaterHasItsShareSoon(
            @ForAll @IntRange(min = 2, max = 5) int count,
            @ForAll @IntRange(min = 20, max = 400) int lines,
            @ForAll long seed) {
        Nodes nodes = new Nodes(count, lines, seed);
        nodes.own[0] = lines;
        nodes.run(Duration.ofSeconds(20));
        nodes.used();
        nodes.run(Duration.ofSeconds(60));
        double[] used = nodes.used();
        double equal = (double) lines / count;
        for (double each : used) {
            assertThat(each).isBetween(0.85 * equal - count, 1.15 * equal + count);
        }
        assertThat(DoubleStream.of(used).sum()).isGreaterThan(0.95 * lines);
    }

    @Property(tries = 40)
    void noLineStaysFreeForLongWhenANodeTakesNone(
            @ForAll @IntRange(min = 2, max = 5) int count,
            @ForAll @IntRange(min = 20, max = 400) int lines,
            @ForAll long seed) {
        Nodes nodes = new Nodes(count, lines, seed);
        nodes.run(Duration.ofSeconds(20));
        nodes.able[0] = false;
        nodes.own[0] = 0;
        nodes.run(Duration.ofSeconds(5));
        nodes.used();
        nodes.run(Duration.ofSeconds(90));
        assertThat(DoubleStream.of(nodes.used()).sum() / lines)
                .as("part of the lines in use")
                .isGreaterThan(0.88);
        nodes.able[0] = true;
        nodes.run(LeftLines.KEPT.plusSeconds(20));
        nodes.used();
        nodes.run(Duration.ofSeconds(30));
        assertThat(nodes.used()[0]).as("once it takes some again").isGreaterThan(0.85 * lines / count - count);
    }
}
