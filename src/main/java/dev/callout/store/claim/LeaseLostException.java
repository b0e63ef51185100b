package dev.callout.store.claim;

/**
 * This node has no row in {@code nodes} any more. Another node may have taken over its calls, so it must drop all of
 * them.
 */
public final class LeaseLostException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param incarnation the node's incarnation, which {@code nodes} does not list */
    public LeaseLostException(String incarnation) {
        super("Table nodes has no row with incarnation " + incarnation
                + ": its lease ran out and another node took over its calls, or the row was deleted");
    }
}
