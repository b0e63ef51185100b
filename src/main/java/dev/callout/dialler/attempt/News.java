package dev.callout.dialler.attempt;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.esl.EslConstants;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Message;

/**
 * What {@code esl:calls} has reported about a call, as it was before any step saw it.
 *
 * @param state    the call's state, such as {@code ENDED}
 * @param headers  the message's headers
 * @param at       when it was reported, by {@link System#nanoTime()}
 * @param failedAt when a step last failed on it, by {@link System#nanoTime()}; equal to {@code at} before the first
 *                 failure
 * @param tries    how often the routes have failed on it
 */
public record News(Attempt attempt, String state, Map<String, Object> headers, long at, long failedAt, int tries) {

    /** The exchange property that holds the news. */
    public static final String PROPERTY = "CalloutNews";

    private static final String CREATED = "CREATED";
    private static final String RINGING = "RINGING";
    private static final String ANSWERED = "ANSWERED";
    private static final String ENDED = "ENDED";
    private static final String REFUSED = "REFUSED";

    static News of(Attempt attempt, Message message, long now) {
        return new News(
                attempt,
                message.getHeader(EslConstants.CALL_STATE, String.class),
                new HashMap<>(message.getHeaders()),
                now,
                now,
                0);
    }

    /** News that a call has ended, when only these headers are known about it. */
    public static News ended(Attempt attempt, Map<String, Object> headers, long now) {
        return new News(attempt, ENDED, headers, now, now, 0);
    }

    /** News that a call must be over although no end was reported. */
    public static News lost(Attempt attempt, long now) {
        return ended(attempt, Map.of(EslConstants.HANGUP_CAUSE, CauseClass.LOST_RESULT), now);
    }

    /** Whether the number's row changes because of it. */
    boolean isWritten() {
        return state != null && !CREATED.equals(state) && !RINGING.equals(state);
    }

    /** Whether it is the last news of the call. */
    public boolean isLast() {
        return isWritten() && !ANSWERED.equals(state);
    }

    /**
     * Whether the number goes back because of it. For a call that was taken over, the earlier state of its number is
     * unknown.
     */
    public boolean givesBack() {
        return REFUSED.equals(state) && !attempt.isTakenOver();
    }

    /** Why the switch refused the call; null if it did not. */
    public String refusal() {
        return (String) headers.get(EslConstants.REFUSAL);
    }

    /** Whether a step has decided what to write for it. */
    public boolean isDealtWith() {
        return isLast() ? attempt.written() != null || attempt.back() != null : attempt.answeredAt() != null;
    }

    /** The same news after a step has failed on it once more. */
    public News again(long now) {
        return new News(attempt, state, headers, at, now, tries + 1);
    }
}
