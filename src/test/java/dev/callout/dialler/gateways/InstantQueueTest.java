package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.gateway.CallRate;
import dev.callout.dialler.gateways.InstantQueue.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstantQueueTest {

    private static final Instant T = Instant.parse("2027-03-01T10:00:00Z");
    private static final CallRate ONE = new CallRate(1);

    private final InstantQueue<String> queue = new InstantQueue<>();

    private static Instant at(long millis) {
        return T.plusMillis(millis);
    }

    private static Wish unpaced(long since) {
        return new Wish(at(since), Instant.MAX, false, false);
    }

    private static CallRate.Instants instants(long first, long gap, int count) {
        return new CallRate.Instants(at(first), Duration.ofMillis(gap), count);
    }

    private List<String> given(long now) {
        return queue.match(at(now), one -> true).stream()
                .map(one -> one.what() + "@"
                        + (one.at() == null
                                ? "never"
                                : Duration.between(T, one.at()).toMillis()))
                .toList();
    }

    @Test
    void markedNumbersComeFirstThenPacedOnesByTheirInstantsThenOthersAsTheyCame() {
        queue.add("first", unpaced(0), at(0));
        queue.add("second", unpaced(0), at(0));
        queue.add("later", new Wish(at(90), at(500), true, false), at(0));
        queue.add("sooner", new Wish(at(80), at(500), true, false), at(0));
        queue.add("marked", new Wish(at(0), Instant.MAX, false, true), at(0));
        assertThat(queue.ask(ONE, at(0))).isPresent();
        queue.reserved(instants(100, 10, 5), at(0));
        assertThat(given(0)).containsExactly("marked@100", "sooner@110", "later@120", "first@130", "second@140");
    }

    @Test
    void instantsThatHavePassedWhileTheNodeStoodStillAreNotUsed() {
        queue.add("one", unpaced(0), at(0));
        queue.ask(ONE, at(0));
        queue.reserved(instants(100, 1000, 1), at(0));
        assertThat(given(10_000)).isEmpty();
        assertThat(queue.ask(ONE, at(10_000)))
                .hasValueSatisfying(ask -> assertThat(ask.wanted()).isOne());
    }

    @Test
    void anInstantTooNearToPrepareANumberIsLeftForOneThatOnlyHasToBeSent() {
        queue.add("fresh", unpaced(0), at(0));
        queue.ask(ONE, at(0));
        queue.reserved(instants(100, 1000, 1), at(0));
        assertThat(given(90)).isEmpty();
        queue.add("marked", new Wish(at(0), Instant.MAX, false, true), at(90));
        assertThat(given(90)).containsExactly("marked@100");
    }

    @Test
    void aPacedNumberThatWouldComeTooLateWaitsNoLongerAndTakesNoInstant() {
        queue.add("paced", new Wish(at(100), at(150), true, false), at(0));
        queue.add("other", unpaced(0), at(0));
        queue.ask(ONE, at(0));
        queue.reserved(instants(200, 1000, 1), at(0));
        assertThat(given(0)).containsExactly("paced@never", "other@200");
    }

    @Test
    void theDatabaseIsAskedForAsManyAsWaitOnceAndAgainWhenMoreMayBeFree() {
        IntStream.range(0, 3).forEach(i -> queue.add("n" + i, unpaced(0), at(0)));
        assertThat(queue.ask(ONE, at(0)))
                .hasValueSatisfying(ask -> assertThat(ask.wanted()).isEqualTo(3));
        assertThat(queue.ask(ONE, at(0))).as("while it is asked").isEmpty();
        queue.reserved(instants(200, 1000, 1), at(0));
        assertThat(given(0)).containsExactly("n0@200");
        Instant again = at(1200).minus(CallRate.AHEAD);
        assertThat(queue.ask(ONE, again.minusMillis(1))).isEmpty();
        assertThat(queue.ask(ONE, again)).isPresent();
        queue.notReserved(again);
        assertThat(queue.ask(ONE, again.plusMillis(499))).isEmpty();
        assertThat(queue.ask(new CallRate(10), again.plusMillis(499)))
                .as("another rate")
                .isPresent();
    }

    @Test
    void anUnusedInstantServesTheNextNumber() {
        queue.unused(at(100));
        queue.add("next", unpaced(0), at(20));
        assertThat(given(20)).containsExactly("next@100");
    }

    @Test
    void aNumberThatWaitsLongGoesBack() {
        queue.add("long", unpaced(0), at(0));
        assertThat(given(30_000)).isEmpty();
        assertThat(given(30_001)).containsExactly("long@never");
    }
}
