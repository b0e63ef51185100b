package dev.callout.campaign;

import dev.callout.campaign.outcome.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How often and when a campaign calls a number again, and when its run ends.
 *
 * @param maxAttempts most calls to one number, at least 1
 * @param backoff     {@code backoff_sec}: from the end of a call to the next attempt
 * @param delays      {@code retry_delays}: the campaign's own delays by cause class; {@link RetryPolicy#DEFAULT} if it
 *                    has none
 * @param finishOn    {@code finish_on}: -1 when all numbers are finished, n after n calls, 0 or null never
 */
public record Retrying(int maxAttempts, Duration backoff, RetryPolicy delays, Integer finishOn) {

    /** Refuses missing components, except for {@code finishOn}. */
    public Retrying {
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(delays, "delays");
    }

    /** Returns whether the campaign never ends: {@code finish_on} is 0, and finished numbers are called again. */
    public boolean endless() {
        return finishOn != null && finishOn == 0;
    }

    List<String> problems() {
        return new Problems()
                .unless(maxAttempts >= 1, "max_attempts is " + maxAttempts + ": it must be at least 1")
                .unless(
                        !backoff.isNegative(),
                        "backoff_sec is " + Problems.seconds(backoff) + ": it must not be negative")
                .unless(
                        finishOn == null || finishOn >= -1,
                        "finish_on is " + finishOn + ": it must be -1 (all), 0 (never) or a number of calls")
                .unless(
                        !endless() || !backoff.isZero(),
                        "finish_on is 0 and backoff_sec is 0: finished numbers would be called again without a pause")
                .list();
    }
}
