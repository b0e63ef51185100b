package dev.callout.store.numbers;

/**
 * The numbers of a campaign, counted by state.
 *
 * @param due        not in progress, and could be called now
 * @param later      wait for their next call
 * @param inProgress claimed or being called, on all nodes
 * @param elsewhere  in use by another campaign or dialler that shares the list
 * @param finished   not called again
 */
public record NumberCounts(long due, long later, long inProgress, long elsewhere, long finished) {

    /** For a list that has not been created or altered yet. */
    public static final NumberCounts NONE = new NumberCounts(0, 0, 0, 0, 0);

    /** All of them. */
    public long all() {
        return due + later + inProgress + elsewhere + finished;
    }
}
