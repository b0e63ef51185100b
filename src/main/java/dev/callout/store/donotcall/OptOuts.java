package dev.callout.store.donotcall;

import dev.callout.store.sql.SqlText;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Callees who have pressed a key that opts them out. Their numbers are put on the do-not-call list of all campaigns where the
 * end of the call is written, in the same transaction. Writing them twice changes nothing.
 */
public final class OptOuts {

    private static final String AUDIT = SqlText.of("opt_outs/insert-audit");
    private static final String WRITE = SqlText.of("opt_outs/write");

    private OptOuts() {}

    /** Returns whether a batch of ends, in JSON, contains any. Few batches do. */
    public static boolean someIn(String batch) {
        return batch.contains("\"opt_out\":true");
    }

    /** Writes those of a batch of ends. */
    public static void write(NamedParameterJdbcTemplate jdbc, Map<String, Object> batch) {
        jdbc.update(AUDIT, batch);
        jdbc.update(WRITE, batch);
    }
}
