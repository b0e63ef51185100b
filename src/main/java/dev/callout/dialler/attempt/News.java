package dev.callout.dialler.attempt;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.esl.EslConstants;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Message;

/**
 * What {@code esl:calls} has told of a call, as it was before any step saw it.
 *
 * @param state    the call's, such as {@code ENDED}
 * @param headers  the message's
 * @param at       when it was told, by {@link System#nanoTime()}
 * @param failedAt when a step failed on it last; the same as {@code at} before
 * @param tries    how often the routes have failed on it
 */
public record News(Attempt attempt, String state, Map<String, Object> headers, long at, long failedAt, int tries) {

    /** The exchange property that holds them. */
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

    /** That a call has ended of which no more is known than these headers. */
    public static News ended(Attempt attempt, Map<String, Object> headers, long now) {
        return new News(attempt, ENDED, headers, now, now, 0);
    }

    /** That a call must be over of whose end nothing was told. */
    public static News lost(Attempt attempt, long now) {
        return ended(attempt, Map.of(EslConstants.HANGUP_CAUSE, CauseClass.LOST_RESULT), now);
    }

    /** Whether the number's row is to be changed for it. */
    boolean isWritten() {
        return state != null && !CREATED.equals(state) && !RINGING.equals(state);
    }

    /** Whether it is the last that is told of the call. */
    public boolean isLast() {
        return isWritten() && !ANSWERED.equals(state);
    }

    /** Whether the number goes back for it. Of a call that was taken over nobody knows what its number was before. */
    public boolean givesBack() {
        return REFUSED.equals(state) && !attempt.isTakenOver();
    }

    /** Why the switch refused the call; null if it did not. */
    public String refusal() {
        return (String) headers.get(EslConstants.REFUSAL);
    }

    /** Whether a step has decided what is written for it. */
    public boolean isDealtWith() {
        return isLast() ? attempt.written() != null || attempt.back() != null : attempt.answeredAt() != null;
    }

    /** The same after a step has failed on it once more. */
    public News again(long now) {
        return new News(attempt, state, headers, at, now, tries + 1);
    }
}
