package dev.callout.dialler.attempt;

import dev.callout.store.CallBase;

/**
 * What shows later why a call was made as it was.
 *
 * @param base   what it shares with other calls; null: not known, or taken over
 * @param baseId the key of the base; null: not known
 */
public record Evidence(CallBase base, Long baseId) {

    static final Evidence NONE = new Evidence(null, null);

    /** The evidence of a call that this node makes. */
    public static Evidence of(CallBase base) {
        return new Evidence(base, base.id());
    }

    /** The evidence of a call that another node has made. */
    public static Evidence takenOver(Long baseId) {
        return new Evidence(null, baseId);
    }
}
