package dev.callout.dialler.attempt;

import dev.callout.store.CallBase;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** By which bases this node has made calls lately. Thread-safe. */
public final class UsedBases {

    private final Map<Long, Used> bases = new ConcurrentHashMap<>();

    /**
     * A base by which calls were made.
     *
     * @param first when the first of them was dialled, by the database's clock
     */
    public record Used(CallBase base, Instant first) {}

    void used(CallBase base, Instant first) {
        bases.computeIfAbsent(base.id(), key -> new Used(base, first));
    }

    /** Returns the bases by which calls were made since the last {@link #forget}. */
    public Collection<Used> lately() {
        return bases.values();
    }

    /** Forgets a base until a further call is made by it. */
    public void forget(Used used) {
        bases.remove(used.base().id(), used);
    }
}
