package dev.callout.bench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The model gives back the service times that points were made from, and what it carries is what they say. */
class CarriedTest {

    private static final int CORES = 2;

    /** 30 ms between two calls, 0.2 cores and 0.3 ms of the dialler, 0.1 and 0.25 of the database, 0.1 ms of the switch. */
    private static Point point(int lines, double callSeconds) {
        double calls = lines / (callSeconds + 0.03);
        double claims = 50;
        double numbers = calls / claims;
        return new Point(
                lines,
                callSeconds,
                calls,
                0.2 + calls * 0.0003,
                0.1 + calls * 0.00025,
                calls * 0.0001,
                claims,
                0.002 + numbers * 0.00003,
                numbers,
                50,
                0.004 + 2 * numbers * 0.00008,
                2 * numbers,
                calls * 4,
                calls * 9,
                calls * 3000,
                200);
    }

    private static final ServiceTimes TIMES = ServiceTimes.of(
            Stream.of(200, 400, 800, 1200).map(lines -> point(lines, 1)).toList());

    @Test
    void aLineThroughExactPointsIsThatLine() {
        Line line = Line.through(List.of(1d, 5d, 40d), x -> x, x -> 7 + 0.5 * x);
        assertThat(line.fixed()).isCloseTo(7, within(1e-9));
        assertThat(line.each()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void nothingIsEarnedByWork() {
        assertThat(Line.through(List.of(1d, 2d), x -> x, x -> 10 - x).each()).isZero();
        assertThat(Line.through(List.of(1d, 2d), x -> x, x -> x * x).fixed()).isZero();
    }

    @Test
    void theServiceTimesOfThePointsComeBack() {
        assertThat(TIMES.delay()).isCloseTo(0.03, within(1e-9));
        assertThat(TIMES.dialler().each()).isCloseTo(0.0003, within(1e-9));
        assertThat(TIMES.database().fixed()).isCloseTo(0.1, within(1e-9));
        assertThat(TIMES.claim().each()).isCloseTo(0.00003, within(1e-9));
        assertThat(TIMES.write().fixed()).isCloseTo(0.004, within(1e-9));
    }

    @Test
    void otherLinesAndOtherCallsAreForeseen() {
        Point other = point(1500, 3);
        ServiceTimes.Expected expected = TIMES.expect(1500, 3, CORES);
        assertThat(expected.calls()).isCloseTo(other.calls(), within(other.calls() * 0.02));
        assertThat(expected.dialler()).isCloseTo(other.dialler(), within(0.02));
    }

    @Test
    void withMoreLinesThanTheProcessorCarriesItIsFull() {
        ServiceTimes.Expected full = TIMES.expect(20_000, 1, CORES);
        // 2 cores = 0.3 + calls × 0.65 ms.
        assertThat(full.calls()).isCloseTo(1.7 / 0.00065, within(60.0));
    }

    @Test
    void aRangeReachesFromWhatOneMoreCallCostsToTheMeanOfACall() {
        Carried carried = new Carried(TIMES, 0.1);
        assertThat(carried.diallerCores(20_000, 10).least()).isCloseTo(0.2 * 10 + 6, within(1e-6));
        double mean = point(1200, 1).dialler() / point(1200, 1).calls();
        assertThat(carried.diallerCores(20_000, 10).most()).isCloseTo(mean * 1.1 * 20_000, within(1e-6));
        assertThat(carried.redoMegabytes(20_000).least()).isCloseTo(60, within(1e-6));
    }

    @Test
    void oneCampaignsRowCarriesWhatItsClaimsTake() {
        Carried carried = new Carried(TIMES, 0);
        assertThat(carried.callsOfCampaign().most()).isCloseTo(1 / 0.00003, within(1e-3));
        assertThat(carried.callsOfCampaign().least())
                .isLessThan(carried.callsOfCampaign().most());
        assertThat(carried.campaigns(19_000).least()).isEqualTo(1);
        assertThat(carried.campaigns(21_000).least()).isEqualTo(2);
        assertThat(carried.claimRound(0, 10)).as("ten idle nodes").isCloseTo(10 * 2 * 0.002, within(1e-9));
        assertThat(carried.claimRound(20_000, 10))
                .as("more than the row carries")
                .isInfinite();
    }

    @Test
    void aWriterCarriesHalfAsManyCallsAsRows() {
        assertThat(new Carried(TIMES, 0).callsOfWriter().most()).isCloseTo(1 / 0.00016, within(1e-3));
    }
}
