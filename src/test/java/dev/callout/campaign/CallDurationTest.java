package dev.callout.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.IntSummaryStatistics;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallDurationTest {

    private static final int CEILING = 3600;

    @Test
    void gaussianGoesBeforeTheRowAndTheUniformRange() {
        CallDuration duration = new CallDuration(true, 30, 10, 2000, 3000);
        IntSummaryStatistics drawn = draws(duration, 1000);
        assertThat(drawn.getAverage()).isCloseTo(30, within(0.5));
        assertThat(drawn.getMin()).isGreaterThanOrEqualTo(1).isLessThan(5);
        assertThat(drawn.getMax()).isLessThan(90);
        Random random = new Random(2);
        double squares = IntStream.range(0, 20_000)
                .map(i -> duration.draw(null, CEILING, random).getAsInt())
                .mapToDouble(second -> (second - 30) * (second - 30))
                .average()
                .orElseThrow();
        assertThat(Math.sqrt(squares)).isCloseTo(10, within(0.3));
    }

    @Test
    void theRowGoesBeforeTheUniformRange() {
        assertThat(draws(new CallDuration(false, 0, 0, 20, 60), 7))
                .extracting("min", "max")
                .containsExactly(7, 7);
    }

    @Test
    void uniformReachesBothEndsEvenly() {
        IntSummaryStatistics drawn = draws(new CallDuration(false, 30, 10, 20, 60), 0);
        assertThat(drawn).extracting("min", "max").containsExactly(20, 60);
        assertThat(drawn.getAverage()).isCloseTo(40, within(0.5));
    }

    @Test
    void withoutAnythingACallIsNotLimited() {
        assertThat(CallDuration.UNLIMITED.draw(null, CEILING, new Random(1))).isEqualTo(OptionalInt.empty());
        assertThat(CallDuration.UNLIMITED.draw(0, CEILING, new Random(1))).isEqualTo(OptionalInt.empty());
        assertThat(CallDuration.UNLIMITED.limits(0)).isFalse();
    }

    @Property
    void whateverIsDrawnIsAtLeastASecondAndAtMostTheCeiling(
            @ForAll boolean gaussian,
            @ForAll @IntRange(min = 1) int mean,
            @ForAll @IntRange(min = 1) int stdv,
            @ForAll @IntRange(min = 0) int least,
            @ForAll @IntRange(min = 0) int width,
            @ForAll int row,
            @ForAll @IntRange(min = 1, max = 86_400) int ceiling,
            @ForAll long seed) {
        int greatest = (int) Math.min(Integer.MAX_VALUE, (long) least + width);
        CallDuration duration = new CallDuration(gaussian, mean, stdv, least, greatest);
        OptionalInt drawn = duration.draw(row, ceiling, new Random(seed));
        assertThat(duration.problems()).isEmpty();
        assertThat(drawn.isPresent()).isEqualTo(duration.limits(row));
        drawn.ifPresent(seconds -> assertThat(seconds).isBetween(1, ceiling));
    }

    @ParameterizedTest
    @CsvSource({
        "true, 0, 10, 0, 0, gaussian_distribution_mean",
        "true, 30, 0, 0, 0, gaussian_distribution_stdv",
        "true, -1, 10, 0, 0, gaussian_distribution_mean",
        "true, NaN, 10, 0, 0, gaussian_distribution_mean",
        "false, 0, 0, -1, 10, call_min_duration",
        "false, 0, 0, 0, -1, call_max_duration",
        "false, 0, 0, 60, 20, call_min_duration",
        "false, 0, 0, 20, 0, call_max_duration"
    })
    void whatCannotBeDrawnIsNamed(boolean gaussian, double mean, double stdv, int least, int greatest, String column) {
        assertThat(new CallDuration(gaussian, mean, stdv, least, greatest).problems())
                .singleElement()
                .asString()
                .contains(column);
    }

    private static IntSummaryStatistics draws(CallDuration duration, int row) {
        Random random = new Random(1);
        return IntStream.range(0, 20_000)
                .map(i -> duration.draw(row, CEILING, random).orElseThrow())
                .summaryStatistics();
    }
}
