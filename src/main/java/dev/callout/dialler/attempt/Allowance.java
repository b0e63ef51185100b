package dev.callout.dialler.attempt;

import dev.callout.campaign.Campaign;
import java.time.Duration;
import java.util.function.Supplier;

/** How long a call can last at most, from its originate: the campaign's time-out, the longest talk, and a margin. */
public final class Allowance {

    /** For the switch to notice and to tell: a call that is not seen to end by then is looked for. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Supplier<Duration> longestTalk;

    /** @param longestTalk {@code callout.max-call-sec} */
    public Allowance(Supplier<Duration> longestTalk) {
        this.longestTalk = longestTalk;
    }

    public Duration longestTalk() {
        return longestTalk.get();
    }

    public Duration of(Campaign campaign) {
        return campaign.wayOut().originateTimeout().plus(longestTalk()).plus(MARGIN);
    }
}
