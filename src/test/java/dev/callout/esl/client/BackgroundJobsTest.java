package dev.callout.esl.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs whose command had no reply when the switch closed the connection wait until it is known whether it lives. */
class BackgroundJobsTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final BackgroundJobs jobs = new BackgroundJobs(channel.eventLoop());
    private final CompletableFuture<String> result = new CompletableFuture<>();

    @BeforeEach
    void loseTheConnection() {
        channel.freezeTime();
        jobs.await("j", Duration.ofMinutes(5), result);
        jobs.unreadIfDead("j");
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat(result).isNotDone();
    }

    @Test
    void oneThatWasNotReadHadNoEffectHoweverLongTheSwitchWasAway() {
        jobs.failAll("restarted", true);
        assertThat(result).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(EslUnreadException.class);
    }

    @Test
    void oneThatMayHaveBeenReadIsLate() {
        jobs.lives();
        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(EslNoReplyException.class);
    }
}
