package dev.callout.dialler.operate;

import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.measure.Traffic;

/**
 * The status of a campaign on this node, without what only the database knows.
 *
 * @param callsUp calls of this node for which a switch has a channel, or had one until a moment ago
 * @param calls   the calls that this node has made since it was started
 * @param idle    why it is not dialled, or not dialled faster; null if nothing keeps it
 */
public record Standing(int callsUp, Traffic.Counts calls, Idle idle) {

    /**
     * One word: paused, idle or dialling.
     *
     * @param paused whether the campaign's row is paused
     */
    public String state(boolean paused) {
        return paused ? "paused" : idle == null || idle.reason().isDialled() ? "dialling" : "idle";
    }
}
