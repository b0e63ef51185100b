package dev.callout.campaign.outcome;

import java.time.Instant;

/**
 * What an ended call makes of its number.
 *
 * @param status   the number's status from now on
 * @param finished whether it is not dialled again
 * @param nextCall the earliest instant of its next call; null if finished
 * @param anew     whether its attempts are counted from the beginning again
 */
public record Verdict(NumberStatus status, boolean finished, Instant nextCall, boolean anew) {

    /** What ordinarily becomes of a number: its attempts count on. */
    public Verdict(NumberStatus status, boolean finished, Instant nextCall) {
        this(status, finished, nextCall, false);
    }
}
