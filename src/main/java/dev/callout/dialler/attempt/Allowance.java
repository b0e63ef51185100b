package dev.callout.dialler.attempt;

import dev.callout.campaign.Campaign;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The longest time that a call can last from its originate: the campaign's time-out, the longest talk time, and a
 * margin.
 */
public final class Allowance {

    /** Time for the switch to notice and report the end. A call that has not been seen to end by then is looked for. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Supplier<Duration> longestTalk;

    /** @param longestTalk gives {@code callout.max-call-sec} */
    public Allowance(Supplier<Duration> longestTalk) {
        this.longestTalk = longestTalk;
    }

    /** The longest talk time of any call: {@code callout.max-call-sec}. */
    public Duration longestTalk() {
        return longestTalk.get();
    }

    /** The longest time from the originate of a call of this campaign to its reported end. */
    public Duration of(Campaign campaign) {
        return campaign.wayOut().originateTimeout().plus(longestTalk()).plus(MARGIN);
    }
}
