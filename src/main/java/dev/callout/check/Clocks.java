package dev.callout.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Compares clocks with this machine's. */
final class Clocks {

    /** More than the question takes, and less than anybody notices. */
    private static final Duration NEAR = Duration.ofSeconds(1);

    private Clocks() {}

    /**
     * Returns how far a clock is certainly ahead of this machine's clock. This machine's clock was read once before the
     * other clock was asked, and once when its answer had arrived.
     *
     * @return negative if it is certainly behind; zero if it may be right
     */
    static Duration ahead(Instant asked, Instant told, Instant heard) {
        if (told.isBefore(asked)) {
            return Duration.between(asked, told);
        }
        return told.isAfter(heard) ? Duration.between(heard, told) : Duration.ZERO;
    }

    /**
     * @param ahead  how far the clock is ahead of this machine's; negative if it is behind
     * @param farOff beyond this difference nothing should be dialled; null: no limit
     * @param why    what uses that clock
     */
    static Finding compare(String subject, Duration ahead, Duration farOff, String why) {
        Duration off = ahead.abs();
        String text = String.format(
                Locale.ROOT,
                "%.3f s %s this machine's",
                off.toNanos() / 1e9,
                ahead.isNegative() ? "behind" : "ahead of");
        Finding.Result result = farOff != null && off.compareTo(farOff) > 0 ? Finding.Result.FAIL : Finding.Result.WARN;
        return Finding.okIf(off.compareTo(NEAR) <= 0, result, subject, text, "let NTP set both clocks: " + why);
    }
}
