package dev.callout.bench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** The queues against results that are known in closed form. */
class QueuesTest {

    @Test
    void utilisationIsRateTimesServiceTimePerServer() {
        assertThat(Queues.utilisation(300, 0.005, 2)).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void constantServiceHalvesTheWaitOfExponentialService() {
        // M/M/1 waits for load / (1 - load) services.
        assertThat(Queues.wait(80, 0.01, 1)).isCloseTo(0.04, within(1e-12));
        assertThat(Queues.wait(80, 0.01, 0)).isCloseTo(0.02, within(1e-12));
        assertThat(Queues.wait(100, 0.01, 0)).isInfinite();
    }

    @Test
    void erlangCIsWhatItsTablesSay() {
        assertThat(Queues.erlangC(0.7, 1)).as("of one server: its load").isCloseTo(0.7, within(1e-12));
        assertThat(Queues.erlangC(1, 2)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(Queues.erlangC(8, 10)).isCloseTo(0.4092, within(1e-4));
        assertThat(Queues.erlangC(10, 10)).isEqualTo(1);
    }

    @Test
    void aLoneCustomerNeverWaits() {
        Queues.Closed alone = Queues.closed(1, 0.9, 0.1, 2);
        assertThat(alone.response()).isCloseTo(0.1, within(1e-12));
        assertThat(alone.throughput()).isCloseTo(1, within(1e-12));
    }

    @Test
    void theMachineRepairmanOfOneServer() {
        // Two customers, think 1, service 1: idle 1/5 of the time, from its balance equations.
        Queues.Closed two = Queues.closed(2, 1, 1, 1);
        assertThat(two.throughput()).isCloseTo(0.8, within(1e-12));
        assertThat(two.utilisation()).isCloseTo(0.8, within(1e-12));
        // The same with two servers never waits.
        assertThat(Queues.closed(2, 1, 1, 2).throughput()).isCloseTo(1, within(1e-12));
        // Three customers on two servers: empty for 2/17 of the time, from its balance equations.
        assertThat(Queues.closed(3, 1, 1, 2).throughput()).isCloseTo(24 / 17.0, within(1e-9));
    }

    @Property
    void noMoreThanTheBoundsAllow(
            @ForAll @IntRange(min = 1, max = 3_000) int customers,
            @ForAll @DoubleRange(min = 0.1, max = 10) double think,
            @ForAll @Scale(4) @DoubleRange(min = 0.0001, max = 0.01) double demand,
            @ForAll @IntRange(min = 1, max = 8) int servers) {
        Queues.Closed closed = Queues.closed(customers, think, demand, servers);

        double most = Math.min(servers / demand, customers / (think + demand));
        assertThat(closed.throughput()).isPositive().isLessThanOrEqualTo(most * (1 + 1e-6));
        assertThat(closed.throughput() * (think + closed.response()))
                .as("Little's law")
                .isCloseTo(customers, within(customers * 1e-9));
        assertThat(closed.throughput())
                .as("far from the knee, a bound is reached")
                .isGreaterThanOrEqualTo(most
                        * (customers * demand / (think + demand) < servers / 3.0
                                        || customers * demand / (think + demand) > servers * 3.0
                                ? 0.75
                                : 0.4));
    }
}
