package dev.callout.campaign.amd;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the switch has found out from the greeting of a callee. It notes that in a channel variable:
 * {@code BEGIN;VERDICT:AT}, and {@code ;message:AT} behind it when the message for a machine begins, all in microseconds
 * of its clock. The event of the call's end has it, so any node can read it.
 *
 * @param by        what has answered; null: the call ended before the switch knew
 * @param millis    from the answer to the verdict; null: there is none
 * @param messageMs from the answer to the beginning of the message for a machine; null: it did not begin
 */
public record Greeting(AnsweredBy by, Long millis, Long messageMs) {

    /** The channel variable. */
    public static final String VARIABLE = "callout_amd";

    /** What is noted when the message for a machine begins. */
    public static final String MESSAGE = "message";

    /** When the switch knew that a person answers, the greeting had ended at most so many milliseconds before. */
    public static final long LONGEST_SILENCE_MS = 1600;

    private static final Pattern NOTES =
            Pattern.compile("([0-9]{1,18})(?:;([a-z]{1,16}):([0-9]{1,18})(?:;" + MESSAGE + ":([0-9]{1,18}))?)?");
    private static final long MICROS = 1000;

    /** Reads the channel variable; empty if it is null or was not written by the switch. */
    public static Optional<Greeting> of(String variable) {
        Matcher notes = NOTES.matcher(variable == null ? "" : variable);
        if (!notes.matches()) {
            return Optional.empty();
        }
        if (notes.group(2) == null) {
            return Optional.of(new Greeting(null, null, null));
        }
        long begin = Long.parseLong(notes.group(1));
        Long message = notes.group(4) == null ? null : since(begin, notes.group(4));
        return AnsweredBy.of(notes.group(2)).map(by -> new Greeting(by, since(begin, notes.group(3)), message));
    }

    /** Returns a verdict that was written as {@link AnsweredBy#word} and milliseconds; empty if there is none. */
    public static Optional<Greeting> written(String by, Long millis) {
        return AnsweredBy.of(by).map(one -> new Greeting(one, millis, null));
    }

    /** The switch's clock may have been set back. */
    private static long since(long begin, String micros) {
        return Math.max(0, Long.parseLong(micros) - begin) / MICROS;
    }

    /** Returns how long after the answer the callee began to hear what it was to hear; empty if it heard nothing. */
    public Optional<Long> heardFromMillis() {
        return Optional.ofNullable(by == AnsweredBy.MACHINE ? messageMs : millis);
    }
}
