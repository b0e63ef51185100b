package dev.callout.campaign.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which steps the carrier behind a gateway bills the seconds of an answered call.
 *
 * @param first how many are billed at least, 1 or more
 * @param next  in steps of how many further ones are billed, 1 or more
 */
public record Increment(int first, int next) {

    /** Each begun second. */
    public static final Increment SECOND = new Increment(1, 1);

    private static final int MILLIS = 1000;
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,3})(?:\\s*/\\s*([1-9]\\d{0,3}))?");

    /**
     * Reads it as carriers write it: {@code 60/6} means a minute first, then steps of 6 seconds. {@code 60} alone means
     * {@code 60/60}.
     *
     * @throws IllegalArgumentException if the text is something else; the message says what is allowed
     */
    public static Increment of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("it must be seconds such as 60/6, each 1 to 9999");
        }
        int first = Integer.parseInt(matcher.group(1));
        return new Increment(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
    }

    /** Returns how many seconds are billed for an answered call that lasted so many milliseconds, 0 or more. */
    public long billedSeconds(long millis) {
        long seconds = (millis + MILLIS - 1) / MILLIS;
        long further = Math.max(0, seconds - first);
        return first + (further + next - 1) / next * next;
    }
}
