package dev.callout.api.activity;

import dev.callout.campaign.outcome.NumberStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many calls were made, and how they ended, in each step of the last half hour. Steps are numbered from 1970. */
final class StepCounts {

    static final int STEP_SECONDS = 10;
    static final int STEPS = 180;

    /** What is counted. A call counts as made in the step in which it was set up, and by its status in that of its end. */
    enum Kind {
        MADE,
        SUCCESS,
        PREMATURE_HANGUP,
        FAILURE;

        static Kind of(String status) {
            if (NumberStatus.SUCCESS.text().equals(status)) {
                return SUCCESS;
            }
            // Somebody may have edited a row: what is no status of ours must not hide all others.
            return NumberStatus.PREMATURE_HANGUP.text().equals(status) ? PREMATURE_HANGUP : FAILURE;
        }
    }

    private final Map<Kind, int[]> rings = new EnumMap<>(Kind.class);
    private long newest = Long.MIN_VALUE;

    StepCounts() {
        for (Kind kind : Kind.values()) {
            rings.put(kind, new int[STEPS]);
        }
    }

    /** Adds to a step; one that is older than the last half hour is left out. */
    void add(Kind kind, long step, int calls) {
        turnTo(step);
        if (step > newest - STEPS) {
            rings.get(kind)[slot(step)] += calls;
        }
    }

    /** Adds all that another has counted. */
    void add(StepCounts other) {
        if (other.newest == Long.MIN_VALUE) {
            return;
        }
        for (long step = other.newest - STEPS + 1; step <= other.newest; step++) {
            for (Kind kind : Kind.values()) {
                int calls = other.rings.get(kind)[slot(step)];
                if (calls > 0) {
                    add(kind, step, calls);
                }
            }
        }
    }

    /** Clears the places of the steps that have begun since. */
    private void turnTo(long step) {
        if (newest == Long.MIN_VALUE) {
            newest = step;
        }
        for (long each = Math.max(newest + 1, step - STEPS + 1); each <= step; each++) {
            for (int[] ring : rings.values()) {
                ring[slot(each)] = 0;
            }
        }
        newest = Math.max(newest, step);
    }

    private static int slot(long step) {
        return (int) Math.floorMod(step, (long) STEPS);
    }

    /** Returns whether nothing is counted since that step. */
    boolean isBefore(long step) {
        return newest < step;
    }

    /** Returns the counts of the last steps up to this one, the oldest first. */
    List<Integer> upTo(long last, Kind kind) {
        List<Integer> steps = new ArrayList<>(STEPS);
        for (long step = last - STEPS + 1; step <= last; step++) {
            steps.add(step > newest - STEPS && step <= newest ? rings.get(kind)[slot(step)] : 0);
        }
        return steps;
    }
}
