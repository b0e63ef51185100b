package dev.callout.esl.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.esl.wire.EslReply;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> late = new ArrayList<>();
    private long nanos;
    private final PendingReplies replies =
            new PendingReplies(channel.eventLoop(), Duration.ofMillis(400), () -> nanos, late::add);
    private final CompletableFuture<EslReply> slow = new CompletableFuture<>();

    @BeforeEach
    void ask() {
        channel.freezeTime();
        replies.add("api slow", slow);
    }

    private void pass(long milliseconds) {
        nanos += TimeUnit.MILLISECONDS.toNanos(milliseconds);
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void aReplyIsLateWhenNothingHasComeForATimeout() {
        pass(399);
        assertThat(late).isEmpty();
        pass(1);
        assertThat(late).containsExactly("no reply to 'api slow' within 400 ms");
    }

    @Test
    void whileSomethingComesALateReplyIsStillTaken() {
        passHearing(2_300);
        assertThat(late).isEmpty();
        assertThat(replies.answer(new EslReply("api/response", "", "at last"))).isTrue();
        passHearing(2_300);

        assertThat(late).isEmpty();
        assertThat(slow.join().body()).isEqualTo("at last");
    }

    @Test
    void whileSomethingComesAReplyIsTooLateAfterSixTimeouts() {
        passHearing(2_400);
        assertThat(late).containsExactly("no reply to 'api slow' within 2400 ms");
    }

    @Test
    void afterAStandstillSilenceIsToldHoweverLongItWas() {
        pass(5_000);
        assertThat(late).containsExactly("no reply to 'api slow' within 400 ms");
    }

    /** Something comes every 100 ms. */
    private void passHearing(int milliseconds) {
        for (int passed = 0; passed < milliseconds; passed += 100) {
            pass(100);
            replies.heard();
        }
    }
}
