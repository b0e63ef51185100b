package dev.callout.campaign.outcome;

import java.time.Instant;

/**
 * What an ended call means for its number.
 *
 * @param status   the number's new status
 * @param finished whether the number is not dialled again
 * @param nextCall the earliest instant of its next call; null if finished
 * @param anew     whether its attempts are counted from zero again
 */
public record Verdict(NumberStatus status, boolean finished, Instant nextCall, boolean anew) {

    /** The usual verdict: the count of attempts goes on. */
    public Verdict(NumberStatus status, boolean finished, Instant nextCall) {
        this(status, finished, nextCall, false);
    }
}
