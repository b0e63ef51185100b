package dev.callout.campaign.outcome;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The call uuids of an attempt's legs. A claim makes the first: it ends with twelve hexadecimal digits for the number's
 * row, of which the first is 0. In those of the further legs that digit is 1, 2 and so on. So a uuid shows its leg, and a
 * node that takes a call over needs nothing else to know it.
 */
public final class LegUuid {

    private static final int LENGTH = 36;
    private static final int LEG_DIGIT = 24;
    private static final int HEX = 16;

    private static final long ROW_DIGITS = 0xfff_ffff_ffffL;

    private LegUuid() {}

    /**
     * Returns a version 7 UUID without the last 12 digits. Such a UUID begins with the time (RFC 9562), so an index of them
     * grows at its end.
     */
    public static String prefix(Instant now) {
        String time = String.format("%012x", now.toEpochMilli());
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format(
                "%s-%s-7%03x-%04x-",
                time.substring(0, 8), time.substring(8), random.nextInt(1 << 12), 1 << 15 | random.nextInt(1 << 14));
    }

    /** Returns the uuid of a call of no number's row. It is that of a first leg. */
    public static String ofNoRow(Instant now) {
        return prefix(now) + String.format("%012x", ThreadLocalRandom.current().nextLong() & ROW_DIGITS);
    }

    /** Returns which leg of its attempt a call is, from 1. A uuid that no claim made is that of a first leg. */
    public static int legOf(String callUuid) {
        int digit = callUuid.length() == LENGTH ? Character.digit(callUuid.charAt(LEG_DIGIT), HEX) : 0;
        return Math.max(0, digit) + 1;
    }

    /** Returns the uuid of the next leg; empty if there can be none. */
    public static Optional<String> next(String callUuid) {
        int leg = legOf(callUuid);
        return callUuid.length() == LENGTH && leg < HEX
                ? Optional.of(
                        callUuid.substring(0, LEG_DIGIT) + Integer.toHexString(leg) + callUuid.substring(LEG_DIGIT + 1))
                : Optional.empty();
    }
}
