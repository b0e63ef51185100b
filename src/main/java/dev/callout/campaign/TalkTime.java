package dev.callout.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How long a campaign's calls last, and how long they must last to be a success.
 *
 * @param duration    how long calls may last
 * @param threshold   {@code threshold_msec}: how long a successful call must last
 * @param cancelRatio percentage of the calls that are cancelled, 0 to 100
 */
public record TalkTime(CallDuration duration, Duration threshold, int cancelRatio) {

    /** Refuses missing components. */
    public TalkTime {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(threshold, "threshold");
    }

    List<String> problems() {
        return new Problems()
                .add(duration.problems())
                .unless(
                        !threshold.isNegative(),
                        "threshold_msec is " + threshold.toMillis() + ": it must not be negative")
                .unless(
                        cancelRatio >= 0 && cancelRatio <= 100,
                        "cancel_ratio is " + cancelRatio + ": it must be 0 to 100 per cent")
                .list();
    }
}
