package dev.callout.store;

import java.time.Instant;

/**
 * What a campaign finds in its destination list.
 *
 * @param hasDue     whether a number is fresh or due
 * @param hasOpen    whether any number is not finished, calls in progress included
 * @param nextDue    when the earliest retry is due, maybe in the past; null: there is none
 * @param inProgress the campaign's numbers in progress on all nodes
 */
public record ListState(boolean hasDue, boolean hasOpen, Instant nextDue, int inProgress) {
    static final ListState EMPTY = new ListState(false, false, null, 0);
}
