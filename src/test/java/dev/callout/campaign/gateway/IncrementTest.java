package dev.callout.campaign.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncrementTest {

    @ParameterizedTest
    @CsvSource({
        "1/1, 0, 1",
        "1/1, 1, 1",
        "1/1, 1000, 1",
        "1/1, 1001, 2",
        "60/60, 1, 60",
        "60, 60000, 60",
        "60, 60001, 120",
        "60/6, 59999, 60",
        "60/6, 60001, 66",
        "60/6, 66000, 66",
        "30 / 6, 30001, 36"
    })
    void secondsAreBilledInTheStepsOfTheCarrier(String increment, long millis, long billed) {
        assertThat(Increment.of(increment).billedSeconds(millis)).isEqualTo(billed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0/1", "1/0", "-1", "60/6/1", "a", "1.5", "10000"})
    void whatIsNoIncrementIsRefused(String text) {
        assertThatThrownBy(() -> Increment.of(text)).hasMessageContaining("60/6");
    }

    @Property
    void noSecondIsForgottenAndLessThanAStepIsAdded(
            @ForAll @IntRange(min = 1, max = 9999) int first,
            @ForAll @IntRange(min = 1, max = 9999) int next,
            @ForAll @LongRange(max = 100_000_000) long millis) {
        long billed = new Increment(first, next).billedSeconds(millis);
        assertThat(billed * 1000).isGreaterThanOrEqualTo(millis);
        assertThat(billed).isGreaterThanOrEqualTo(first);
        assertThat((billed - first) % next).isZero();
        assertThat(billed == first || (billed - next) * 1000 < millis).isTrue();
    }
}
