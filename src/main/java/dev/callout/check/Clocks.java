package dev.callout.check;

import java.time.Duration;
import java.util.Locale;

/** Judges clocks against this machine's. */
final class Clocks {

    /** More than asking takes, and less than anybody notices. */
    private static final Duration NEAR = Duration.ofSeconds(1);

    private Clocks() {
    }

    /**
     * @param ahead  by how much the clock is ahead of this machine's; negative if it is behind
     * @param farOff from where on nothing should be dialled; null: from nowhere on
     * @param why    what goes by that clock
     */
    static Finding compare(String subject, Duration ahead, Duration farOff, String why) {
        Duration off = ahead.abs();
        String text = String.format(Locale.ROOT, "%.3f s %s this machine's", off.toNanos() / 1e9,
                ahead.isNegative() ? "behind" : "ahead of");
        if (off.compareTo(NEAR) <= 0) {
            return Finding.ok(subject, text);
        }
        String remedy = "let NTP set both clocks: " + why;
        return farOff != null && off.compareTo(farOff) > 0 ? Finding.fail(subject, text, remedy)
                : Finding.warn(subject, text, remedy);
    }
}
