package dev.callout.store.sql;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the transactions that a server has rolled back, and that were tried again if that may help. Thread-safe.
 */
public final class Rollbacks {

    private final Map<Kind, Map<Reason, LongAdder>> counts = new EnumMap<>(Kind.class);

    /** What was rolled back. */
    public enum Kind {
        /** A claim of numbers: two nodes claim from one campaign at once. */
        CLAIM,
        /** Anything else. */
        OTHER
    }

    /** Why it was rolled back. */
    public enum Reason {
        /** In favour of another transaction: a deadlock, or a failed certification of Galera. */
        CONFLICT,
        /** It has waited for a lock for too long. */
        LOCKED,
        /** The server takes no writes, such as a Galera server outside the primary component. */
        NO_WRITES
    }

    Rollbacks() {
        for (Kind kind : Kind.values()) {
            Map<Reason, LongAdder> of = new EnumMap<>(Reason.class);
            for (Reason reason : Reason.values()) {
                of.put(reason, new LongAdder());
            }
            counts.put(kind, of);
        }
    }

    void rolledBack(Kind kind, DatabaseFault fault) {
        switch (fault) {
            case CONFLICT -> counts.get(kind).get(Reason.CONFLICT).increment();
            case LOCKED -> counts.get(kind).get(Reason.LOCKED).increment();
            case READ_ONLY -> counts.get(kind).get(Reason.NO_WRITES).increment();
            default -> {
                // Not rolled back, or nobody knows.
            }
        }
    }

    /** How many transactions of a kind have been rolled back for a reason since the start, each try counted. */
    public long count(Kind kind, Reason reason) {
        return counts.get(kind).get(reason).sum();
    }
}
