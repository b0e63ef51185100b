package dev.callout.campaign;

import java.time.Instant;
import java.util.List;

/**
 * When a campaign is paused without a person, because its calls fail.
 *
 * @param percent     {@code guard_percent}: it is paused if so many of 100 calls fail by route or configuration, 1 to 100;
 *                    null: never
 * @param from        {@code guard_from}: only calls set up since then are counted, by the database's clock; null: all
 * @param pauseReason {@code pause_reason}: why Callout has paused it; null: it has not. Meaningful only while the campaign
 *                    is paused
 */
public record Guard(Integer percent, Instant from, String pauseReason) {

    /** That of a campaign whose row sets nothing. */
    public static final Guard NONE = new Guard(null, null, null);

    private static final int ALL = 100;

    List<String> problems() {
        return new Problems()
                .unless(
                        percent == null || percent >= 1 && percent <= ALL,
                        "guard_percent is " + percent + ": it must be 1 to " + ALL)
                .list();
    }
}
