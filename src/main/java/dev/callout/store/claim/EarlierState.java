package dev.callout.store.claim;

import java.time.Instant;

/**
 * A number's state before it was claimed, to be restored when the number is given back. Times that are only restored
 * are kept in local time, as the table has them. Otherwise one hour a year could not be told from the next.
 *
 * @param callCount  attempts charged; 0 if the column was NULL
 * @param status     null if the column was NULL
 * @param setup      {@code setup_time}, null if NULL
 * @param connect    {@code connect_time}, null if NULL
 * @param disconnect {@code disconnect_time}, null if NULL
 * @param expires    null: never processed
 * @param nextCall   null: at once
 */
public record EarlierState(
        int callCount,
        String status,
        String setup,
        String connect,
        String disconnect,
        String expires,
        Instant nextCall) {}
