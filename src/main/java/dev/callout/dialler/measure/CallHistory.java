package dev.callout.dialler.measure;

import dev.callout.dialler.attempt.StatusRow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The recent results of calls: counts for each ten seconds of the last half hour, and the last calls one by one.
 * Thread-safe.
 */
final class CallHistory {

    private static final int STEP_SECONDS = 10;
    private static final int STEPS = 180;
    private static final int LATEST = 20;

    private final Map<RecentCalls.Count, int[]> counts = new EnumMap<>(RecentCalls.Count.class);
    private final Deque<StatusRow> latest = new ArrayDeque<>(LATEST);
    /** The step up to which the rings hold counts, numbered from the origin of the monotonic clock. */
    private long newest = Long.MIN_VALUE;

    CallHistory() {
        for (RecentCalls.Count count : RecentCalls.Count.values()) {
            counts.put(count, new int[STEPS]);
        }
    }

    /** @param second the second of the monotonic clock */
    synchronized void dialled(long second) {
        add(RecentCalls.Count.MADE, second);
    }

    /** @param second the second of the monotonic clock */
    synchronized void ended(StatusRow call, long second) {
        add(RecentCalls.Count.of(call.made().status()), second);
        if (latest.size() == LATEST) {
            latest.removeLast();
        }
        latest.addFirst(call);
    }

    private void add(RecentCalls.Count count, long second) {
        turnTo(Math.floorDiv(second, (long) STEP_SECONDS));
        counts.get(count)[slot(newest)]++;
    }

    /** Clears the places of the steps that have begun since. */
    private void turnTo(long step) {
        for (long each = Math.max(newest + 1, step - STEPS + 1); each <= step; each++) {
            for (int[] ring : counts.values()) {
                ring[slot(each)] = 0;
            }
        }
        newest = Math.max(newest, step);
    }

    private static int slot(long step) {
        return (int) Math.floorMod(step, (long) STEPS);
    }

    /**
     * The whole history.
     *
     * @param second the second of the monotonic clock
     * @param now    the same instant by the clock that users see
     */
    synchronized RecentCalls read(long second, Instant now) {
        turnTo(Math.floorDiv(second, (long) STEP_SECONDS));
        Map<RecentCalls.Count, List<Integer>> read = new LinkedHashMap<>();
        counts.forEach((count, ring) -> {
            List<Integer> steps = new ArrayList<>(STEPS);
            for (long step = newest - STEPS + 1; step <= newest; step++) {
                steps.add(ring[slot(step)]);
            }
            read.put(count, Collections.unmodifiableList(steps));
        });
        long intoNewest = Math.floorMod(second, (long) STEP_SECONDS);
        Instant from = now.minusSeconds(intoNewest + (STEPS - 1L) * STEP_SECONDS);
        return new RecentCalls(from, STEP_SECONDS, read, List.copyOf(latest));
    }
}
