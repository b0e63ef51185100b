package dev.callout.dialler.operate;

import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.measure.Traffic;

/**
 * The status of a campaign on this node, without what only the database knows.
 *
 * @param callsUp calls of this node for which a switch has a channel, or had one until a moment ago
 * @param talking those of them that have been answered; the others ring, or are on their way
 * @param calls   the calls that this node has made since it was started
 * @param idle    why it is not dialled, or not dialled faster; null if nothing keeps it
 */
public record Standing(int callsUp, int talking, Traffic.Counts calls, Idle idle) {

    /**
     * One word: paused, idle or dialling. A campaign that has calls in progress is dialling, although none may be added.
     * Numbers that wait for a switch are no calls.
     *
     * @param paused     whether the campaign's row is paused
     * @param inProgress its numbers that are claimed or being called, on all nodes
     */
    public String state(boolean paused, long inProgress) {
        if (paused) {
            return "paused";
        }
        boolean dials = idle == null || idle.reason().isDialled();
        return dials || callsUp > 0 || inProgress > 0 && !idle.reason().holdsNumbers() ? "dialling" : "idle";
    }
}
