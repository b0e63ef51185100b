package dev.callout.esl.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.esl.switches.KeptFeeds;
import dev.callout.esl.wire.EslEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallFeedTest {

    private final CallFeed feed = new CallFeed("esl:calls", 2);

    @Test
    void aCallWithSeveralNewsIsQueuedOnce() throws InterruptedException {
        EslCall call = call("a");
        happens(call, "CHANNEL_CREATE");
        feed.offer(call);
        happens(call, "CHANNEL_HANGUP_COMPLETE");
        feed.offer(call);

        assertThat(feed.pending()).isEqualTo(1);
        assertThat(tell()).containsExactly(CallState.CREATED, CallState.ENDED);
        assertThat(feed.pending()).isZero();
    }

    @Test
    void anEndThatWasToldBeforeItWasOfferedIsNotToldAgain() throws InterruptedException {
        EslCall call = call("a");
        happens(call, "CHANNEL_CREATE");
        feed.offer(call);
        happens(call, "CHANNEL_HANGUP_COMPLETE");
        assertThat(tell()).containsExactly(CallState.CREATED, CallState.ENDED);
        feed.offer(call);

        assertThat(feed.pending()).isZero();
    }

    @Test
    void newsThatComeWhileACallIsBeingToldFollow() throws InterruptedException {
        EslCall call = call("a");
        happens(call, "CHANNEL_CREATE");
        feed.offer(call);
        CallFeed.Story story = feed.take(feed.hear());
        assertThat(feed.next(story)).isEqualTo(CallState.CREATED);
        happens(call, "CHANNEL_HANGUP_COMPLETE");
        feed.offer(call);
        assertThat(feed.pending()).as("the call is with one thread only").isEqualTo(1);
        feed.told(story);

        assertThat(tell()).containsExactly(CallState.ENDED);
    }

    @Test
    void aPauseKeepsBackWhatIsLeftOfACallThatIsBeingTold() throws InterruptedException {
        EslCall call = call("a");
        happens(call, "CHANNEL_CREATE");
        happens(call, "CHANNEL_HANGUP_COMPLETE");
        feed.offer(call);
        CallFeed.Story story = feed.take(feed.hear());
        assertThat(feed.next(story)).isEqualTo(CallState.CREATED);
        feed.pause(true);
        assertThat(feed.next(story)).isNull();
        feed.told(story);

        feed.pause(false);
        assertThat(tell()).containsExactly(CallState.ENDED);
    }

    @Test
    void aConsumerTooFarBehindMissesCallsWhole() throws InterruptedException {
        for (EslCall call : List.of(call("a"), call("b"), call("c"))) {
            happens(call, "CHANNEL_CREATE");
            feed.offer(call);
            happens(call, "CHANNEL_HANGUP_COMPLETE");
        }
        assertThat(feed.missed()).isEqualTo(1);
        assertThat(tell()).hasSize(2);
        assertThat(tell()).hasSize(2);
        assertThat(feed.pending()).isZero();
    }

    @Test
    void aRouteThatIsStartedAgainGoesOnWithItsNewsUnlessItsStopWasForced() {
        KeptFeeds kept = new KeptFeeds(none -> {});
        kept.keep("stopped", feed);
        assertThat(kept.take("stopped")).isSameAs(feed);
        assertThat(kept.take("stopped")).as("taken already").isNull();

        feed.close();
        kept.keep("forced", feed);
        assertThat(kept.take("forced")).as("one that tells nothing any more").isNull();
    }

    private List<CallState> tell() throws InterruptedException {
        CallFeed.Story story = feed.take(feed.hear());
        List<CallState> news = new ArrayList<>();
        for (CallState state = feed.next(story); state != null; state = feed.next(story)) {
            news.add(state);
        }
        feed.told(story);
        return news;
    }

    private static EslCall call(String uuid) {
        return EslCall.originating(uuid, "job", new Connection("fs1", "core", 1), 0, Long.MAX_VALUE);
    }

    private static void happens(EslCall call, String event) {
        String json = "{\"Event-Name\":\"" + event + "\",\"Unique-ID\":\"" + call.uuid() + "\"}";
        call.apply(EslEvent.json(json.getBytes(StandardCharsets.UTF_8)), 0, 0);
    }
}
