package dev.callout.api.numbers;

import java.sql.SQLException;
import java.util.Map;

/** A range of keys, in portions, so that no statement holds locks for long. */
final class Portions {

    private static final long KEYS_AT_ONCE = 10_000;

    private Portions() {}

    /** Changes the rows of one portion. */
    @FunctionalInterface
    interface Change {

        /** Returns how many rows it has changed; their keys are above the one and not above the other. */
        int change(long after, long upTo) throws SQLException;
    }

    /**
     * Changes all rows of a range.
     *
     * @param range {@code first} and {@code last}: their least and greatest key; null: there are none
     * @return how many were changed
     */
    static long change(Map<String, Object> range, Change change) throws SQLException {
        long changed = 0;
        if (range.get("first") instanceof Number first && range.get("last") instanceof Number last) {
            for (long after = first.longValue() - 1; after < last.longValue(); after += KEYS_AT_ONCE) {
                changed += change.change(after, Math.min(after + KEYS_AT_ONCE, last.longValue()));
            }
        }
        return changed;
    }
}
