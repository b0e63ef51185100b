package dev.callout.dialler.outbox;

import dev.callout.store.outbox.Outbox;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether this node is the one that sends outcomes. A row decides, by the database's clock, and this node's own clock when it
 * must stop: also a process that stood still notices that its time has passed. Thread-safe.
 */
final class Turn {

    /** After a sender has died, the next one begins after this time. */
    static final Duration LENGTH = Duration.ofSeconds(30);

    /** What is left of it when it is prolonged. */
    private static final Duration RESERVE = Duration.ofSeconds(20);
    /** How often other nodes ask whether it is free. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Supplier<String> incarnation;
    private final LongSupplier nanoTime;
    private String owner;
    private long until;
    private Long askedAt;

    /** @param incarnation gives this node's; null: it has no lease */
    Turn(Outbox outbox, Supplier<String> incarnation, LongSupplier nanoTime) {
        this.outbox = outbox;
        this.incarnation = incarnation;
        this.nanoTime = nanoTime;
    }

    /** Takes or prolongs it if that is possible, and returns whether this node has it. */
    synchronized boolean take() throws SQLException {
        String me = incarnation.get();
        long now = nanoTime.getAsLong();
        boolean mine = me != null && me.equals(owner) && until - now > 0;
        if (mine && until - now > RESERVE.toNanos()) {
            return true;
        }
        if (me == null || !mine && askedAt != null && now - askedAt < EVERY.toNanos()) {
            return false;
        }
        askedAt = now;
        owner = null;
        if (outbox.takeTurn(me, LENGTH)) {
            owner = me;
            until = now + LENGTH.toNanos();
        }
        return owner != null;
    }

    /** Whether this node has it still. */
    synchronized boolean isMine() {
        return owner != null && until - nanoTime.getAsLong() > 0;
    }

    /** Lets another node have it. */
    synchronized void leave() throws SQLException {
        String last = owner;
        owner = null;
        if (last != null) {
            outbox.leaveTurn(last);
        }
    }
}
