package dev.callout.store.preview;

import dev.callout.store.sql.EpochSeconds;
import java.time.Instant;
import org.springframework.jdbc.core.RowMapper;

/**
 * What decides about a number's next call.
 *
 * @param row        the row's id
 * @param cld        the number as stored; null if it has none
 * @param callerId   its own caller ID; null: none
 * @param callCount  the attempts that were charged to it
 * @param status     its status, or the result of its last call
 * @param cause      the hang-up cause of its last call; null: none, or not known
 * @param finished   whether it is not called again
 * @param inProgress whether a call to it is in progress
 * @param elsewhere  whether another program has it in use
 * @param due        when it may be called again; null: it is fresh
 */
record PreviewRow(
        long row,
        String cld,
        String callerId,
        int callCount,
        String status,
        String cause,
        boolean finished,
        boolean inProgress,
        boolean elsewhere,
        Instant due) {

    static final RowMapper<PreviewRow> READER = (row, n) -> new PreviewRow(
            row.getLong("id"),
            row.getString("cld"),
            row.getString("callerid"),
            row.getInt("call_count"),
            row.getString("status"),
            row.getString("hangup_cause"),
            row.getBoolean("finished"),
            row.getBoolean("in_progress"),
            row.getBoolean("elsewhere"),
            EpochSeconds.instant(row, "due"));

    /** How it has ended, in words. */
    String end() {
        return cause == null || cause.isBlank() ? status : status + ", " + cause;
    }
}
