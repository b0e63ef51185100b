package dev.callout.dialler.gateways;

import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.store.gateway.LimitCalls;
import dev.callout.store.numbers.CalloutTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Frees the channels that lost nodes had and that nobody has taken over with their calls. They are free when other nodes
 * must have taken over all calls, even if one of these was lost in the meantime. Of a call from a list nobody knows the
 * gateway any more; where there are lists, channels are free when no call of the lost node can be up any more. Used by
 * one thread.
 */
public final class LostChannels {

    private final LimitCalls calls;
    private final CalloutTables tables;
    private final Supplier<Duration> takenOver;
    private final Supplier<Duration> longestCall;
    private final InstantSource clock;
    private Map<String, Instant> seen = new HashMap<>();

    /**
     * @param takenOver   how long it takes until all calls of a lost node are taken over
     * @param longestCall the longest time that a call may last
     * @param clock       the steady clock, which never steps
     */
    public LostChannels(
            LimitCalls calls,
            CalloutTables tables,
            Supplier<Duration> takenOver,
            Supplier<Duration> longestCall,
            InstantSource clock) {
        this.calls = calls;
        this.tables = tables;
        this.takenOver = takenOver;
        this.longestCall = longestCall;
        this.clock = clock;
    }

    void free() throws SQLException {
        Instant now = clock.instant();
        Set<String> lost = calls.lostOwners();
        Map<String, Instant> still = new HashMap<>();
        lost.forEach(owner -> still.put(owner, seen.getOrDefault(owner, now)));
        seen = still;
        if (lost.isEmpty()) {
            return;
        }
        Set<String> withCalls = new HashSet<>();
        boolean lists = false;
        for (CalloutTable table : tables.inUse()) {
            withCalls.addAll(table.ownersWithoutNode());
            lists |= table.list() != null;
        }
        Duration wait = lists ? longestCall.get() : takenOver.get();
        for (String owner : lost) {
            if (!withCalls.contains(owner) && seen.get(owner).plus(wait).isBefore(now)) {
                calls.forget(owner);
            }
        }
    }
}
