package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.EarlierState;
import dev.callout.store.gateway.LimitCalls.Need;
import dev.callout.store.gateway.LimitCalls.Settled;
import dev.callout.store.numbers.CampaignPhones;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ChannelQueueTest {

    private static final Instant NOW = Instant.ofEpochSecond(100);
    private static final int MOST = 1;

    private final ChannelQueue queue = new ChannelQueue();

    private static Attempt attempt(String call) {
        EarlierState earlier = new EarlierState(0, null, null, null, null, null, null);
        return Attempt.claimed(
                CampaignBuilder.campaign().build(),
                new ClaimedNumber(7, 5, "030", null, null, 1, call, NOW, NOW, null, null, earlier),
                new CampaignPhones(new DriverManagerDataSource()),
                "me",
                NOW);
    }

    @Test
    void aCallThatEndsWhileTheNodesCallsAreListedDoesNotCount() {
        Attempt first = attempt("first");
        Attempt second = attempt("second");
        queue.channel(first, NOW);
        queue.need(List.of(), MOST, NOW);
        queue.settled(new Settled(1, 0));
        queue.channel(second, NOW);
        assertThat(queue.has(second)).isFalse();

        List<Attempt> listed = List.of(first);
        queue.over(first);
        assertThat(queue.has(second)).isTrue();
        assertThat(queue.need(listed, MOST, NOW)).isEqualTo(new Need(MOST, 1, 0, 0, 0));
    }

    @Test
    void callsThatHadNoChannelGetThemWhateverTheLimitIs() {
        assertThat(queue.need(List.of(attempt("first"), attempt("second")), MOST, NOW))
                .isEqualTo(new Need(MOST, 2, 0, 0, 0));
    }

    @Test
    void asksAtOnceForTheFirstThatWaitsAndLaterForThoseThatGotNone() {
        queue.channel(attempt("first"), NOW);
        queue.channel(attempt("second"), NOW);
        assertThat(queue.asks(NOW)).isTrue();
        queue.need(List.of(), MOST, NOW);
        queue.settled(new Settled(1, 0));
        assertThat(queue.asks(NOW.plusMillis(99))).isFalse();
        assertThat(queue.asks(NOW.plusMillis(100))).isTrue();
    }

    @Test
    void aBusyNodeKeepsAFewFreeChannelsAndAnIdleOneNone() {
        List<Attempt> calls =
                IntStream.range(0, 128).mapToObj(i -> attempt("c" + i)).toList();
        queue.need(calls, 200, NOW);
        queue.settled(new Settled(131, 0));
        assertThat(queue.need(List.of(), 200, NOW).returned()).as("3 are free").isEqualTo(1);
        calls.forEach(queue::over);
        queue.need(List.of(), 200, NOW);
        assertThat(queue.need(List.of(), 200, NOW).returned())
                .as("all are free")
                .isEqualTo(128);
    }
}
